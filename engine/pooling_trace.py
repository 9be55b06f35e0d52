"""The record of a pooling layer: the values in each window, which of them count, and the output."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, checked_input, columns, pad
from engine.forward import forward
from engine.geometry import Axis
from engine.pooling import AvgPoolNd, MaxPoolNd, Pooling
from engine.trace import frozen


@dataclass(frozen=True, eq=False)
class PoolingTrace:
    """The record of one input going through one pooling layer; its arrays are read-only and its own.

    With P window positions and taps in a window:

    - `input` (channels, *size) is a copy of what was given, as float64;
    - `padded` (channels, *padded size) is the input with its padding: -infinity where the largest is
      looked for, which it never is, and zeros where the mean is;
    - `windows` (channels, taps, P) is the value under each tap in each window;
    - `counted`, of the shape of `windows` without its channels, is whether that value counts: for a mean, padding may
      be left out, and cells beyond it that `ceil_mode` lets a window stand out over always are;
    - `divisors` (P,) is how many values count in each window;
    - `output` (channels, *output size) is that of `forward`, bit for bit.
    """

    layer: Pooling
    input: Floats
    padded: Floats
    windows: Floats

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The plan that was followed, an axis for each direction."""
        return self.layer.axes(*self.input.shape[1:])

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Whether the value under each tap in each window counts, (taps, P)."""
        cells = np.zeros((1, *self.padded.shape[1:]))
        counts_padding = isinstance(self.layer, AvgPoolNd) and self.layer.count_include_pad
        cells[:, *(self.padded_range if counts_padding else self.input_range)] = 1.0
        return frozen(columns(cells, self.axes)[0] > 0)

    @property
    def input_range(self) -> tuple[slice, ...]:
        """Where the input lies in `padded`, for each direction."""
        return tuple(slice(axis.before, axis.before + axis.length) for axis in self.axes)

    @property
    def padded_range(self) -> tuple[slice, ...]:
        """Where the input and its padding lie in `padded`: beyond it `ceil_mode` lets windows stand out."""
        size = self.input.shape[1:]
        sides = self.layer.padding_amounts(*size)
        return tuple(slice(before + length + after) for length, (before, after) in zip(size, sides, strict=True))

    @cached_property
    def divisors(self) -> NDArray[np.intp]:
        """How many values count in each window, (P,)."""
        return frozen(self.counted.sum(axis=0))

    @cached_property
    def output(self) -> Floats:
        """What the layer computes, (channels, *output size)."""
        return frozen(forward(self.layer, self.input))


def record_pooling(layer: Pooling, x: ArrayLike) -> PoolingTrace:
    """Return the record of one input, (channels, *size); LayerError where it does not fit the layer.

    >>> from engine.pooling import MaxPool2d
    >>> record_pooling(MaxPool2d(2), [[[1, 2], [3, 4]]]).windows[0, :, 0].tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    values = checked_input(x, layer.space)
    axes = layer.axes(*values.shape[1:])
    padded = pad(values, axes, -np.inf if isinstance(layer, MaxPoolNd) else 0.0)
    return PoolingTrace(layer, frozen(values.copy()), frozen(padded), frozen(columns(padded, axes)))
