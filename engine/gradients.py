"""The backward pass: the gradients of a layer's input, weight and bias, and the layers that compute them."""

from dataclasses import dataclass, replace
from functools import reduce, singledispatch
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, checked_gradient, checked_input, checked_weight, columns, pad, scatter_add, unpad
from engine.forward import Pairs, check_no_operands, forward, two_arrays
from engine.geometry import Axis, PaddingMode, TransposedAxis
from engine.layers import ConvNd, Convolution
from engine.pooling import AvgPoolNd, MaxPoolNd, Pooling
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, ConvTransposeNd


@dataclass(frozen=True, eq=False)
class Gradients:
    """By how much a loss grows with each number of a layer; each array has the shape of what it is the gradient of.

    `weight` is None for pooling, which has none, and `bias` is None for a layer without one.
    """

    input: Floats
    weight: Floats | None
    bias: Floats | None


@dataclass(frozen=True, eq=False)
class SeparableGradients:
    """The gradients of both layers of a separable one; the pointwise layer's input is the depthwise layer's output."""

    depthwise: Gradients
    pointwise: Gradients

    @property
    def input(self) -> Floats:
        """The gradient of what the whole layer reads."""
        return self.depthwise.input


@overload
def gradients(layer: Convolution, x: ArrayLike, weight: ArrayLike, grad_output: ArrayLike) -> Gradients: ...


@overload
def gradients(layer: Pooling, x: ArrayLike, weight: None, grad_output: ArrayLike) -> Gradients: ...


@overload
def gradients(
    layer: SeparableConv2d, x: ArrayLike, weight: Pairs, grad_output: ArrayLike, bias: Pairs | None = None
) -> SeparableGradients: ...


def gradients(
    layer: Convolution | Pooling | SeparableConv2d,
    x: ArrayLike,
    weight: ArrayLike | Pairs | None,
    grad_output: ArrayLike,
    bias: Pairs | None = None,
) -> Gradients | SeparableGradients:
    """Return the gradients of a loss, given that of the layer's output, as float64: torch's autograd, by one formula.

    `x` is (in_channels, *size), `weight` of `layer.weight_shape`, and `grad_output` of the shape of the output.
    LayerError where they do not fit. Whole numbers give exact whole numbers, except where a mean divides them.
    A separable layer takes a pair of weights and, if it has them, the pair of its biases: the first of them is in what
    its second layer reads. No other layer's gradients depend on its bias. The largest of a window passes its gradient
    to the first of equal cells, as in torch. Source: Chellapilla, Puri and Simard (2006), the product of the forward
    pass with its factors exchanged.

    >>> from engine import Conv2d
    >>> found = gradients(Conv2d(1, 1, 2), [[[0, 1, 2], [3, 4, 5]]], [[[[0, 1], [2, 3]]]], [[[1, 10]]])
    >>> found.weight.tolist(), found.bias.tolist()
    ([[[[10.0, 21.0], [43.0, 54.0]]]], [11.0])
    >>> found.input.tolist()
    [[[0.0, 1.0, 10.0], [2.0, 23.0, 30.0]]]
    """
    if isinstance(layer, SeparableConv2d):
        return _of_separable(layer, x, weight, grad_output, bias)
    return _gradients(layer, x, weight, grad_output)


