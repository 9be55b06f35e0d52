"""Keras code of the same layer: the same numbers in Keras's own order, with what Keras lacks written out."""

from functools import singledispatch
from typing import Any

import numpy as np

from engine import AvgPool2d, Axis, Conv2d, ConvTranspose2d, MaxPool2d, PaddingMode, SeparableConv2d
from exports.code import Floats, assigned, call, program, squared
from sharing.roles import BIAS, INPUT, KERNEL, POINTWISE_BIAS, POINTWISE_KERNEL, SEQUENCE, SEQUENCE_KERNEL
from sharing.states import SequenceState
from sharing.states.page import PageState
from sharing.values import Operands, operands

_MODES = {
    PaddingMode.ZEROS: "constant",
    PaddingMode.REFLECT: "reflect",
    PaddingMode.REPLICATE: "edge",
    PaddingMode.CIRCULAR: "wrap",
}
"""NumPy's names of the padding modes: Keras's layers pad with zeros alone."""

_IMAGES = "images = np.moveaxis(x, 0, -1)[None]  # Keras reads (image, row, column, channel)"
_PRINT = "print(np.moveaxis(output, -1, 0).tolist())"


def keras_code(state: PageState, link: str = "") -> str:
    """A program that runs the layer of a state on its numbers and prints the output; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    parts = _sequence(layer, numbers) if isinstance(state, SequenceState) else _program(layer, numbers)
    return program(layer, link, "import keras\nimport numpy as np", *parts)


@singledispatch
def _program(layer: Any, numbers: Operands) -> tuple[str, ...]:
    raise TypeError(f"{layer!r} is not a layer with code")


def _array(name: str, values: Floats, comment: str) -> str:
    return assigned(name, "np.array", values, comment, ", dtype=float")


def _padded(axes: tuple[Axis, Axis], mode: PaddingMode | str, fill: str = "") -> str:
    rows, columns = axes
    if rows.before == rows.after == columns.before == columns.after == 0:
        return ""
    sides = f"((0, 0), {(rows.before, rows.after)}, {(columns.before, columns.after)})"
    return f"x = np.pad(x, {sides}, mode={_MODES[PaddingMode(mode)]!r}{fill})"


def _spread(dilations: tuple[int, int], strides: tuple[int, int], name: str = "weight") -> str:
    """Dilation by hand where Keras takes none: together with a stride."""
    if max(dilations) == 1 or max(strides) == 1:
        return ""
    down, across = dilations
    size = f"{down} * ({name}.shape[2] - 1) + 1, {across} * ({name}.shape[3] - 1) + 1"
    return (
        "# Keras takes a stride or a dilation, not both: the same kernel with zeros between its taps\n"
        f"spread = np.zeros((*{name}.shape[:2], {size}))\n"
        f"spread[:, :, ::{down}, ::{across}] = {name}\n{name} = spread"
    )


def _built(layer: str, weights: str, bias: str | None, given: str = "images") -> str:
    held = f"[{weights}, {bias}]" if bias else f"[{weights}]"
    return (
        f"{layer}.build({given}.shape)\n{layer}.set_weights({held})\n"
        f"output = keras.ops.convert_to_numpy({layer}({given}))[0]"
    )


def _sizes(layer: Conv2d) -> dict[str, Any]:
    """The arguments of a layer that slides, with the kernel as `_spread` leaves it."""
    is_spread = max(layer.dilations) > 1 and max(layer.strides) > 1
    extent = tuple(d * (k - 1) + 1 for k, d in zip(layer.kernel, layer.dilations, strict=True))
    return {
        "kernel_size": squared((extent[0], extent[1]) if is_spread else layer.kernel),
        "strides": squared(layer.strides),
        "dilation_rate": 1 if is_spread else squared(layer.dilations),
        "padding": "valid",
    }


@_program.register
def _(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    height, width = numbers[INPUT].shape[1:]
    arguments = {"filters": layer.out_channels, **_sizes(layer), "groups": layer.groups}
    arguments |= {"use_bias": layer.bias, "dtype": "float64"}
    return (
        _array("x", numbers[INPUT], "(channel, row, column)"),
        _array("weight", numbers[KERNEL], "(output channel, input channel of its group, row, column)"),
        _array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        _padded(layer.axes(height, width), layer.padding_mode),
        _spread(layer.dilations, layer.strides),
        _IMAGES,
        f"layer = {call('keras.layers.Conv2D', arguments)}",
        _built("layer", "weight.transpose(2, 3, 1, 0)", "bias" if layer.bias else None),
        _PRINT,
    )


@_program.register
def _(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    first, second = layer.depthwise, layer.pointwise
    height, width = numbers[INPUT].shape[1:]
    given = {"depthwise_bias": BIAS, "pointwise_weight": POINTWISE_KERNEL, "pointwise_bias": POINTWISE_BIAS}
    depthwise = _sizes(first) | {"depth_multiplier": layer.depth_multiplier, "use_bias": layer.bias, "dtype": "float64"}
    pointwise = {"filters": layer.out_channels, "kernel_size": 1, "use_bias": layer.bias, "dtype": "float64"}
    axes = second.axes(*first.output_size(height, width))
    down, across = axes[0].before, axes[1].before
    multiplied = f"reshape({layer.in_channels}, {layer.depth_multiplier}, *depthwise_weight.shape[2:])"
    return (
        _array("x", numbers[INPUT], "(channel, row, column)"),
        _array("depthwise_weight", numbers[KERNEL], "(channel in between, 1, row, column)"),
        *(_array(name, numbers[role], "") for name, role in given.items() if role in numbers),
        _padded(first.axes(height, width), first.padding_mode),
        _spread(first.dilations, first.strides, "depthwise_weight"),
        _IMAGES,
        f"depthwise = {call('keras.layers.DepthwiseConv2D', depthwise)}",
        _built(
            "depthwise",
            f"depthwise_weight.{multiplied}.transpose(2, 3, 0, 1)",
            "depthwise_bias" if layer.bias else None,
        ),
        f"between = np.pad(output, (({down}, {down}), ({across}, {across}), (0, 0)))[None]",
        f"pointwise = {call('keras.layers.Conv2D', pointwise)}",
        _built(
            "pointwise", "pointwise_weight.transpose(2, 3, 1, 0)", "pointwise_bias" if layer.bias else None, "between"
        ),
        _PRINT,
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
    # what Keras adds at the end where the stride is larger than the kernel, and what PyTorch's output_padding adds
    ends = f"[{rows.padding}:{rows.padding + rows.output}, {columns.padding}:{columns.padding + columns.output}]"
    extra = f"((0, {rows.extra}), (0, {columns.extra}), (0, 0))"
    return (
        _array("x", numbers[INPUT], "(channel, row, column)"),
        _array("weight", numbers[KERNEL], "(input channel, output channel of its group, row, column)"),
        _array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        _spread(layer.dilations, (2, 2)),
        _IMAGES,
        f"# Keras has no groups here: each is a layer of its own, {depth} channels to {filters}\n"
        f"maps = []\nfor group in range({layer.groups}):\n"
        f"    part = slice(group * {depth}, (group + 1) * {depth})\n"
        f"    layer = {_indented(call('keras.layers.Conv2DTranspose', arguments))}\n"
        f"    layer.build(images[..., part].shape)\n"
        f"    layer.set_weights([weight[part].transpose(2, 3, 1, 0)])\n"
        f"    maps.append(keras.ops.convert_to_numpy(layer(images[..., part]))[0])",
        f"# padding crops the output; output_padding shows rows and columns that no stamp reaches\n"
        f"output = np.pad(np.concatenate(maps, axis=-1), {extra}){ends}{' + bias' if layer.bias else ''}",
        _PRINT,
    )


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


@_program.register
def _(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
    axes = layer.axes(*numbers[INPUT].shape[1:])
    first = (
        _array("x", numbers[INPUT], "(channel, row, column)"),
        _padded(axes, PaddingMode.ZEROS, ", constant_values=-np.inf"),
        _IMAGES,
    )
    if max(layer.dilations) > 1:
        return (*first, _slices(axes), _PRINT)
    arguments = {"pool_size": squared(layer.kernel), "strides": squared(layer.strides), "padding": "valid"}
    made = f"layer = {call('keras.layers.MaxPooling2D', arguments | {'dtype': 'float64'})}"
    return (*first, made, "output = keras.ops.convert_to_numpy(layer(images))[0]", _PRINT)


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
        _array("x", numbers[INPUT], "(channel, row, column)"),
        _padded(layer.axes(height, width), PaddingMode.ZEROS),
        _IMAGES,
        f"layer = {call('keras.layers.AveragePooling2D', arguments | {'dtype': 'float64'})}",
        "output = keras.ops.convert_to_numpy(layer(images))[0]",
        uneven if (counted != cells).any() else "",
        _PRINT,
    )


def _sequence(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    columns = layer.axes(1, numbers[SEQUENCE].shape[2])[1]
    is_spread = layer.dilations[1] > 1 and layer.strides[1] > 1
    arguments = {
        "filters": layer.out_channels,
        "kernel_size": columns.extent if is_spread else layer.kernel[1],
        "strides": layer.strides[1],
        "dilation_rate": 1 if is_spread else layer.dilations[1],
        "use_bias": layer.bias,
        "dtype": "float64",
    }
    mode = _MODES[PaddingMode(layer.padding_mode)]
    spread = (
        "# Keras takes a stride or a dilation, not both: the same kernel with zeros between its taps\n"
        f"spread = np.zeros((*weight.shape[:2], {columns.extent}))\n"
        f"spread[:, :, ::{layer.dilations[1]}] = weight\nweight = spread"
    )
    sides = (columns.before, columns.after)
    return (
        _array("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        _array("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        _array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        f"x = np.pad(x, ((0, 0), {sides}), mode={mode!r})" if any(sides) else "",
        spread if is_spread else "",
        "sequences = np.moveaxis(x, 0, -1)[None]  # Keras reads (sequence, step, channel)",
        f"layer = {call('keras.layers.Conv1D', arguments)}",
        _built("layer", "weight.transpose(2, 1, 0)", "bias" if layer.bias else None, "sequences"),
        _PRINT,
    )
