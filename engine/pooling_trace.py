"""The record of a pooling layer: the values in each window, which of them count, and the output."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, checked_input, columns, pad
from engine.forward import forward
from engine.geometry import Axis
from engine.pooling import AvgPool2d, MaxPool2d, Pooling
from engine.trace import frozen


@dataclass(frozen=True, eq=False)
class PoolingTrace:
    """The record of one input going through one pooling layer; its arrays are read-only and its own.

    With P = output height * output width window positions:

    - `input` (channels, height, width) is a copy of what was given, as float64;
    - `padded` (channels, padded height, padded width) is the input with its padding: -infinity where the largest is
      looked for, which it never is, and zeros where the mean is;
    - `windows` (channels, kernel rows * kernel columns, P) is the value under each tap in each window;
    - `counted`, of the shape of `windows` without its channels, is whether that value counts: for a mean, padding may
      be left out, and cells beyond it that `ceil_mode` lets a window stand out over always are;
    - `divisors` (P,) is how many values count in each window;
    - `output` (channels, output height, output width) is that of `forward`, bit for bit.
    """

    layer: Pooling
    input: Floats
    padded: Floats
    windows: Floats

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The plan that was followed, (rows, columns)."""
        height, width = self.input.shape[1:]
        return self.layer.axes(height, width)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Whether the value under each tap in each window counts, (taps, P)."""
        cells = np.zeros((1, *self.padded.shape[1:]))
        counts_padding = isinstance(self.layer, AvgPool2d) and self.layer.count_include_pad
        rows, cols = self.padded_range if counts_padding else self.input_range
        cells[:, rows, cols] = 1.0
        return frozen(columns(cells, self.axes)[0] > 0)

    @property
    def input_range(self) -> tuple[slice, slice]:
        """Where the input lies in `padded`, (rows, columns)."""
        rows, cols = (slice(axis.before, axis.before + axis.length) for axis in self.axes)
        return rows, cols

    @property
    def padded_range(self) -> tuple[slice, slice]:
        """Where the input and its padding lie in `padded`: beyond it `ceil_mode` lets windows stand out."""
        height, width = self.input.shape[1:]
        (top, bottom), (left, right) = self.layer.padding_amounts(height, width)
        return slice(top + height + bottom), slice(left + width + right)

    @cached_property
    def divisors(self) -> NDArray[np.intp]:
        """How many values count in each window, (P,)."""
        return frozen(self.counted.sum(axis=0))

    @cached_property
    def output(self) -> Floats:
        """What the layer computes, (channels, output height, output width)."""
        return frozen(forward(self.layer, self.input))


def record_pooling(layer: Pooling, x: ArrayLike) -> PoolingTrace:
    """Return the record of one input, (channels, height, width); LayerError where it does not fit the layer.

    >>> record_pooling(MaxPool2d(2), [[[1, 2], [3, 4]]]).windows[0, :, 0].tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    values = checked_input(x)
    axes = layer.axes(*values.shape[1:])
    padded = pad(values, axes, -np.inf if isinstance(layer, MaxPool2d) else 0.0)
    return PoolingTrace(layer, frozen(values.copy()), frozen(padded), frozen(columns(padded, axes)))