@singledispatch
def _gradients(layer: object, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> Gradients:
    raise TypeError(f"{layer!r} is not a layer")


@_gradients.register
def _(layer: ConvNd, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> Gradients:
    values, filters = checked_input(x, layer.space, layer.in_channels), checked_weight(layer, weight)
    axes = layer.axes(*values.shape[1:])
    given = checked_gradient(grad_output, (layer.out_channels, *[axis.output for axis in axes]))
    maps = given.reshape(layer.groups, layer.out_channels // layer.groups, -1)
    unfolded = columns(pad(values, axes, layer.padding_value), axes)
    of_weight = maps @ unfolded.reshape(layer.groups, -1, unfolded.shape[-1]).swapaxes(1, 2)
    rows = filters.reshape(*maps.shape[:2], -1).swapaxes(1, 2)
    of_columns = (rows @ maps).reshape(unfolded.shape)
    return Gradients(_folded(of_columns, axes), of_weight.reshape(layer.weight_shape), _of_bias(layer, given))


@_gradients.register
def _(layer: ConvTransposeNd, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> Gradients:
    values, kernels = checked_input(x, layer.space, layer.in_channels), checked_weight(layer, weight)
    axes = layer.axes(*values.shape[1:])
    given = checked_gradient(grad_output, (layer.out_channels, *[axis.output for axis in axes]))
    depth = layer.in_channels // layer.groups
    unfolded = _under_stamps(given, axes).reshape(layer.groups, -1, values[0].size)
    of_input: Floats = kernels.reshape(layer.groups, depth, -1) @ unfolded
    of_weight = values.reshape(layer.groups, depth, -1) @ unfolded.swapaxes(1, 2)
    return Gradients(of_input.reshape(values.shape), of_weight.reshape(layer.weight_shape), _of_bias(layer, given))


@_gradients.register
def _(layer: MaxPoolNd, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> Gradients:
    values, given, axes = _pooled(layer, x, weight, grad_output)
    unfolded = columns(pad(values, axes, -np.inf), axes)
    # The first of equal cells in the order of the taps, which is torch's. All of them would multiply the gradient.
    first = unfolded.argmax(axis=1, keepdims=True)
    stamps = np.zeros_like(unfolded)
    np.put_along_axis(stamps, first, given.reshape(len(given), 1, -1), axis=1)
    return Gradients(_folded(stamps, axes), None, None)


@_gradients.register
def _(layer: AvgPoolNd, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> Gradients:
    values, given, axes = _pooled(layer, x, weight, grad_output)
    shares = given / reduce(np.multiply.outer, map(np.array, layer.counts(*values.shape[1:])))
    channels, taps = len(given), int(np.prod(layer.kernel))
    stamps = np.broadcast_to(shares.reshape(channels, 1, -1), (channels, taps, shares[0].size))
    return Gradients(_folded(stamps, axes), None, None)


def _of_separable(
    layer: SeparableConv2d, x: ArrayLike, weight: Any, grad_output: ArrayLike, bias: Any
) -> SeparableGradients:
    weights, biases = two_arrays("weight", weight), two_arrays("bias", bias)
    between = forward(layer.depthwise, x, weights[0], biases[0])
    pointwise = gradients(layer.pointwise, between, weights[1], grad_output)
    return SeparableGradients(gradients(layer.depthwise, x, weights[0], pointwise.input), pointwise)


def _pooled(layer: Pooling, x: ArrayLike, weight: Any, grad_output: ArrayLike) -> tuple[Floats, Floats, Any]:
    """Return a pooling layer's input, the gradient of its output, and its plan."""
    check_no_operands(weight, None)
    values = checked_input(x, layer.space)
    axes = layer.axes(*values.shape[1:])
    return values, checked_gradient(grad_output, (len(values), *[axis.output for axis in axes])), axes


def _of_bias(layer: Convolution, grad_output: Floats) -> Floats | None:
    return grad_output.reshape(len(grad_output), -1).sum(axis=1) if layer.bias else None


def _folded(unfolded: Floats, axes: tuple[Axis, ...]) -> Floats:
    """Return the gradient of the input from that of its im2col: every cell gets the sum of what read it."""
    stamped = [
        TransposedAxis(axis.output, 0, 0, axis.kernel, axis.stride, axis.dilation, axis.remainder) for axis in axes
    ]
    return unpad(scatter_add(unfolded, stamped), axes)


def _under_stamps(grad_output: Floats, axes: tuple[TransposedAxis, ...]) -> Floats:
    """Return the im2col of a gradient under the stamps of a transposed layer: zeros where the output was cropped."""
    whole = pad(grad_output, [Axis(axis.output, axis.before, axis.after, 1, 1, 1, PaddingMode.ZEROS) for axis in axes])
    # Without the output_padding, for where it is as large as the stride it has room for one more stamp.
    reached = [axis.forward_axis for axis in axes]
    return columns(np.ascontiguousarray(whole[:, *[slice(axis.padded) for axis in reached]]), reached)


@dataclass(frozen=True)
class WeightGradientLayer:
    """The layer that makes the gradient of a layer's weight: the input, correlated with the gradient of the output.

    Each input channel meets, by itself, the gradients of all filters that read it. Stride and dilation change roles.

    >>> from engine import Conv2d
    >>> found = weight_gradient_layer(Conv2d(3, 5, 3, bias=False), 10, 10)
    >>> found.correlation.weight_shape, found.correlation.output_size(10, 10)
    ((15, 1, 8, 8), (3, 3))
    """

    layer: ConvNd
    correlation: ConvNd

    def kernels(self, grad_output: ArrayLike) -> Floats:
        """Return the gradient of the output as the weight of `correlation`; LayerError where it is of another shape."""
        given = checked_gradient(grad_output, (self.layer.out_channels, *self.correlation.kernel))
        maps = given.reshape(self.layer.groups, 1, -1, *given.shape[1:])
        each = maps.repeat(self.layer.in_channels // self.layer.groups, axis=1)
        return each.reshape(self.correlation.weight_shape)

    def weight(self, output: Floats) -> Floats:
        """Return the output of `correlation` as the gradient of the weight: in its order, cropped to the kernel.

        A stride that leaves cells over leaves room for further taps, which the kernel has not.
        """
        layer = self.layer
        cropped = output[:, *[slice(taps) for taps in layer.kernel]]
        depth = layer.in_channels // layer.groups
        pairs = cropped.reshape(layer.groups, depth, -1, *layer.kernel).swapaxes(1, 2)
        return np.ascontiguousarray(pairs).reshape(layer.weight_shape)


def weight_gradient_layer(layer: ConvNd, *size: int) -> WeightGradientLayer:
    """Return the layer that makes the gradient of the weight of an input of a size; LayerError where none fits.

    >>> from engine import Conv2d
    >>> found = weight_gradient_layer(Conv2d(1, 1, 3, stride=2, dilation=3), 9, 12).correlation
    >>> found.kernel_size, found.stride, found.dilation
    ((2, 3), 3, 2)
    """
    correlation = replace(
        layer,
        out_channels=layer.in_channels * (layer.out_channels // layer.groups),
        kernel_size=layer.output_size(*size),
        stride=layer.dilation,
        padding=layer.padding_amounts(*size),
        dilation=layer.stride,
        groups=layer.in_channels,
        bias=False,
    )
    return WeightGradientLayer(layer, correlation)


def input_gradient_layer(layer: ConvNd, *size: int) -> ConvTransposeNd:
    """Return the layer that makes the gradient of an input of a size, of the output's, with the same weight.

    Padding that copies cells is not cropped: `unpad` adds the gradient of every copy to its cell. LayerError where the
    layer does not fit the input. Source: Dumoulin and Visin (arXiv 1603.07285), chapter 4.

    >>> from engine import Conv2d
    >>> found = input_gradient_layer(Conv2d(3, 5, 3, stride=2, padding=1), 10, 9)
    >>> found.weight_shape, found.output_padding, found.output_size(5, 5)
    ((5, 3, 3, 3), (1, 0), (10, 9))
    """
    crops = not PaddingMode(layer.padding_mode).copies
    kinds: dict[int, type[ConvTransposeNd]] = {
        kind.space.dims: kind for kind in (ConvTranspose1d, ConvTranspose2d, ConvTranspose3d)
    }
    return kinds[layer.space.dims](
        in_channels=layer.out_channels,
        out_channels=layer.in_channels,
        kernel_size=layer.kernel_size,
        stride=layer.stride,
        padding=layer.padding_amounts(*size) if crops else 0,
        output_padding=tuple(axis.remainder for axis in layer.axes(*size)),
        groups=layer.groups,
        bias=False,
        dilation=layer.dilation,
    )
