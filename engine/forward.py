"""A layer's output alone, as fast as NumPy can: one BLAS product a group over im2col columns."""

from functools import reduce, singledispatch
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, checked_input, columns, operands, pad, scatter_add
from engine.errors import LayerCode, LayerError, use
from engine.layers import ConvNd, Convolution
from engine.pooling import AvgPoolNd, MaxPoolNd, Pooling
from engine.separable import SeparableConv2d
from engine.transposed import ConvTransposeNd

Pairs = tuple[ArrayLike, ArrayLike]


@overload
def forward(layer: Convolution, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Floats: ...


@overload
def forward(layer: SeparableConv2d, x: ArrayLike, weight: Pairs, bias: Pairs | None = None) -> Floats: ...


@overload
def forward(layer: Pooling, x: ArrayLike) -> Floats: ...


def forward(
    layer: Convolution | SeparableConv2d | Pooling,
    x: ArrayLike,
    weight: ArrayLike | Pairs | None = None,
    bias: ArrayLike | Pairs | None = None,
) -> Floats:
    """Return the layer's output for one input, as float64 of shape (out_channels, *output size).

    `x` is (in_channels, *size), `weight` is of `layer.weight_shape`, `bias` of `layer.bias_shape`: it must be
    given if the layer has one and left out if it has not. LayerError where they do not fit. Whole numbers give exact
    whole numbers. Method: Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing" (2006); for a transposed layer the same product the other way round.

    A separable layer takes a pair of weights and, if it has them, a pair of biases: the depthwise layer's, then the
    pointwise layer's. A pooling layer takes x alone, with any number of channels.

    >>> from engine import Conv1d, Conv2d, ConvTranspose2d, MaxPool2d
    >>> forward(Conv2d(1, 1, 2, bias=False), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]]).tolist()
    [[[19.0, 25.0], [37.0, 43.0]]]
    >>> forward(Conv1d(1, 1, 2, bias=False), [[0, 1, 2]], [[[0, 1]]]).tolist()
    [[1.0, 2.0]]
    >>> forward(ConvTranspose2d(1, 1, 2, bias=False), [[[0, 1], [2, 3]]], [[[[0, 1], [2, 3]]]]).tolist()
    [[[0.0, 0.0, 1.0], [0.0, 4.0, 6.0], [4.0, 12.0, 9.0]]]
    >>> forward(MaxPool2d(2), [[[1, 2, 3, 4], [5, 6, 7, 8]]]).tolist()
    [[[6.0, 8.0]]]
    """
    return _forward(layer, x, weight, bias)


@singledispatch
def _forward(layer: object, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    raise TypeError(f"{layer!r} is not a layer")


@_forward.register
def _(layer: ConvNd, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    given = operands(layer, x, weight, bias)
    filters = given.weight.reshape(layer.groups, layer.out_channels // layer.groups, -1)
    axes = layer.axes(*given.input.shape[1:])
    unfolded = columns(pad(given.input, axes, layer.padding_value), axes)
    output: Floats = filters @ unfolded.reshape(layer.groups, -1, unfolded.shape[-1])
    return _plus_bias(output.reshape(layer.out_channels, *[axis.output for axis in axes]), given.bias)


@_forward.register
def _(layer: ConvTransposeNd, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    given = operands(layer, x, weight, bias)
    axes = layer.axes(*given.input.shape[1:])
    depth, cells = layer.in_channels // layer.groups, given.input[0].size
    values = given.input.reshape(layer.groups, depth, cells)
    # The stamps of all the input channels, added up before they land.
    stamps = given.weight.reshape(layer.groups, depth, -1).swapaxes(1, 2) @ values
    output = scatter_add(stamps.reshape(layer.out_channels, -1, cells), axes)
    return _plus_bias(np.ascontiguousarray(output), given.bias)


@_forward.register
def _(layer: SeparableConv2d, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    weights, biases = two_arrays("weight", weight), two_arrays("bias", bias)
    between = forward(layer.depthwise, x, weights[0], biases[0])
    return forward(layer.pointwise, between, weights[1], biases[1])


@_forward.register
def _(layer: MaxPoolNd, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    # Below every number there is, so that padding is never the largest.
    largest: Floats = _windows(layer, x, weight, bias, -np.inf).max(axis=1)
    return largest


@_forward.register
def _(layer: AvgPoolNd, x: ArrayLike, weight: Any, bias: Any) -> Floats:
    sums = _windows(layer, x, weight, bias, 0.0).sum(axis=1)
    means: Floats = sums / reduce(np.multiply.outer, map(np.array, layer.counts(*np.shape(x)[1:])))
    return means


def two_arrays(parameter: str, pair: object) -> tuple[Any, Any]:
    """Return the two of a separable layer, None twice for None; LayerError where it is no pair.

    >>> two_arrays("bias", None)
    (None, None)
    """
    if pair is None:
        return None, None
    name = type(pair).__name__
    if not isinstance(pair, tuple | list):
        raise LayerError(LayerCode.NOT_TWO_ARRAYS, parameter, name)
    if len(pair) != 2:
        raise LayerError(LayerCode.NOT_TWO_ARRAYS, parameter, name, "counted", count=len(pair))
    return pair[0], pair[1]


def _windows(layer: Pooling, x: ArrayLike, weight: Any, bias: Any, blank: float) -> Floats:
    """Return what lies under each tap, (channels, taps, *output size), `blank` where that is padding."""
    check_no_operands(weight, bias)
    values = checked_input(x, layer.space)
    axes = layer.axes(*values.shape[1:])
    unfolded = columns(pad(values, axes, blank), axes)
    return unfolded.reshape(*unfolded.shape[:2], *(axis.output for axis in axes))


def check_no_operands(weight: Any, bias: Any) -> None:
    """LayerError where a pooling layer, which has neither, is given a weight or a bias.

    >>> check_no_operands(None, None)
    """
    for parameter, value in (("weight", weight), ("bias", bias)):
        if value is not None:
            leave_out = use(parameter, None)
            raise LayerError(LayerCode.POOLING_TAKES_NONE, parameter, np.shape(value), choices=leave_out)


def _plus_bias(output: Floats, bias: Floats | None) -> Floats:
    if bias is not None:
        maps = output.reshape(len(output), -1)
        maps += bias[:, None]
    return output
