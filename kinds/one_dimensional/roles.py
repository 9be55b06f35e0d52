"""The arrays of a layer over a sequence, which are those of an image of a single row."""

from sharing.roles import Naming, Role

SEQUENCE = Role(
    "input", "Input values", 0, 0, 9, (8, 1, 32),
    lambda shape: (1, 1, shape[0], shape[2]),
    lambda text: (text[0] * text[1] * text[2], 1, text[3]),
    naming=Naming((2, 3), 1),
)  # fmt: skip
SEQUENCE_KERNEL = Role(
    "kernel", "Kernel values", 1, -2, 3, (8, 8, 1, 7),
    lambda shape: (shape[0], 1, shape[1], shape[3]),
    lambda text: (text[0], text[1] * text[2], 1, text[3]),
    naming=Naming((0, 2, 3), 1),
)  # fmt: skip
