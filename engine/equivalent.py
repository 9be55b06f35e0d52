"""A transposed convolution as the ordinary one with the same output: zeros inserted, the kernel flipped."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, operands
from engine.layers import ConvNd
from engine.transposed import ConvTransposeNd


class Equivalent(NamedTuple):
    """An ordinary convolution and its arrays: the arguments of `forward` and `record`."""

    layer: ConvNd
    x: Floats
    weight: Floats
    bias: Floats | None


def as_convolution(
    layer: ConvTransposeNd, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None
) -> Equivalent:
    """Return the ordinary convolution that makes the same output, as arguments of `forward` or `record`.

    Its input has stride - 1 zeros between the values, its stride is 1, its padding dilation * (kernel - 1) - padding
    and output_padding more at the end of each direction; its kernel is flipped in all directions, its filters are of
    shape (out_channels, in_channels // groups, *kernel). Where that padding would be below zero, the
    input is cropped instead. LayerError as in `forward`. Source: Dumoulin and Visin, "A guide to convolution
    arithmetic for deep learning" (arXiv 1603.07285), section 4.6.

    >>> from engine.transposed import ConvTranspose2d
    >>> same = as_convolution(ConvTranspose2d(1, 1, 2, 2, bias=False), [[[1, 2]]], [[[[0, 1], [2, 3]]]])
    >>> same.x.tolist(), same.layer.padding, same.weight.tolist()
    ([[[1.0, 0.0, 2.0]]], ((1, 1), (1, 1)), [[[[3.0, 2.0], [1.0, 0.0]]]])
    """
    given = operands(layer, x, weight, bias)
    equivalent = layer.equivalent(*given.input.shape[1:])
    return Equivalent(equivalent, _zero_inserted(layer, given.input), _flipped(layer, given.weight), given.bias)


def _zero_inserted(layer: ConvTransposeNd, x: Floats) -> Floats:
    """Return x with its zeros, as far as the equivalent convolution reads it."""
    axes = layer.axes(*x.shape[1:])
    ranges = [axis.cropped_range for axis in axes]
    size = [max(axis.inserted, cells.stop) for axis, cells in zip(axes, ranges, strict=True)]
    spread = np.zeros((x.shape[0], *size))
    spread[:, *[slice(0, axis.inserted, axis.stride) for axis in axes]] = x
    return spread[:, *[slice(cells.start, cells.stop) for cells in ranges]]


def _flipped(layer: ConvTransposeNd, weight: Floats) -> Floats:
    """Return (in, out // groups, *kernel) as (out, in // groups, *kernel), last tap first."""
    in_channels, filters, *kernel = weight.shape
    grouped = weight.reshape(layer.groups, in_channels // layer.groups, filters, *kernel)
    return grouped.swapaxes(1, 2).reshape(layer.out_channels, -1, *kernel)[:, :, *[slice(None, None, -1)] * len(kernel)]
