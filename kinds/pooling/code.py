"""Pooling layers as PyTorch, Keras and ONNX code, and the check of them against PyTorch."""

from typing import Any

import numpy as np

from engine import AvgPool2d, Axis, MaxPool2d, PaddingMode, PoolingTrace
from engine.checks import Sides
from engine.pooling import Pooling
from kinds.shared.keras_text import IMAGES, PRINT, padded
from kinds.shared.onnx_text import Part, node, padded_part, pads, run, sides_of
from kinds.shared.program_text import array, assigned, call, squared, squared_sides
from kinds.shared.torch_call import Array, Arrays, Call, Check, pad_call
from kinds.shared.torch_text import is_uneven, padded_line, tensor
from sharing.roles import INPUT
from sharing.values import Operands

UNEVEN_SAME = (
    "# padding='same' is this too on TensorFlow and JAX; on PyTorch Keras would average copies of the edge at the end"
)

_NO_SIDES: Sides = ((0, 0), (0, 0))
_CEIL_MODE = "AveragePool has a ceil_mode, but onnx.reference puts a part of what it adds at the start"
_MISREAD = "MaxPool pads too, but with a stride of 1 onnx.reference takes the sides in another order"
_EMPTY = "MaxPool pads too, but of a window that has nothing else onnx.reference makes 0"


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
    axes = layer.axes(*numbers[INPUT].shape[1:])
    own = own_padding(layer, *numbers[INPUT].shape[1:])
    arguments = window_arguments(layer) | {"padding": own or 0, "dilation": squared(layer.dilations)}
    if own is None:
        return _pooled(
            call("nn.MaxPool2d", arguments), numbers, padded_line(axes, PaddingMode.ZEROS, ", value=-torch.inf")
        )
    return _pooled(call("nn.MaxPool2d", arguments | {"ceil_mode": layer.ceil_mode}), numbers)


