"""The PyTorch, Keras and ONNX code of an ordinary convolution, whose kernel may be flipped first."""

from engine import Conv2d
from kinds.shared import conv2d
from kinds.standard.true_convolution import FLIPPED_KERNEL
from sharing.values import Operands

_WHY = "# True convolution: the kernel is flipped in both directions, which no layer does by itself"
_FLIP = "weight = weight[:, :, ::-1, ::-1]"


def torch_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a PyTorch program that runs the layer on its numbers."""
    return _flipped(conv2d.torch_code(layer, numbers), numbers, "weight = weight.flip(2, 3)")


def keras_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of a Keras program that runs the layer on its numbers."""
    return _flipped(conv2d.keras_code(layer, numbers), numbers, _FLIP)


def onnx_code(layer: Conv2d, numbers: Operands) -> tuple[str, ...]:
    """The parts of an ONNX program that runs the layer on its numbers."""
    return _flipped(conv2d.onnx_code(layer, numbers), numbers, _FLIP)


def _flipped(parts: tuple[str, ...], numbers: Operands, line: str) -> tuple[str, ...]:
    """The parts with the line that flips the weight after those that make the input and the weight."""
    return (*parts[:2], f"{_WHY}\n{line}", *parts[2:]) if FLIPPED_KERNEL in numbers else parts
