"""A layer's output alone, as fast as NumPy can: one BLAS product a group over im2col columns."""

from functools import singledispatch

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, Operands, im2col, landed, operands
from engine.layers import Conv2d
from engine.transposed import ConvTranspose2d


def forward(layer: Conv2d | ConvTranspose2d, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Floats:
    """Return the layer's output for one input, as float64 of shape (out_channels, output height, output width).

    `x` is (in_channels, height, width), `weight` is of `layer.weight_shape`, `bias` of `layer.bias_shape`: it must be
    given if the layer has one and left out if it has not. LayerError where they do not fit. Whole numbers give exact
    whole numbers. Method: Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing" (2006); for a transposed layer the same product the other way round.

    >>> forward(Conv2d(1, 1, 2, bias=False), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
    [[[19.0, 25.0], [37.0, 43.0]]]
    >>> forward(ConvTranspose2d(1, 1, 2, bias=False), [[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]]).tolist()
    [[[0.0, 0.0, 1.0], [0.0, 4.0, 6.0], [4.0, 12.0, 9.0]]]
    """
    given = operands(layer, x, weight, bias)
    output = _output(layer, given)
    if given.bias is not None:
        output += given.bias[:, None, None]
    return output


@singledispatch
def _output(layer: object, given: Operands) -> Floats:
    """Return a layer's output without bias, (out_channels, output height, output width)."""
    raise TypeError(f"{layer!r} is not a layer")


@_output.register
def _(layer: Conv2d, given: Operands) -> Floats:
    filters = given.weight.reshape(layer.groups, layer.out_channels // layer.groups, -1)
    output: Floats = filters @ im2col(layer, given.input)
    return output.reshape(layer.out_channels, *layer.output_size(*given.input.shape[1:]))


@_output.register
def _(layer: ConvTranspose2d, given: Operands) -> Floats:
    axes = layer.axes(*given.input.shape[1:])
    depth, cells = layer.in_channels // layer.groups, given.input[0].size
    values = given.input.reshape(layer.groups, depth, cells)
    # The stamps of all the input channels, added up before they land.
    stamps = given.weight.reshape(layer.groups, depth, -1).swapaxes(1, 2) @ values
    return np.ascontiguousarray(landed(stamps.reshape(layer.out_channels, -1, cells), axes))
