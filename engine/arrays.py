"""Arrays for a layer: their shapes and types checked, padded, unfolded to im2col columns, and scattered."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.directions import Space
from engine.errors import LayerCode, LayerError, use
from engine.geometry import Axis, TransposedAxis
from engine.layers import ConvNd, Convolution

Floats = NDArray[np.float64]


class Operands(NamedTuple):
    """The input, the weight and the bias (or None) of a layer, as float64."""

    input: Floats
    weight: Floats
    bias: Floats | None


def operands(layer: Convolution, x: ArrayLike, weight: ArrayLike | None, bias: ArrayLike | None) -> Operands:
    """Return the three arrays as float64; those that are float64 already are not copied.

    `x` is (in_channels, *size), the weight and the bias of the layer's shapes. LayerError where one is not.

    >>> from engine.layers import Conv2d
    >>> operands(Conv2d(1, 1, 1), [[[5]]], [[[[2]]]], [1]).bias.tolist()
    [1.0]
    """
    return Operands(
        checked_input(x, layer.space, layer.in_channels),
        checked_weight(layer, weight),
        _checked_bias(layer, bias),
    )


def pad(x: Floats, axes: Sequence[Axis], blank: float = 0.0) -> Floats:
    """Return x, (channels, *size), with the padding of every axis around it, whatever their mode.

    Padding that copies nothing holds `blank`: a layer's `padding_value`.

    >>> from engine.geometry import PaddingMode
    >>> edge = Axis(length=2, before=1, after=1, kernel=1, stride=1, dilation=1, mode=PaddingMode.REPLICATE)
    >>> plain = Axis(length=2, before=0, after=0, kernel=1, stride=1, dilation=1, mode=PaddingMode.ZEROS)
    >>> pad(np.array([[[1.0, 2.0], [3.0, 4.0]]]), (plain, edge)).tolist()
    [[[1.0, 1.0, 2.0, 2.0], [3.0, 3.0, 4.0, 4.0]]]
    """
    padded = np.empty((x.shape[0], *[axis.padded for axis in axes]))
    padded.fill(blank)
    padded[:, *[slice(axis.before, axis.before + axis.length) for axis in axes]] = x
    # Direction by direction over all of the ones before, padding included: that is what fills the corners.
    for number, axis in enumerate(axes, 1):
        if axis.mode.copies:
            lines = padded.swapaxes(0, number)
            copies, originals = _copied_lines(axis)
            lines[copies] = lines[originals]
    return padded


def unpad(gradient: Floats, axes: Sequence[Axis]) -> Floats:
    """Return the gradient of x from that of `pad(x, axes)`: each copy in the padding adds its own to the cell copied.

    `gradient` is (channels, *padded size), and is written over.

    >>> from engine.geometry import PaddingMode
    >>> edge = Axis(length=2, before=1, after=1, kernel=1, stride=1, dilation=1, mode=PaddingMode.REPLICATE)
    >>> unpad(np.array([[1.0, 10.0, 100.0, 1000.0]]), (edge,)).tolist()
    [[11.0, 1100.0]]
    """
    # The way of `pad` back: the last direction first.
    for number, axis in reversed(list(enumerate(axes, 1))):
        if axis.mode.copies:
            lines = gradient.swapaxes(0, number)
            for copy, original in zip(*_copied_lines(axis), strict=True):
                lines[original] += lines[copy]
    return np.ascontiguousarray(gradient[:, *[slice(axis.before, axis.before + axis.length) for axis in axes]])


def columns(padded: Floats, axes: Sequence[Axis]) -> Floats:
    """Return the im2col of padded values, (channels, taps, positions): the value under each tap in each window.

    `padded` is (channels, *padded size), and `axes` the plan of its windows.

    >>> from engine.layers import Conv2d
    >>> axes = Conv2d(1, 1, 2).axes(2, 3)
    >>> columns(np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]), axes).tolist()
    [[[1.0, 2.0], [2.0, 3.0], [4.0, 5.0], [5.0, 6.0]]]
    """
    channels, channel = padded.shape[0], padded.strides[0]
    kernel, output, from_tap, from_window = [], [], [], []
    for axis, step in zip(axes, padded.strides[1:], strict=True):
        kernel.append(axis.kernel)
        output.append(axis.output)
        from_tap.append(step * axis.dilation)
        from_window.append(step * axis.stride)
    # A view that repeats cells, then laid out by one copy. Unlike as_strided, ndarray refuses to leave the buffer.
    windows: Floats = np.ndarray(
        (channels, *kernel, *output), padded.dtype, buffer=padded, strides=(channel, *from_tap, *from_window)
    )
    return windows.reshape(channels, prod(kernel), -1)


def scatter_add(stamps: Floats, axes: Sequence[TransposedAxis]) -> Floats:
    """Return the sums of products scattered over the output of a transposed layer, (maps, *output size), as a view.

    `stamps` is (maps, taps, positions): each position's products with the taps. It is torch's `col2im`, cropped.

    >>> from engine.transposed import ConvTranspose2d
    >>> axes = ConvTranspose2d(1, 1, kernel_size=(1, 2)).axes(1, 2)
    >>> scatter_add(np.array([[[1.0, 2.0], [10.0, 20.0]]]), axes).tolist()
    [[[1.0, 12.0, 20.0]]]
    """
    grid = stamps.reshape(*stamps.shape[:2], *[axis.length for axis in axes])
    uncropped = np.zeros((len(stamps), *[axis.uncropped for axis in axes]))
    # Tap by tap, because the same tap of two stamps never lands on the same cell.
    for tap, cells in enumerate(product(*map(_landings, axes))):
        uncropped[:, *cells] += grid[:, tap]
    return uncropped[:, *[slice(axis.before, axis.before + axis.output) for axis in axes]]


def im2col(layer: ConvNd, x: ArrayLike) -> Floats:
    """Return the matrix that the layer's filters multiply: (groups, in_channels // groups * taps, positions).

    A column is one window, a row one tap of one input channel. The weight as (groups, filters, -1) times this matrix
    is the output without bias. `x` is (in_channels, *size). LayerError where it does not fit the layer.

    >>> from engine.layers import Conv2d
    >>> im2col(Conv2d(1, 1, 2), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]])[0].tolist()
    [[0.0, 1.0, 3.0, 4.0], [1.0, 2.0, 4.0, 5.0], [3.0, 4.0, 6.0, 7.0], [4.0, 5.0, 7.0, 8.0]]
    """
    values = checked_input(x, layer.space, layer.in_channels)
    axes = layer.axes(*values.shape[1:])
    unfolded = columns(pad(values, axes, layer.padding_value), axes)
    return unfolded.reshape(layer.groups, -1, unfolded.shape[-1])


def checked_input(x: ArrayLike, space: Space, channels: int | None = None) -> Floats:
    """Return x, (channels, *size), as float64; with `channels` None it may have any number of them.

    LayerError where it has other axes, other channels or numbers that are not real.

    >>> from engine.directions import IMAGE
    >>> checked_input([[[1, 2]]], IMAGE, channels=1).tolist()
    [[[1.0, 2.0]]]
    """
    values = _real_numbers("x", x)
    if values.ndim == 1 + space.dims and channels in (None, len(values)):
        return values
    shape, variant = values.shape, space.variant
    match len(shape) - space.dims:
        case 1:
            choices = use("x", (channels, *shape[1:]))
            raise LayerError(LayerCode.CHANNELS_OF_INPUT, "x", shape, choices=choices, channels=channels)
        case 0:
            raise LayerError(LayerCode.CHANNEL_AXIS_MISSING, "x", shape, variant, choices=use("x", (1, *shape)))
        case 2:
            raise LayerError(LayerCode.BATCH_AXIS, "x", shape, variant, choices=use("x", shape[1:]))
    raise LayerError(LayerCode.NOT_THREE_AXES, "x", shape, variant)


def checked_weight(layer: Convolution, weight: ArrayLike | None) -> Floats:
    """Return the weight as float64; LayerError where it is not of the layer's `weight_shape`.

    >>> from engine.layers import Conv2d
    >>> checked_weight(Conv2d(1, 1, 1), [[[[2]]]]).tolist()
    [[[[2.0]]]]
    """
    if weight is None:
        raise LayerError(LayerCode.WEIGHT_MISSING, "weight", None, choices=use("weight", layer.weight_shape))
    values = _real_numbers("weight", weight)
    if values.shape == layer.weight_shape:
        return values
    choices = use("weight", layer.weight_shape)
    raise LayerError(LayerCode.WEIGHT_SHAPE, "weight", values.shape, choices=choices, axes=layer.weight_axes)


def checked_gradient(grad_output: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """Return the gradient of an output as float64; LayerError where it is not of the output's shape.

    >>> checked_gradient([[1, 2]], (1, 2)).tolist()
    [[1.0, 2.0]]
    """
    values = _real_numbers("grad_output", grad_output)
    if values.shape == shape:
        return values
    raise LayerError(LayerCode.GRADIENT_SHAPE, "grad_output", values.shape, choices=use("grad_output", shape))


def _landings(axis: TransposedAxis) -> list[slice]:
    """Return for each tap the uncropped cells where that of each stamp lands."""
    reach = (axis.length - 1) * axis.stride + 1
    return [slice(offset, offset + reach, axis.stride) for offset in axis.forward_axis.offsets]


def _copied_lines(axis: Axis) -> tuple[list[int], list[int]]:
    """Return the padded indices of padding that copies the input, and those of the cells it copies."""
    padding = (*range(axis.before), *range(axis.before + axis.length, axis.padded))
    copies = [index for index in padding if axis.sources[index] >= 0]
    return copies, [axis.before + axis.sources[index] for index in copies]


def _real_numbers(parameter: str, values: ArrayLike) -> Floats:
    try:
        array = np.asarray(values)
    except ValueError:
        raise LayerError(LayerCode.RAGGED, parameter, None) from None
    if array.dtype.kind not in "biuf":
        raise LayerError(LayerCode.NOT_REAL, parameter, str(array.dtype))
    return array.astype(np.float64, copy=False)


def _checked_bias(layer: Convolution, bias: ArrayLike | None) -> Floats | None:
    if bias is None and layer.bias_shape is None:
        return None
    if bias is None:
        raise LayerError(LayerCode.BIAS_MISSING, "bias", None, choices=use("bias", layer.bias_shape))
    array = _real_numbers("bias", bias)
    if layer.bias_shape is None:
        raise LayerError(LayerCode.BIAS_NOT_TAKEN, "bias", array.shape, choices=use("bias", None))
    if array.shape != layer.bias_shape:
        raise LayerError(LayerCode.BIAS_SHAPE, "bias", array.shape, choices=use("bias", layer.bias_shape))
    return array
