"""The array that only this page has: the gradient of the output."""

from sharing.roles import INPUT, LARGEST_OUTPUT, Role

GRADIENT = Role(
    "gradient",
    "dL/dY values",
    5,
    -2,
    3,
    (8, LARGEST_OUTPUT, LARGEST_OUTPUT),
    INPUT.as_text,
    INPUT.from_text,
    may_be_blank=True,
)
