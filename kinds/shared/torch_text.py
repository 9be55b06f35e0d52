"""The parts that PyTorch programs are put together from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine import Axis, PaddingMode
from engine.arrays import Floats
from engine.layers import ConvNd
from kinds.shared.program_text import Name, assigned, call, squared, squared_sides
from sharing.matrices import exact
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands

FLOAT64 = Name("torch.float64")
_NOT_TORCHS = (PaddingMode.SYMMETRIC, PaddingMode.CONSTANT)
"""The padding modes that no layer of PyTorch has."""
KERNEL_AXES = "(output channel, input channel of its group, row, column)"


def tensor(name: str, values: Floats, comment: str) -> str:
    """A line that makes a tensor of these values, after a comment."""
    return assigned(name, "torch.tensor", values, comment, ", dtype=torch.float64")


def operand_lines(numbers: Operands, kernel_axes: str = KERNEL_AXES) -> list[str]:
    """The lines that make the input, the weight and the bias of a layer; the axes of the weight are said beside it."""
    bias = [tensor("bias", numbers[BIAS], "a number for each output channel")] if BIAS in numbers else []
    x = tensor("x", numbers[INPUT], "(channel, row, column)")
    return [x, tensor("weight", numbers[KERNEL], kernel_axes), *bias]


def run_lines(has_bias: bool, given: str = "x[None]", cropped: str = "") -> str:
    """The lines that give `layer` its weights, run it, and print what it makes, after a line that crops it, if any."""
    bias = "    layer.bias.copy_(bias)\n" if has_bias else ""
    return (
        f"with torch.no_grad():\n    layer.weight.copy_(weight)\n{bias}"
        f"    output = layer({given})[0]  # PyTorch reads batches: this is one of a single input\n{cropped}\n"
        "print(output.tolist())"
    )


def is_padded_first(layer: ConvNd, axes: Sequence[Axis]) -> bool:
    """Whether an input is padded before its layer, because no layer of PyTorch pads so."""
    if layer.padding_mode in _NOT_TORCHS:
        return any(axis.before or axis.after for axis in axes)
    return layer.padding != "same" and is_uneven(axes)


def own_mode(layer: ConvNd) -> str:
    """The padding mode as an argument of a layer of PyTorch that pads itself, or has nothing to pad."""
    return "zeros" if layer.padding_mode in _NOT_TORCHS else str(layer.padding_mode)


def is_uneven(axes: Sequence[Axis]) -> bool:
    """Whether a direction has more padding on one side than on the other, which no layer of PyTorch does."""
    return any(axis.before != axis.after for axis in axes)


def padded_line(axes: Sequence[Axis], mode: PaddingMode | str = PaddingMode.ZEROS, fill: str = "") -> str:
    """The line that pads an input before a layer whose own padding cannot be so."""
    if mode == PaddingMode.SYMMETRIC:
        picked = "".join(f"[{':, ' * number}{list(axis.sources)}]" for number, axis in enumerate(axes, 2))
        return (
            "# PyTorch has no symmetric padding: these are the cells that the padded ones copy, a direction at a time\n"
            f"padded = x[None]{picked}"
        )
    sides = tuple(amount for axis in reversed(axes) for amount in (axis.before, axis.after))
    named = "constant" if mode == PaddingMode.ZEROS else str(mode)
    why = "pads with no number but 0" if mode == PaddingMode.CONSTANT else "pads both sides alike"
    return (
        f"# PyTorch's layer {why}: this is (before, after) of each direction, the last one first\n"
        f"padded = nn.functional.pad(x[None], {sides}, mode={named!r}{fill})"
    )


def padded_by_hand(layer: ConvNd, axes: Sequence[Axis]) -> str:
    """The line that pads an input as a layer does and PyTorch's own cannot."""
    value = f", value={exact(layer.padding_value)}" if layer.padding_mode == PaddingMode.CONSTANT else ""
    return padded_line(axes, layer.padding_mode, value)


def conv_lines(layer: ConvNd, *size: int, name: str = "layer") -> tuple[str, str, str]:
    """The line that pads an input of this size, if one must, the line that makes an ordinary layer, and its input."""
    axes = layer.axes(*size)
    if is_padded_first(layer, axes):
        plain = replace(layer, padding=0, padding_mode=PaddingMode.ZEROS, padding_value=0)
        return padded_by_hand(layer, axes), f"{name} = {_conv_module(plain, 0)}", "padded"
    return "", f"{name} = {_conv_module(layer, own_padding(layer, *size))}", "x[None]"


def own_padding(layer: ConvNd, *size: int) -> object:
    """The padding as an argument of PyTorch's own layer; None where it pads no such sides."""
    return layer.padding if layer.padding in ("same", "valid") else squared_sides(layer.padding_amounts(*size))


def _conv_module(layer: ConvNd, padding: object) -> str:
    return call(f"nn.{type(layer).__name__}", conv_arguments(layer, padding) | {"dtype": FLOAT64})


def conv_arguments(layer: ConvNd, padding: object) -> dict[str, Any]:
    """The arguments of PyTorch's layer, all of them."""
    return {
        "in_channels": layer.in_channels,
        "out_channels": layer.out_channels,
        "kernel_size": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": padding,
        "dilation": squared(layer.dilations),
        "groups": layer.groups,
        "bias": layer.bias,
        "padding_mode": own_mode(layer),
    }
