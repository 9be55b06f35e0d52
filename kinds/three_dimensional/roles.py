"""The arrays of a layer over a volume, a matrix for each slice; its kernels follow each other, filter by filter."""

from sharing.roles import Naming, Role, Shape

_BY_SLICE = Naming((0, 1, 2, 3), 3)


def _as_it_is(shape: Shape) -> Shape:
    return shape


VOLUME = Role(
    "input", "Input values", 0, 0, 9, (2, 6, 6, 6), _as_it_is, _as_it_is, naming=_BY_SLICE,
    writing="A line a row; an empty line between slices; --- between channels.",
)  # fmt: skip
VOLUME_KERNEL = Role(
    "kernel", "Kernel values", 1, -2, 3, (4, 3, 3, 3), _as_it_is, _as_it_is, naming=_BY_SLICE,
    writing="A line a row; an empty line between slices; --- between channels and between filters.",
)  # fmt: skip
