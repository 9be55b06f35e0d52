"""The handwritten digits that networks learn here: a part of MNIST. `SOURCES.txt` says where they come from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("digits.npz")
SIDE = 28
CLASSES = 10
HELD_OUT = 1000
"""So many digits a network never learns from: they tell how it reads what it has not seen."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Digits:
    """Digits and what they are: `images`, (digits, 28, 28), from 0 (paper) to 255 (ink), and `labels`, (digits,)."""

    images: Pixels
    labels: Pixels

    def inputs(self) -> NDArray[np.float32]:
        """The digits as a network takes them: (digits, 1, 28, 28), from 0 to 1."""
        return (self.images[:, None] / np.float32(255)).astype(np.float32)


@cache
def held_out() -> Digits:
    """Return the digits that no network learns from."""
    return _read("held_out")


@cache
def to_learn() -> Digits:
    """Return the digits that networks learn from."""
    return _read("to_learn")


def _read(part: str) -> Digits:
    with np.load(FILE) as arrays:
        images, labels = arrays[f"{part}_images"], arrays[f"{part}_labels"]
    for array in (images, labels):
        array.flags.writeable = False
    return Digits(images, labels)
