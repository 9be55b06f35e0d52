"""A layer's output alone, as fast as NumPy can: one BLAS product a group over im2col columns."""

from numpy.typing import ArrayLike

from engine.arrays import Floats, im2col, operands
from engine.layers import Conv2d


def forward(layer: Conv2d, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Floats:
    """Return the layer's output for one input, as float64 of shape (out_channels, output height, output width).

    `x` is (in_channels, height, width), `weight` is of `layer.weight_shape`, `bias` of `layer.bias_shape`: it must be
    given if the layer has one and left out if it has not. LayerError where they do not fit. Whole numbers give exact
    whole numbers. Method: Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing" (2006).

    >>> forward(Conv2d(1, 1, 2, bias=False), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
    [[[19.0, 25.0], [37.0, 43.0]]]
    """
    given = operands(layer, x, weight, bias)
    output: Floats = given.weight.reshape(layer.groups, layer.out_channels // layer.groups, -1) @ im2col(
        layer, given.input
    )
    output = output.reshape(layer.out_channels, *layer.output_size(*given.input.shape[1:]))
    if given.bias is not None:
        output += given.bias[:, None, None]
    return output
