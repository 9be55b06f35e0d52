"""A bank of filters for pictures: Gabor's kernel at angles that lie as far apart, all on one picture."""

from enum import StrEnum, auto


class FilterBank(StrEnum):
    """The banks by name."""

    NONE = auto()
    GABOR_4 = auto()
    GABOR_6 = auto()
    GABOR_12 = auto()


ANGLES: dict[FilterBank, tuple[int, ...]] = {
    FilterBank.NONE: (),
    FilterBank.GABOR_4: tuple(range(0, 180, 45)),
    FilterBank.GABOR_6: tuple(range(0, 180, 30)),
    FilterBank.GABOR_12: tuple(range(0, 180, 15)),
}
"""The angles of each bank, in whole degrees, as the page's link has them."""

FULL = 3
"""The full colour is that of the strongest answer of a bank, divided by this.

The few strongest are so many times as strong as nearly all others, which would be black beside them.
"""
