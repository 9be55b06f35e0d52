"""Keras code of the same layer: the same numbers in Keras's own order, with what Keras lacks written out."""

from functools import singledispatch
from typing import Any

import numpy as np

from engine import AvgPool2d, Axis, Conv2d, ConvTranspose2d, MaxPool2d, PaddingMode, SeparableConv2d
from exports.code import assigned, call, program, squared
from exports.keras_parts import IMAGES, PRINT, array, built, fitted, padded, sizes, spread
from exports.names import layer_kind
from kinds.one_dimensional.state import SequenceState
from sharing.page_state import PageState
from sharing.roles import BIAS, INPUT, KERNEL, POINTWISE_BIAS, POINTWISE_KERNEL, SEQUENCE, SEQUENCE_KERNEL
from sharing.values import Operands, operands


def keras_code(state: PageState, link: str = "") -> str:
    """A program that runs the layer of a state on its numbers and prints the output; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    parts = _sequence(layer, numbers) if isinstance(state, SequenceState) else _program(layer, numbers)
    return program(layer_kind(state), link, "import keras\nimport numpy as np", *parts)


@singledispatch
def _program(layer: Any, numbers: Operands) -> tuple[str, ...]:
    raise TypeError(f"{layer!r} is not a layer with code")


@_program.register
def _(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    height, width = numbers[INPUT].shape[1:]
    arguments = {"filters": layer.out_channels, **sizes(layer.kernel, layer.strides, layer.dilations)}
    arguments |= {"groups": layer.groups, "use_bias": layer.bias, "dtype": "float64"}
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], "(output channel, input channel of its group, row, column)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        padded(layer.axes(height, width), layer.padding_mode),
        spread(layer.dilations, layer.strides),
        IMAGES,
        f"layer = {call('keras.layers.Conv2D', arguments)}",
        built("layer", "weight.transpose(2, 3, 1, 0)", "bias" if layer.bias else None),
        PRINT,
    )


@_program.register
def _(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    first, second = layer.depthwise, layer.pointwise
    height, width = numbers[INPUT].shape[1:]
    given = {"depthwise_bias": BIAS, "pointwise_weight": POINTWISE_KERNEL, "pointwise_bias": POINTWISE_BIAS}
    common = {"use_bias": layer.bias, "dtype": "float64"}
    depthwise = sizes(first.kernel, first.strides, first.dilations) | {"depth_multiplier": layer.depth_multiplier}
    pointwise = {"filters": layer.out_channels, "kernel_size": 1} | common
    down, across = (axis.before for axis in second.axes(*first.output_size(height, width)))
    around = f"np.pad(output, (({down}, {down}), ({across}, {across}), (0, 0)))" if down or across else "output"
    multiplied = f"reshape({layer.in_channels}, {layer.depth_multiplier}, *depthwise_weight.shape[2:])"
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("depthwise_weight", numbers[KERNEL], "(channel in between, 1, row, column)"),
        *(array(name, numbers[role], "") for name, role in given.items() if role in numbers),
        padded(first.axes(height, width), first.padding_mode),
        spread(first.dilations, first.strides, "depthwise_weight"),
        IMAGES,
        f"depthwise = {call('keras.layers.DepthwiseConv2D', depthwise | common)}",
        built(
            "depthwise",
            f"depthwise_weight.{multiplied}.transpose(2, 3, 0, 1)",
            "depthwise_bias" if layer.bias else None,
        ),
        f"between = {around}[None]",
        f"pointwise = {call('keras.layers.Conv2D', pointwise)}",
        built(
            "pointwise", "pointwise_weight.transpose(2, 3, 1, 0)", "pointwise_bias" if layer.bias else None, "between"
        ),
        PRINT,
    )


@_program.register
def _(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    rows, columns = layer.axes(*numbers[INPUT].shape[1:])
    down, across = (d * (k - 1) + 1 for k, d in zip(layer.kernel, layer.dilations, strict=True))
    filters, depth = layer.out_channels // layer.groups, layer.in_channels // layer.groups
    arguments: dict[str, Any] = {
        "filters": filters,
        "kernel_size": squared((down, across)),
        "strides": squared(layer.strides),
        "padding": "valid",
        "use_bias": False,
        "dtype": "float64",
    }
    added = ("output = output + bias",) if layer.bias else ()
    channels = f"{depth} channel{'s' * (depth > 1)} to {filters}"
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], "(input channel, output channel of its group, row, column)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        spread(layer.dilations, (2, 2)),
        IMAGES,
        f"# Keras has no groups here: each is a layer of its own, {channels}\n"
        f"maps = []\nfor group in range({layer.groups}):\n"
        f"    part = slice(group * {depth}, (group + 1) * {depth})\n"
        f"    layer = {_indented(call('keras.layers.Conv2DTranspose', arguments))}\n"
        f"    layer.build(images[..., part].shape)\n"
        f"    layer.set_weights([weight[part].transpose(2, 3, 1, 0)])\n"
        f"    maps.append(keras.ops.convert_to_numpy(layer(images[..., part]))[0])",
        "\n".join(("output = np.concatenate(maps, axis=-1)", *fitted(rows, columns), *added)),
        PRINT,
    )


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


@_program.register
def _(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
    axes = layer.axes(*numbers[INPUT].shape[1:])
    first = (
        array("x", numbers[INPUT], "(channel, row, column)"),
        padded(axes, PaddingMode.ZEROS, ", constant_values=-np.inf"),
        IMAGES,
    )
    if max(layer.dilations) > 1:
        return (*first, _slices(axes), PRINT)
    arguments = {"pool_size": squared(layer.kernel), "strides": squared(layer.strides), "padding": "valid"}
    made = f"layer = {call('keras.layers.MaxPooling2D', arguments | {'dtype': 'float64'})}"
    return (*first, made, "output = keras.ops.convert_to_numpy(layer(images))[0]", PRINT)


def _slices(axes: tuple[Axis, Axis]) -> str:
    """Dilated pooling by hand: what stands under each tap at every position, and the largest of it."""
    rows, columns = ((axis.offsets, (axis.output - 1) * axis.stride + 1, axis.stride) for axis in axes)
    return (
        "# Keras has no dilated pooling: this is what stands under each tap, and the largest of it\n"
        f"taps = [\n    images[:, row : row + {rows[1]} : {rows[2]}, column : column + {columns[1]} : {columns[2]}]\n"
        f"    for row in {list(rows[0])}\n    for column in {list(columns[0])}\n]\n"
        "output = keras.ops.convert_to_numpy(keras.ops.max(keras.ops.stack(taps), axis=0))[0]"
    )


@_program.register
def _(layer: AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    height, width = numbers[INPUT].shape[1:]
    down, across = layer.counts(height, width)
    cells = layer.kernel[0] * layer.kernel[1]
    counted = np.multiply.outer(down, across).astype(float)
    arguments = {"pool_size": squared(layer.kernel), "strides": squared(layer.strides), "padding": "valid"}
    uneven = (
        assigned("counted", "np.array", counted, "PyTorch counts only these cells of each window")
        + f"\noutput = output * {cells} / counted[..., None]"
    )
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        padded(layer.axes(height, width), PaddingMode.ZEROS),
        IMAGES,
        f"layer = {call('keras.layers.AveragePooling2D', arguments | {'dtype': 'float64'})}",
        "output = keras.ops.convert_to_numpy(layer(images))[0]",
        uneven if (counted != cells).any() else "",
        PRINT,
    )


def _sequence(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    strides, dilations = layer.strides[1:], layer.dilations[1:]
    arguments = {"filters": layer.out_channels, **sizes(layer.kernel[1:], strides, dilations)}
    arguments |= {"use_bias": layer.bias, "dtype": "float64"}
    return (
        array("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        array("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        padded(layer.axes(1, numbers[SEQUENCE].shape[2])[1:], layer.padding_mode),
        spread(dilations, strides),
        "sequences = np.moveaxis(x, 0, -1)[None]  # Keras reads (sequence, step, channel)",
        f"layer = {call('keras.layers.Conv1D', arguments)}",
        built("layer", "weight.transpose(2, 1, 0)", "bias" if layer.bias else None, "sequences"),
        PRINT,
    )
