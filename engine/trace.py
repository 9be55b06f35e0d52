"""The record of a convolution: every product, every channel's sum of products, and every running sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, Operands, columns, operands, pad
from engine.geometry import Axis
from engine.layers import ConvNd, Convolution

Array = TypeVar("Array", bound=NDArray[Any])


@dataclass(frozen=True, eq=False)
class Record:
    """Base of the records of convolutions: the layer, its arrays, and the sums over its input channels in order."""

    layer: Convolution
    input: Floats
    weight: Floats
    bias: Floats | None

    @property
    def partial_sums(self) -> Floats:
        """Each channel's own sum of products, (out_channels, c, *output size)."""
        raise NotImplementedError

    @cached_property
    def running_sums(self) -> Floats:
        """The partial sums accumulated over the channels, in their shape."""
        running = np.empty_like(self.partial_sums)
        running[:, 0] = self.partial_sums[:, 0]
        # Map by map: np.cumsum does the same cell by cell, several times slower.
        for channel in range(1, running.shape[1]):
            np.add(running[:, channel - 1], self.partial_sums[:, channel], out=running[:, channel])
        return frozen(running)

    @cached_property
    def output(self) -> Floats:
        """What the layer computes, (out_channels, *output size)."""
        totals = self.running_sums[:, -1]
        if self.bias is None:
            return totals
        return frozen(totals + self.bias.reshape(-1, *[1] * (totals.ndim - 1)))


@dataclass(frozen=True, eq=False)
class Trace(Record):
    """The record of one input going through one layer; its arrays are read-only and its own.

    With P window positions, taps in a kernel, d directions, and c = in_channels // groups channels in a filter:

    - `input` (in_channels, *size), `weight` and `bias` (or None) are copies of what was given, as float64;
    - `padded` (in_channels, *padded size) is the input with its padding;
    - `columns` (in_channels, taps, P) is the value under each tap in each window (im2col);
    - `products` (out_channels, c, taps, P) is each weight times the value under it;
    - `positions` (P, d) is each window's first cell in `padded`, its top-left corner (row, column), row by row;
    - `partial_sums` (out_channels, c, *output size) is each channel's own sum of products;
    - `running_sums`, of that shape, is the same accumulated over the channels in order: its last plus the bias is
      `output` (out_channels, *output size), bit for bit.

    The products are what is recorded; positions and sums follow from what is recorded, and are worked out when they
    are first read, then kept. Output channel o reads the input channels of its group: the first is
    o // (out_channels // groups) * c.
    """

    layer: ConvNd
    padded: Floats
    columns: Floats
    products: Floats

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The plan that was followed, an axis for each direction."""
        return self.layer.axes(*self.input.shape[1:])

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """Each window's first cell in `padded`, (P, d)."""
        return corners(axis.starts for axis in self.axes)

    @cached_property
    def partial_sums(self) -> Floats:
        """Each channel's own sum of products, (out_channels, c, *output size)."""
        weights, under = _grouped(self.layer, self.weight, self.columns)
        # BLAS goes back to the values under the taps, which is faster than reading the products again.
        sums = weights.swapaxes(1, 2) @ under
        return frozen(self._as_maps(sums.swapaxes(1, 2)))

    def _as_maps(self, sums: Floats) -> Floats:
        return sums.reshape(*self.products.shape[:2], *[axis.output for axis in self.axes])


def record_convolution(layer: ConvNd, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None) -> Trace:
    """Return the record of one input, (in_channels, *size); LayerError where an array does not fit the layer.

    >>> from engine.layers import Conv2d
    >>> record_convolution(Conv2d(1, 1, 1), [[[5, 6]]], [[[[2]]]], [1]).products.tolist()
    [[[[10.0, 12.0]]]]
    """
    given = operands(layer, x, weight, bias)
    axes = layer.axes(*given.input.shape[1:])
    padded = pad(given.input, axes, layer.padding_value)
    unfolded = columns(padded, axes)
    weights, under = _grouped(layer, given.weight, unfolded)
    products = multiplied(weights, under[:, None]).reshape(layer.out_channels, *under.shape[1:])
    return Trace(
        layer, *read_only_copies(given), padded=frozen(padded), columns=frozen(unfolded), products=frozen(products)
    )


def read_only_copies(given: Operands) -> Operands:
    """Return read-only copies of a layer's arrays.

    >>> read_only_copies(Operands(np.zeros(1), np.zeros(1), None)).input.flags.writeable
    False
    """
    bias = None if given.bias is None else frozen(given.bias.copy())
    return Operands(frozen(given.input.copy()), frozen(given.weight.copy()), bias)


def corners(starts: Iterable[tuple[int, ...]]) -> NDArray[np.intp]:
    """Return the corners of windows, (P, d), such as (row, column) row by row, from the starts in each of d directions.

    >>> corners(((0, 2), (0, 1))).tolist()
    [[0, 0], [0, 1], [2, 0], [2, 1]]
    """
    grids = np.meshgrid(*map(np.array, starts), indexing="ij")
    return frozen(np.stack(grids, axis=-1).reshape(-1, len(grids)))


def multiplied(weights: Floats, values: Floats) -> Floats:
    """Return each weight, (..., taps), times each value at its tap, (..., taps or 1, P): (..., taps, P).

    >>> multiplied(np.array([2.0, 3.0]), np.array([[1.0, 10.0]])).tolist()
    [[2.0, 20.0], [3.0, 30.0]]
    """
    # Until its buffer is full a ufunc joins rows, which here means copying each weight once for every position before
    # multiplying, at twice the time. This buffer leaves it only very short rows to join, and for those it pays.
    size = np.setbufsize(256)
    try:
        products: Floats = weights[..., None] * values
    finally:
        np.setbufsize(size)
    return products


def _grouped(layer: ConvNd, weight: Floats, unfolded: Floats) -> tuple[Floats, Floats]:
    """Return the weight as (groups, filters, c, taps) and the im2col as (groups, c, taps, P)."""
    depth, taps = layer.in_channels // layer.groups, unfolded.shape[1]
    return weight.reshape(layer.groups, -1, depth, taps), unfolded.reshape(layer.groups, depth, taps, -1)


def frozen(array: Array) -> Array:
    """Make an array read-only, and return it.

    >>> frozen(np.zeros(2)).flags.writeable
    False
    """
    array.flags.writeable = False
    return array
