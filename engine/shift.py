"""What a shift of the input changes in what is pooled from it."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats
from engine.forward import forward
from engine.pooling import AvgPool2d, MaxPool2d, Pooling


@dataclass(frozen=True, eq=False)
class ShiftEffect:
    """The output of a pooling layer before and after its input was shifted, (channels, height, width) each."""

    layer: Pooling
    before: Floats
    after: Floats

    @property
    def changed(self) -> int:
        """How many outputs differ."""
        return int((self.before != self.after).sum())


def shifted(x: Floats, columns: int) -> Floats:
    """Return x, (..., height, width), with every row moved `columns` cells to the right and zeros at its left.

    >>> shifted(np.array([[[1.0, 2.0, 3.0]]]), 1).tolist()
    [[[0.0, 1.0, 2.0]]]
    """
    moved = np.zeros_like(x)
    moved[..., columns:] = x[..., : x.shape[-1] - columns]
    return moved


def both_poolings(layer: MaxPool2d | AvgPool2d) -> tuple[MaxPool2d, AvgPool2d]:
    """Return the maximum and the mean over the windows of a pooling layer; the mean leaves out its dilation.

    >>> both_poolings(MaxPool2d(2, stride=1, dilation=3))[1].output_size(4, 4)
    (3, 3)
    """
    if isinstance(layer, MaxPool2d):
        return layer, AvgPool2d(layer.kernel, layer.strides, layer.padding, layer.ceil_mode)
    return MaxPool2d(layer.kernel, layer.strides, layer.padding, ceil_mode=layer.ceil_mode), layer


def shift_effect(layer: Pooling, x: Floats, columns: int) -> ShiftEffect:
    """Return the layer's output on x, (channels, height, width), and on x shifted `columns` cells to the right.

    LayerError where x does not fit the layer.

    >>> shift_effect(MaxPool2d(2), np.array([[[0.0, 5.0, 0.0, 5.0], [0.0, 0.0, 0.0, 0.0]]]), 1).changed
    1
    """
    return ShiftEffect(layer, forward(layer, x), forward(layer, shifted(x, columns)))
