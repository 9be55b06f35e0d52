"""The roles of a layer's arrays (input, kernel, bias): how each is written as text, and its random whole numbers.

Text is read as (filters, channels, rows, columns) by `sharing.matrices`; a role says which of these its own axes are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Naming:
    """By which axes of its text, (filter, channel, row, column), a cell of an array is named.

    The first ones are left out where there is one of each only, but never one of the last `dimensions`.
    """

    axes: tuple[int, ...]
    dimensions: int


BY_ALL_AXES = Naming((0, 1, 2, 3), 2)


@dataclass(frozen=True)
class Role:
    """One of a layer's arrays; `index` makes the random numbers of two roles differ where the seed is the same."""

    name: str
    label: str  # of its numbers as text
    index: int
    least: int  # the whole numbers that are drawn for it
    most: int
    largest: Shape  # of any page
    as_text: Callable[[Shape], Shape]  # its own shape as (filters, channels, rows, columns)
    from_text: Callable[[Shape], Shape]  # and back
    may_be_blank: bool = False  # nothing typed for it is zeros
    naming: Naming = BY_ALL_AXES  # of its cells
    writing: str = "A line a row; an empty line between channels; --- between filters."  # how its text is written


INPUT = Role(
    "input", "Input values", 0, 0, 9, (8, 32, 32),
    lambda shape: (1, 1, *shape)[-4:],
    lambda text: (text[0] * text[1], *text[2:]),
)  # fmt: skip
KERNEL = Role("kernel", "Kernel values", 1, -2, 3, (8, 8, 7, 7), lambda shape: shape, lambda text: text)
BIAS = Role(
    "bias",
    "Bias values",
    2,
    -5,
    5,
    (8,),
    lambda shape: (1, 1, 1, *shape),
    lambda text: (prod(text),),
    may_be_blank=True,
    naming=Naming((3,), 1),
)

LARGEST_OUTPUT = 80
"""Rows and columns that an output can have: 32 of the input, and what full padding adds to them."""

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
