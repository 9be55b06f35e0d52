"""A layer's output with everything that went into it: each product, each channel's sum, each running sum."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, columns, operands, pad
from engine.geometry import Axis
from engine.layers import Conv2d

Array = TypeVar("Array", bound=NDArray[Any])


@dataclass(frozen=True, eq=False)
class Trace:
    """The record of one input going through one layer; its arrays are read-only and its own.

    With P = output height * output width window positions and c = in_channels // groups channels in a filter:

    - `input` (in_channels, height, width), `weight` and `bias` (or None) are copies of what was given, as float64;
    - `padded` (in_channels, padded height, padded width) is the input with its padding;
    - `positions` (P, 2) is each window's top-left corner (row, column) in `padded`, row by row;
    - `products` (out_channels, c, kernel rows * kernel columns, P) is each weight times the value under it;
    - `partial_sums` (out_channels, c, output height, output width) is each channel's own sum of products;
    - `running_sums`, of that shape, is the same accumulated over the channels in order: its last plus the bias is
      `output` (out_channels, output height, output width), bit for bit.

    Output channel o reads the input channels of its group: the first is o // (out_channels // groups) * c.
    """

    layer: Conv2d
    input: Floats
    weight: Floats
    bias: Floats | None
    padded: Floats
    output: Floats
    positions: NDArray[np.intp]
    products: Floats
    partial_sums: Floats
    running_sums: Floats

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The plan that was followed, (rows, columns)."""
        height, width = self.input.shape[1:]
        return self.layer.axes(height, width)


def record(layer: Conv2d, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Trace:
    """Return the Trace of one input; arguments and errors are those of `forward`.

    The output is the last running sum plus the bias, so it can differ from `forward` in the last bit, and does not
    for whole numbers.

    >>> trace = record(Conv2d(1, 1, 2, bias=False), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]])
    >>> trace.positions[3].tolist(), trace.products[0, 0, :, 3].tolist(), trace.output[0, 1, 1].tolist()
    ([1, 1], [0.0, 5.0, 14.0, 24.0], 43.0)
    """
    given = operands(layer, x, weight, bias)
    axes = layer.axes(*given.input.shape[1:])
    padded = pad(given.input, axes)
    unfolded = columns(padded, axes)
    # Until its buffer is full a ufunc joins rows, which here means copying each weight once for every position before
    # multiplying, at twice the time. This buffer leaves it only very short rows to join, and for those it pays.
    size = np.setbufsize(256)
    try:
        products = _products(layer, given.weight, unfolded)
        partial_sums = _partial_sums(layer, given.weight, unfolded)
        running_sums = _running_sums(partial_sums)
    finally:
        np.setbufsize(size)
    partial_sums, running_sums = (_as_maps(sums, axes) for sums in (partial_sums, running_sums))
    output = running_sums[:, -1].copy() if given.bias is None else running_sums[:, -1] + given.bias[:, None, None]
    return Trace(
        layer=layer,
        input=_frozen(given.input.copy()),
        weight=_frozen(given.weight.copy()),
        bias=None if given.bias is None else _frozen(given.bias.copy()),
        padded=_frozen(padded),
        output=_frozen(output),
        positions=_frozen(_positions(axes)),
        products=_frozen(products),
        partial_sums=_frozen(partial_sums),
        running_sums=_frozen(running_sums),
    )


def _products(layer: Conv2d, weight: Floats, unfolded: Floats) -> Floats:
    """Return (out_channels, c, taps, P): each weight times the values it meets."""
    weights, under = _grouped(layer, weight, unfolded)
    products: Floats = weights[..., None] * under[:, None]
    return products.reshape(layer.out_channels, *products.shape[2:])


def _partial_sums(layer: Conv2d, weight: Floats, unfolded: Floats) -> Floats:
    """Return (c, out_channels, P): the products summed over the taps, by BLAS, which is faster than reading them."""
    weights, under = _grouped(layer, weight, unfolded)
    sums: Floats = weights.transpose(2, 0, 1, 3) @ under.swapaxes(0, 1)
    return sums.reshape(-1, layer.out_channels, under.shape[-1])


def _grouped(layer: Conv2d, weight: Floats, unfolded: Floats) -> tuple[Floats, Floats]:
    """Return the weight as (groups, filters, c, taps) and the im2col as (groups, c, taps, P)."""
    depth, taps = layer.in_channels // layer.groups, unfolded.shape[1]
    return weight.reshape(layer.groups, -1, depth, taps), unfolded.reshape(layer.groups, depth, taps, -1)


def _running_sums(partial_sums: Floats) -> Floats:
    """Return the partial sums accumulated over axis 0; np.cumsum does the same several times slower, cell by cell."""
    running = np.empty_like(partial_sums)
    running[0] = partial_sums[0]
    for channel in range(1, len(partial_sums)):
        np.add(running[channel - 1], partial_sums[channel], out=running[channel])
    return running


def _as_maps(sums: Floats, axes: tuple[Axis, Axis]) -> Floats:
    """Return (out_channels, c, output height, output width) of sums that lie channel by channel in memory."""
    rows, cols = axes
    return sums.swapaxes(0, 1).reshape(sums.shape[1], sums.shape[0], rows.output, cols.output)


def _positions(axes: tuple[Axis, Axis]) -> NDArray[np.intp]:
    rows, cols = axes
    corners = np.empty((rows.output, cols.output, 2), dtype=np.intp)
    corners[..., 0] = np.array(rows.starts)[:, None]
    corners[..., 1] = cols.starts
    return corners.reshape(-1, 2)


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
