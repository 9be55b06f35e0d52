"""What is trained, and how: a network of layers, and the settings of its training."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto
from math import ceil, prod

from engine import SGD, Adam, AvgPool2d, Conv2d, MaxPool2d, ReLU
from engine.feed_forward import NetworkLayer, parameter_shapes
from engine.modules import Flatten, Linear
from learning.data_sets import CLASSES, SIDE, DataSet


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained, by cross entropy. The seed draws its start and the order of the pictures."""

    layers: tuple[NetworkLayer, ...]
    optimizer: SGD | Adam
    batch_size: int = 64
    epochs: int = 1
    seed: int = 0
    data_set: DataSet = DataSet.DIGITS

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return sum(map(prod, parameter_shapes(self.layers).values()))

    def step_count(self, pictures: int) -> int:
        """Return how many steps are taken to learn from so many pictures."""
        return self.epochs * ceil(pictures / self.batch_size)


class Shrinking(StrEnum):
    """How maps become half as high and wide after each convolution."""

    MAX_POOLING = auto()
    AVERAGE_POOLING = auto()
    STRIDES = auto()
    """The kernels move on by two cells."""


def two_convolutions(first: int, second: int, relu: bool, shrinking: Shrinking) -> tuple[NetworkLayer, ...]:
    """Return a network from a picture of 28 by 28 pixels to ten scores, with so many kernels in its two convolutions.

    >>> [type(layer).__name__ for layer in two_convolutions(2, 3, False, Shrinking.STRIDES)]
    ['Conv2d', 'Conv2d', 'Flatten', 'Linear']
    """
    stride = 2 if shrinking is Shrinking.STRIDES else 1
    after: list[NetworkLayer] = [ReLU()] if relu else []
    match shrinking:
        case Shrinking.MAX_POOLING:
            after.append(MaxPool2d(2))
        case Shrinking.AVERAGE_POOLING:
            after.append(AvgPool2d(2))
        case Shrinking.STRIDES:
            pass
    side = SIDE // 4
    return (
        Conv2d(1, first, 3, stride=stride, padding=1),
        *after,
        Conv2d(first, second, 3, stride=stride, padding=1),
        *after,
        Flatten(),
        Linear(second * side * side, CLASSES),
    )


FIRST_MAPS, SECOND_MAPS = 16, 32
"""So many kernels the convolutions of the lesson's network have, each of which makes a map."""

LESSON_LAYERS = two_convolutions(FIRST_MAPS, SECOND_MAPS, True, Shrinking.MAX_POOLING)
"""The lesson's network."""

LESSON = Recipe(LESSON_LAYERS, Adam(0.001), epochs=15)
"""The run of digits that is recorded.

>>> LESSON.parameter_count
20490
"""

RECORDED = {data_set: replace(LESSON, data_set=data_set) for data_set in DataSet}
"""The run of each data set that is recorded."""
