"""Pooling layers as PyTorch and Keras code, and the check of them against PyTorch."""

from typing import Any

import numpy as np

from engine import AvgPool2d, Axis, MaxPool2d, PaddingMode, PoolingTrace
from kinds.shared.keras_text import IMAGES, PRINT, array, padded
from kinds.shared.program_text import assigned, call, squared
from kinds.shared.torch_call import Array, Call, Check
from kinds.shared.torch_text import tensor
from sharing.roles import INPUT
from sharing.values import Operands


def torch_code(layer: MaxPool2d | AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    if isinstance(layer, MaxPool2d):
        return _max_torch_code(layer, numbers)
    return _average_torch_code(layer, numbers)


def keras_code(layer: MaxPool2d | AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    if isinstance(layer, MaxPool2d):
        return _max_keras_code(layer, numbers)
    return _average_keras_code(layer, numbers)


def _max_torch_code(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
    arguments = _window(layer) | {"dilation": squared(layer.dilations), "ceil_mode": layer.ceil_mode}
    return _pooled(call("nn.MaxPool2d", arguments), numbers)


def _average_torch_code(layer: AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    arguments = _window(layer) | {"ceil_mode": layer.ceil_mode, "count_include_pad": layer.count_include_pad}
    return _pooled(call("nn.AvgPool2d", arguments), numbers)


def _window(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    return {
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": squared(layer.padding),
    }


def _pooled(written: str, numbers: Operands) -> tuple[str, ...]:
    x = tensor("x", numbers[INPUT], "(channel, row, column)")
    return (x, f"layer = {written}", "output = layer(x[None])[0]\n\nprint(output.tolist())")


def _max_keras_code(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
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


def _average_keras_code(layer: AvgPool2d, numbers: Operands) -> tuple[str, ...]:
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


def check(trace: PoolingTrace) -> Check:
    """`max_pool2d` or `avg_pool2d` on the numbers of a trace."""
    layer = trace.layer
    sizes = (Array("x"), layer.kernel, layer.strides, (trace.axes[0].before, trace.axes[1].before))
    if isinstance(layer, AvgPool2d):
        call = Call("avg_pool2d", (*sizes, layer.ceil_mode, layer.count_include_pad))
    else:
        call = Call("max_pool2d", (*sizes, layer.dilations), {"ceil_mode": layer.ceil_mode})
    return Check(call, trace.output, {"x": trace.input[None]})
