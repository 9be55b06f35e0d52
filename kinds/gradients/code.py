"""A layer and its gradients as PyTorch and Keras code, and the check of them against PyTorch's autograd."""

import numpy as np

from engine import Conv2d, PaddingMode
from kinds.gradients.backward import Backward
from kinds.gradients.roles import GRADIENT
from kinds.shared.program_text import array, squared
from kinds.shared.torch_call import Array, BackwardCheck, bias_of, conv_call
from kinds.shared.torch_text import conv_lines, operand_lines, tensor
from sharing.matrices import exact
from sharing.roles import BIAS, INPUT, KERNEL, WANTED
from sharing.values import Operands

_AXES = "(output channel, row, column)"


def torch_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers, and back by autograd."""
    padding, made, given = conv_lines(layer, *numbers[INPUT].shape[1:])
    bias = "    layer.bias.copy_(bias)\n" if layer.bias else ""
    printed = {"dL/dX": "x", "dL/dW": "layer.weight"} | ({"dL/db": "layer.bias"} if layer.bias else {})
    if WANTED in numbers:
        last = tensor("wanted", numbers[WANTED], _AXES)
        back = "loss = ((output - wanted) ** 2).sum()\nloss.backward()"
    else:
        last = tensor("gradient", numbers[GRADIENT], f"dL/dY: {_AXES}")
        back = "output.backward(gradient)"
    return (
        *operand_lines(numbers),
        last,
        made,
        f"with torch.no_grad():\n    layer.weight.copy_(weight)\n{bias}\nx.requires_grad_()",
        padding,
        f"output = layer({given})[0]  # PyTorch reads batches: this is one of a single input\n{back}",
        _print(printed, ".grad.tolist()"),
    )


def _print(printed: dict[str, str], ending: str) -> str:
    lines = "".join(f"    {name!r}: {array_name}{ending},\n" for name, array_name in printed.items())
    return f"print({{\n{lines}}})"


def keras_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers, and back by the backend that Keras runs on."""
    rows, columns = layer.axes(*numbers[INPUT].shape[1:])
    if WANTED in numbers:
        last = array("wanted", numbers[WANTED], _AXES)
        back = f"loss = keras.ops.sum((output - {_images('wanted')}) ** 2)\nloss.backward()"
    else:
        last = array("gradient", numbers[GRADIENT], f"dL/dY: {_AXES}")
        back = f"output.backward({_images('gradient')})"
    picked = "".join(
        f"padded = keras.ops.take(padded, {list(axis.sources)}, axis={number})\n"
        for number, axis in enumerate((rows, columns), 1)
    )
    sides = f"((0, 0), ({rows.before}, {rows.after}), ({columns.before}, {columns.after}), (0, 0))"
    value = f", constant_values={exact(layer.padding_value)}" if layer.padding_value else ""
    filled = f"padded = keras.ops.pad(images, {sides}{value})"
    is_padded = any(axis.before or axis.after for axis in (rows, columns))
    copied = f"# the cells that the padded ones copy\npadded = images\n{picked.rstrip()}"
    padding = "padded = images" if not is_padded else copied if PaddingMode(layer.padding_mode).copies else filled
    arguments = f"strides={squared(layer.strides)}, padding='valid', dilation_rate={squared(layer.dilations)}"
    added = " + bias" if layer.bias else ""
    printed = {
        "dL/dX": "back(images)[0].transpose(2, 0, 1)",
        "dL/dW": "back(kernel).transpose(3, 2, 0, 1)",
    } | ({"dL/db": "back(bias)"} if layer.bias else {})
    return (
        array("x", numbers[INPUT], "(channel, row, column)"),
        array("weight", numbers[KERNEL], "(output channel, input channel of its group, row, column)"),
        array("bias", numbers[BIAS], "a number for each output channel") if layer.bias else "",
        last,
        "# Keras leaves gradients to its backend: these are PyTorch's, so run it with KERAS_BACKEND=torch\n"
        f"images = {_images('x')}.requires_grad_()  # Keras reads (image, row, column, channel)\n"
        "kernel = keras.ops.convert_to_tensor(weight.transpose(2, 3, 1, 0)).requires_grad_()"
        + ("\nbias = keras.ops.convert_to_tensor(bias).requires_grad_()" if layer.bias else ""),
        f"{padding}\noutput = keras.ops.conv(padded, kernel, {arguments}){added}\n{back}",
        "def back(values):\n    return keras.ops.convert_to_numpy(values.grad)",
        _print(printed, ".tolist()"),
    )


def _images(name: str) -> str:
    return f"keras.ops.convert_to_tensor(np.moveaxis({name}, 0, -1)[None])"


def check(recorded: Backward) -> BackwardCheck:
    """`conv2d` on the numbers of a layer, and back from the gradient of its output."""
    trace, found = recorded.forward, recorded.found
    call, sources = conv_call(trace, Array("x"), "weight", bias_of(trace))
    arrays = {"x": trace.input[None], "weight": trace.weight, "bias": trace.bias}
    ours = {"x": found.input, "weight": found.weight, "bias": found.bias}
    made = {name: values for name, values in ours.items() if values is not None}
    return BackwardCheck(
        call,
        np.concatenate([values.ravel() for values in made.values()]),
        {**arrays, **sources, "gradient": recorded.grad_output[None]},
        of=tuple(made),
        grad_output="gradient",
    )
