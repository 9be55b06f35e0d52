"""The arrays that only this page has: the gradient of the output, and the output that is wanted."""

from sharing.roles import INPUT, Role

LARGEST_OUTPUT = 80
"""Rows and columns that an output of this page can have: 32 of the input, and what full padding adds to them."""

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
WANTED = Role(
    "wanted",
    "Wanted output values",
    6,
    0,
    9,
    (8, LARGEST_OUTPUT, LARGEST_OUTPUT),
    INPUT.as_text,
    INPUT.from_text,
    may_be_blank=True,
)
