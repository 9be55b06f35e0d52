"""A transposed convolution as the ordinary one with the same output: zeros inserted, the kernel flipped."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, operands
from engine.layers import Conv2d
from engine.transposed import ConvTranspose2d


class Equivalent(NamedTuple):
    """An ordinary convolution and its arrays: the arguments of `forward` and `record`."""

    layer: Conv2d
    x: Floats
    weight: Floats
    bias: Floats | None


def as_convolution(
    layer: ConvTranspose2d, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None
) -> Equivalent:
    """Return the ordinary convolution that makes the same output, as arguments of `forward` or `record`.

    Its input has stride - 1 zeros between the values, its stride is 1, its padding dilation * (kernel - 1) - padding
    and output_padding more at the bottom and right; its kernel is flipped in both directions, its filters are of shape
    (out_channels, in_channels // groups, kernel rows, kernel columns). Where that padding would be below zero, the
    input is cropped instead. LayerError as in `forward`. Source: Dumoulin and Visin, "A guide to convolution
    arithmetic for deep learning" (arXiv 1603.07285), section 4.6.

    >>> same = as_convolution(ConvTranspose2d(1, 1, 2, 2, bias=False), [[[1, 2]]], [[[[0, 1], [2, 3]]]])
    >>> same.x.tolist(), same.layer.padding, same.weight.tolist()
    ([[[1.0, 0.0, 2.0]]], ((1, 1), (1, 1)), [[[[3.0, 2.0], [1.0, 0.0]]]])
    """
    given = operands(layer, x, weight, bias)
    height, width = given.input.shape[1:]
    return Equivalent(
        layer.equivalent(height, width), _zero_inserted(layer, given.input), _flipped(layer, given.weight), given.bias
    )


def _zero_inserted(layer: ConvTranspose2d, x: Floats) -> Floats:
    """Return x with its zeros, as far as the equivalent convolution reads it."""
    rows, cols = layer.axes(*x.shape[1:])
    down, across = rows.cropped_range, cols.cropped_range
    spread = np.zeros((x.shape[0], max(rows.inserted, down.stop), max(cols.inserted, across.stop)))
    spread[:, : rows.inserted : rows.stride, : cols.inserted : cols.stride] = x
    return spread[:, down.start : down.stop, across.start : across.stop]


def _flipped(layer: ConvTranspose2d, weight: Floats) -> Floats:
    """Return (in, out // groups, rows, columns) as (out, in // groups, rows, columns), last tap first."""
    in_channels, filters, *kernel = weight.shape
    grouped = weight.reshape(layer.groups, in_channels // layer.groups, filters, *kernel)
    return grouped.swapaxes(1, 2).reshape(layer.out_channels, -1, *kernel)[..., ::-1, ::-1]
