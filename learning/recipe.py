"""What is trained, and how: a network of layers, and the settings of its training."""

from dataclasses import dataclass
from math import prod

from engine import SGD, Adam, Conv2d, MaxPool2d, ReLU
from engine.feed_forward import NetworkLayer, parameter_shapes
from engine.modules import Flatten, Linear


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained, by cross entropy. The seed draws its start and the order of the digits."""

    layers: tuple[NetworkLayer, ...]
    optimizer: SGD | Adam
    batch_size: int = 64
    epochs: int = 1
    seed: int = 0

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return sum(map(prod, parameter_shapes(self.layers).values()))


FIRST_MAPS = 16
"""So many kernels the first layer has, each of which makes a map of the digit."""

LESSON_LAYERS: tuple[NetworkLayer, ...] = (
    Conv2d(1, FIRST_MAPS, 3, padding=1),
    ReLU(),
    MaxPool2d(2),
    Conv2d(FIRST_MAPS, 32, 3, padding=1),
    ReLU(),
    MaxPool2d(2),
    Flatten(),
    Linear(32 * 7 * 7, 10),
)
"""The lesson's network: from a digit of 28 by 28 pixels to ten scores."""

LESSON = Recipe(LESSON_LAYERS, Adam(0.001), epochs=15)
"""The run that is recorded.

>>> LESSON.parameter_count
20490
"""
