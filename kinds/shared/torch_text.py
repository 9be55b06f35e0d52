"""The parts that PyTorch programs are put together from."""

from engine import Conv2d
from engine.arrays import Floats
from kinds.shared.program_text import Name, assigned, call, squared
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands

FLOAT64 = Name("torch.float64")
KERNEL_AXES = "(output channel, input channel of its group, row, column)"


def tensor(name: str, values: Floats, comment: str) -> str:
    """A line that makes a tensor of these values, after a comment."""
    return assigned(name, "torch.tensor", values, comment, ", dtype=torch.float64")


def operand_lines(numbers: Operands, kernel_axes: str = KERNEL_AXES) -> list[str]:
    """The lines that make the input, the weight and the bias of a layer; the axes of the weight are said beside it."""
    bias = [tensor("bias", numbers[BIAS], "a number for each output channel")] if BIAS in numbers else []
    x = tensor("x", numbers[INPUT], "(channel, row, column)")
    return [x, tensor("weight", numbers[KERNEL], kernel_axes), *bias]


def run_lines(has_bias: bool, given: str = "x[None]") -> str:
    """The lines that give `layer` its weights, run it, and print what it makes."""
    bias = "    layer.bias.copy_(bias)\n" if has_bias else ""
    return (
        f"with torch.no_grad():\n    layer.weight.copy_(weight)\n{bias}"
        f"    output = layer({given})[0]  # PyTorch reads batches: this is one of a single input\n\n"
        "print(output.tolist())"
    )


def conv2d_module(layer: Conv2d) -> str:
    """The call that makes an ordinary convolution."""
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
        "dtype": FLOAT64,
    }
    return call("nn.Conv2d", arguments)


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
