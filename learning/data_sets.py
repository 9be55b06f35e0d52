"""The pictures that networks learn here, each of one of ten classes. `SOURCES.txt` says where they come from."""

from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDE = 28
CLASSES = 10
HELD_OUT = 1000
"""So many pictures of a set a network never learns from: they tell how it reads what it has not seen."""

Pixels = NDArray[np.uint8]


class DataSet(StrEnum):
    """Which pictures are learned."""

    DIGITS = auto()
    """Handwritten digits: a part of MNIST."""
    CLOTHES = auto()
    """Photographs of clothes: a part of Fashion-MNIST."""

    @property
    def file(self) -> Path:
        """Where its pictures are."""
        return Path(__file__).with_name(f"{self}.npz")


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pictures and what they are: `images`, (pictures, 28, 28), from 0 to 255, and `labels`, (pictures,).

    0 is what is around a digit or a piece of clothing.
    """

    images: Pixels
    labels: Pixels

    def inputs(self) -> NDArray[np.float32]:
        """The pictures as a network takes them: (pictures, 1, 28, 28), from 0 to 1."""
        return (self.images[:, None] / np.float32(255)).astype(np.float32)


@cache
def held_out(data_set: DataSet) -> Pictures:
    """Return the pictures of a set that no network learns from."""
    return _read(data_set, "held_out")


@cache
def to_learn(data_set: DataSet) -> Pictures:
    """Return the pictures of a set that networks learn from."""
    return _read(data_set, "to_learn")


def _read(data_set: DataSet, part: str) -> Pictures:
    with np.load(data_set.file) as arrays:
        images, labels = arrays[f"{part}_images"], arrays[f"{part}_labels"]
    for array in (images, labels):
        array.flags.writeable = False
    return Pictures(images, labels)