def _average_torch_code(layer: AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    height, width = numbers[INPUT].shape[1:]
    own = own_padding(layer, height, width)
    arguments = window_arguments(layer) | {"padding": own or 0}
    if own is None:
        uneven = _fewer_counted(layer, height, width, "torch.tensor", "This layer")
        return _pooled(call("nn.AvgPool2d", arguments), numbers, padded_line(layer.axes(height, width)), uneven)
    arguments |= {"ceil_mode": layer.ceil_mode, "count_include_pad": layer.count_include_pad}
    return _pooled(call("nn.AvgPool2d", arguments), numbers)


def own_padding(layer: Pooling, height: int, width: int) -> int | tuple[int, ...] | None:
    """The padding as an argument of PyTorch's layer; None where it takes no such padding."""
    sides = layer.padding_amounts(height, width)
    fits = all(before <= taps // 2 for (before, _), taps in zip(sides, layer.kernel, strict=True))
    return squared_sides(sides) if fits else None


def window_arguments(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    """The arguments that every pooling layer of PyTorch has."""
    return {"kernel_size": squared(layer.kernel), "stride": squared(layer.strides)}


def _pooled(written: str, numbers: Operands, padding: str = "", uneven: str = "") -> tuple[str, ...]:
    x = tensor("x", numbers[INPUT], "(channel, row, column)")
    given = "padded" if padding else "x[None]"
    return (x, padding, f"layer = {written}", f"output = layer({given})[0]", uneven, "print(output.tolist())")


def _fewer_counted(layer: AvgPool2d, height: int, width: int, made_by: str, whose: str) -> str:
    """The lines that divide sums by how many cells count; none where every cell of every window does."""
    cells = layer.kernel[0] * layer.kernel[1]
    counted = np.multiply.outer(*layer.counts(height, width)).astype(float)
    if (counted == cells).all():
        return ""
    axes = "[..., None]" if made_by == "np.array" else ""
    return (
        assigned("counted", made_by, counted, f"{whose} counts only these cells of each window")
        + f"\noutput = output * {cells} / counted{axes}"
    )


def _max_keras_code(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
    axes = layer.axes(*numbers[INPUT].shape[1:])
    is_same = layer.padding == "same_upper" and layer.dilations == (1, 1)
    first = (
        array("x", numbers[INPUT], "(channel, row, column)"),
        "" if is_same else padded(axes, PaddingMode.ZEROS, ", constant_values=-np.inf"),
        IMAGES,
    )
    if max(layer.dilations) > 1:
        return (*first, _slices(axes), PRINT)
    arguments = _keras_window(layer, is_same)
    made = f"layer = {call('keras.layers.MaxPooling2D', arguments | {'dtype': 'float64'})}"
    return (*first, made, "output = keras.ops.convert_to_numpy(layer(images))[0]", PRINT)


def _keras_window(layer: MaxPool2d | AvgPool2d, is_same: bool) -> dict[str, Any]:
    padding = "same" if is_same else "valid"
    return {"pool_size": squared(layer.kernel), "strides": squared(layer.strides), "padding": padding}


def _slices(axes: tuple[Axis, ...]) -> str:
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
    axes = layer.axes(height, width)
    is_named = layer.padding == "same_upper" and not layer.count_include_pad
    is_same = is_named and not is_uneven(axes)
    arguments = _keras_window(layer, is_same)
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        UNEVEN_SAME if is_named and not is_same else "",
        "" if is_same else padded(axes, PaddingMode.ZEROS),
        IMAGES,
        f"layer = {call('keras.layers.AveragePooling2D', arguments | {'dtype': 'float64'})}",
        "output = keras.ops.convert_to_numpy(layer(images))[0]",
        "" if is_same else _fewer_counted(layer, height, width, "np.array", "PyTorch"),
        PRINT,
    )


def onnx_code(layer: MaxPool2d | AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    x = numbers[INPUT]
    axes = layer.axes(*x.shape[1:])
    x_line, made = array("x", x, "(channel, row, column)"), (x.shape[0], *(axis.output for axis in axes))
    if isinstance(layer, MaxPool2d):
        return (x_line, *run(_max_onnx_parts(layer, axes), made))
    if sides_of(axes) == layer.padding_amounts(*x.shape[1:]):
        attributes = _onnx_window(layer, sides_of(axes)) | {"count_include_pad": int(layer.count_include_pad)}
        return (x_line, *run([Part((node("AveragePool", ["x"], ["output"], attributes),))], made))
    counted = np.multiply.outer(*layer.counts(*x.shape[1:])).astype(float)
    means = node("AveragePool", ["padded"], ["means"], _onnx_window(layer, _NO_SIDES))
    scale = {"scale": f"{layer.kernel[0] * layer.kernel[1]} / counted"}
    scaled = Part((means, node("Mul", ["means", *scale], ["output"])), scale)
    counted_line = array("counted", counted, "The layer counts only these cells of each window")
    return (x_line, counted_line, *run([padded_part(sides_of(axes), _CEIL_MODE), scaled], made))


def _max_onnx_parts(layer: MaxPool2d, axes: tuple[Axis, ...]) -> list[Part]:
    """The nodes of a maximum, padded before where onnx.reference does not do what the node says."""
    sides = sides_of(axes)
    is_plain = max(*layer.strides, *layer.dilations) == 1
    why = ""
    if is_plain and len(set(pads(sides))) > 1:
        why = _MISREAD
    elif any(axis.before and axis.dilation > 1 for axis in axes):
        why = _EMPTY
    attributes = _onnx_window(layer, _NO_SIDES if why else sides) | {"dilations": list(layer.dilations)}
    made = Part((node("MaxPool", ["padded" if why else "x"], ["output"], attributes),))
    return [padded_part(sides, why, fill="np.array(-np.inf)"), made] if why else [made]


def _onnx_window(layer: MaxPool2d | AvgPool2d, sides: Sides) -> dict[str, Any]:
    return {"kernel_shape": list(layer.kernel), "strides": list(layer.strides), "pads": pads(sides)}


def check(trace: PoolingTrace) -> Check:
    """`max_pool2d` or `avg_pool2d` on the numbers of a trace."""
    layer = trace.layer
    if own_padding(layer, *trace.input.shape[1:]) is None:
        return _check_padded_first(trace)
    sizes = (Array("x"), layer.kernel, layer.strides, (trace.axes[0].before, trace.axes[1].before))
    if isinstance(layer, AvgPool2d):
        call = Call("avg_pool2d", (*sizes, layer.ceil_mode, layer.count_include_pad))
    else:
        call = Call("max_pool2d", (*sizes, layer.dilations), {"ceil_mode": layer.ceil_mode})
    return Check(call, trace.output, {"x": trace.input[None]})


def _check_padded_first(trace: PoolingTrace) -> Check:
    """The same where PyTorch's layer takes no such padding: it is put there before, and a mean divided after."""
    layer, axes = trace.layer, trace.axes
    arrays: Arrays = {"x": trace.input[None]}
    if isinstance(layer, AvgPool2d):
        window = pad_call(Array("x"), axes, {}), layer.kernel, layer.strides
        counted = trace.divisors.reshape(trace.output.shape[1:]).astype(float)
        sums = Call("avg_pool2d", window, {"divisor_override": 1})
        return Check(Call("div", (sums, Array("counted"))), trace.output, {**arrays, "counted": counted})
    window = pad_call(Array("x"), axes, {"value": -np.inf}), layer.kernel, layer.strides
    return Check(Call("max_pool2d", (*window, 0, layer.dilations)), trace.output, arrays)
