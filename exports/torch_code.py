"""PyTorch code that computes what a page shows, number for number, when it is run."""

from functools import singledispatch
from typing import Any

from engine import AvgPool2d, Conv2d, ConvTranspose2d, MaxPool2d, SeparableConv2d
from exports.code import Name, assigned, call, program, squared
from exports.names import layer_kind
from kinds.one_dimensional.state import SequenceState
from sharing.page_state import PageState
from sharing.roles import BIAS, INPUT, KERNEL, POINTWISE_BIAS, POINTWISE_KERNEL, SEQUENCE, SEQUENCE_KERNEL
from sharing.values import Operands, operands

_FLOAT64 = Name("torch.float64")
_DTYPE = ", dtype=torch.float64"


def torch_code(state: PageState, link: str = "") -> str:
    """A program that runs the layer of a state on its numbers and prints the output; LayerError where there is none.

    `link` is named in a comment, so that whoever finds the file finds the page.
    """
    layer, numbers = state.layer(), operands(state)
    parts = _sequence(layer, numbers) if isinstance(state, SequenceState) else _program(layer, numbers)
    return program(layer_kind(state), link, "import torch\nfrom torch import nn", *parts)


@singledispatch
def _program(layer: Any, numbers: Operands) -> tuple[str, ...]:
    raise TypeError(f"{layer!r} is not a layer with code")


def _tensor(name: str, values: Any, comment: str) -> str:
    return assigned(name, "torch.tensor", values, comment, _DTYPE)


def _operands(numbers: Operands) -> list[str]:
    kernel = _tensor("weight", numbers[KERNEL], "(output channel, input channel of its group, row, column)")
    bias = [_tensor("bias", numbers[BIAS], "a number for each output channel")] if BIAS in numbers else []
    return [_tensor("x", numbers[INPUT], "(channel, row, column)"), kernel, *bias]


_BIAS_LINE = "    layer.bias.copy_(bias)\n"


def _run(has_bias: bool, given: str = "x[None]") -> str:
    bias = _BIAS_LINE if has_bias else ""
    return (
        f"with torch.no_grad():\n    layer.weight.copy_(weight)\n{bias}"
        f"    output = layer({given})[0]  # PyTorch reads batches: this is one of a single input\n\n"
        "print(output.tolist())"
    )


def _convolution(layer: Conv2d, name: str = "nn.Conv2d") -> str:
    arguments = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": _padding(layer),
        "dilation": squared(layer.dilations),
        "groups": layer.groups,
        "bias": layer.bias,
        "padding_mode": str(layer.padding_mode),
        "dtype": _FLOAT64,
    }
    return call(name, arguments)


def _padding(layer: Conv2d) -> str | int | tuple[int, ...]:
    """The padding in PyTorch's words: it has no "full", which is the kernel's whole reach on every side."""
    match layer.padding:
        case "full":
            return squared((layer.dilations[0] * (layer.kernel[0] - 1), layer.dilations[1] * (layer.kernel[1] - 1)))
        case (int(down), int(across)):
            return squared((down, across))
        case "same" | "valid" | int() as said:
            return said
    raise TypeError(f"{layer.padding!r} is written as padding of its own")


@_program.register
def _(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    return (*_operands(numbers), f"layer = {_convolution(layer)}", _run(layer.bias))


@_program.register
def _(layer: ConvTranspose2d, numbers: Operands) -> tuple[str, ...]:
    arguments = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": squared(layer.padding),
        "output_padding": squared(layer.output_padding),
        "groups": layer.groups,
        "bias": layer.bias,
        "dilation": squared(layer.dilations),
        "dtype": _FLOAT64,
    }
    x, weight, *bias = _operands(numbers)
    weight = weight.replace(
        "(output channel, input channel of its group, row, column)",
        "(input channel, output channel of its group, row, column): the other way round than in a Conv2d",
    )
    return (x, weight, *bias, f"layer = {call('nn.ConvTranspose2d', arguments)}", _run(layer.bias))


@_program.register
def _(layer: SeparableConv2d, numbers: Operands) -> tuple[str, ...]:
    given = {"depthwise_bias": BIAS, "pointwise_weight": POINTWISE_KERNEL, "pointwise_bias": POINTWISE_BIAS}
    others = [_tensor(name, numbers[role], "") for name, role in given.items() if role in numbers]
    fill = "".join(
        f"    {one}.weight.copy_({one}_weight)\n" + (f"    {one}.bias.copy_({one}_bias)\n" if layer.bias else "")
        for one in ("depthwise", "pointwise")
    )
    return (
        _tensor("x", numbers[INPUT], "(channel, row, column)"),
        _tensor("depthwise_weight", numbers[KERNEL], "(channel in between, 1, row, column)"),
        *others,
        f"depthwise = {_convolution(layer.depthwise)}",
        f"pointwise = {_convolution(layer.pointwise)}",
        f"with torch.no_grad():\n{fill}    output = pointwise(depthwise(x[None]))[0]\n\nprint(output.tolist())",
    )


@_program.register
def _(layer: MaxPool2d, numbers: Operands) -> tuple[str, ...]:
    arguments = _window(layer) | {"dilation": squared(layer.dilations), "ceil_mode": layer.ceil_mode}
    return _pooled(call("nn.MaxPool2d", arguments), numbers)


@_program.register
def _(layer: AvgPool2d, numbers: Operands) -> tuple[str, ...]:
    arguments = _window(layer) | {"ceil_mode": layer.ceil_mode, "count_include_pad": layer.count_include_pad}
    return _pooled(call("nn.AvgPool2d", arguments), numbers)


def _window(layer: MaxPool2d | AvgPool2d) -> dict[str, Any]:
    return {
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": squared(layer.padding),
    }


def _pooled(written: str, numbers: Operands) -> tuple[str, ...]:
    x = _tensor("x", numbers[INPUT], "(channel, row, column)")
    return (x, f"layer = {written}", "output = layer(x[None])[0]\n\nprint(output.tolist())")


def _sequence(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """A layer over a single row, as the one-dimensional layer that it is; a padding of its own goes before it."""
    columns = layer.axes(1, numbers[SEQUENCE].shape[2])[1]
    is_uneven = not isinstance(layer.padding, str) and columns.before != columns.after
    arguments = {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": layer.kernel[1],
        "stride": layer.strides[1],
        "padding": 0 if is_uneven else "same" if layer.padding == "same" else columns.before,
        "dilation": layer.dilations[1],
        "bias": layer.bias,
        "padding_mode": "zeros" if is_uneven else str(layer.padding_mode),
        "dtype": _FLOAT64,
    }
    mode = "constant" if layer.padding_mode == "zeros" else str(layer.padding_mode)
    padded = f"padded = nn.functional.pad(x[None], {(columns.before, columns.after)}, mode={mode!r})  # causal"
    bias = _tensor("bias", numbers[BIAS], "a number for each output channel") if BIAS in numbers else ""
    return (
        _tensor("x", numbers[SEQUENCE][:, 0], "(channel, step)"),
        _tensor("weight", numbers[SEQUENCE_KERNEL][:, :, 0], "(output channel, input channel, tap)"),
        bias,
        f"layer = {call('nn.Conv1d', arguments)}",
        padded if is_uneven else "",
        _run(layer.bias, "padded" if is_uneven else "x[None]"),
    )
