"""Layers and shapes in the few words that a table has room for."""

from functools import singledispatch

from engine import (
    Applied,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    GlobalAvgPool2d,
    Linear,
    MaxPool2d,
    ReLU,
    SeparableConv2d,
)
from engine.checks import Pair
from engine.layers import Sliding
from engine.modules import Shape


@singledispatch
def described(layer: object) -> str:
    """Say what a layer is.

    >>> described(Conv2d(64, 64, 3, stride=2, groups=64)), described(MaxPool2d(2))
    ('depthwise 3×3, stride 2', 'max pooling 2×2')
    """
    raise TypeError(f"{layer!r} is not a layer")


@described.register
def _(layer: Conv2d) -> str:
    if layer.groups == layer.in_channels > 1:
        name, groups = "depthwise", ""
    else:
        name, groups = "convolution", f", {layer.groups} groups" if layer.groups > 1 else ""
    return f"{name} {_window(layer)}{groups}"


@described.register
def _(layer: ConvTranspose2d) -> str:
    return f"transposed {_window(layer)}" + (f", {layer.groups} groups" if layer.groups > 1 else "")


@described.register
def _(layer: SeparableConv2d) -> str:
    return f"separable {_window(layer.depthwise)}"


@described.register
def _(layer: MaxPool2d) -> str:
    return f"max pooling {_window(layer)}"


@described.register
def _(layer: AvgPool2d) -> str:
    return f"average pooling {_window(layer)}"


@described.register
def _(layer: GlobalAvgPool2d) -> str:
    return "mean of each channel"


@described.register
def _(layer: Linear) -> str:
    return f"linear {layer.in_features:,} → {layer.out_features:,}"


@described.register
def _(layer: BatchNorm2d) -> str:
    return "batch norm"


@described.register
def _(layer: ReLU) -> str:
    return "ReLU"


def _window(layer: Sliding) -> str:
    """The kernel, and what is unusual about how it moves: for pooling, that is not a stride of its own size."""
    usual = (1, 1) if isinstance(layer, Conv2d | ConvTranspose2d) else layer.kernel
    stride = "" if layer.strides == usual else f", stride {_pair(layer.strides)}"
    dilation = "" if layer.dilations == (1, 1) else f", dilation {_pair(layer.dilations)}"
    return f"{layer.kernel[0]}×{layer.kernel[1]}{stride}{dilation}"


def _pair(values: Pair) -> str:
    return str(values[0]) if values[0] == values[1] else f"{values[0]}×{values[1]}"


def size_of(shape: Shape) -> str:
    """Write the shape of an image, or of what is only a list of numbers.

    >>> size_of((64, 112, 112)), size_of((1000, 1, 1))
    ('64×112×112', '1,000')
    """
    channels, height, width = shape
    return f"{channels:,}" if height == width == 1 else f"{channels:,}×{height:,}×{width:,}"


BEYOND_THE_INPUT = (
    "One output of the last layer sees {seen} cells, more than the input's {size}: beyond its border there is padding."
)


def beyond_the_input(seen: Pair, size: Pair) -> str:
    """Say that a receptive field is larger than the input, in a direction at least; '' where it is not.

    >>> beyond_the_input((7, 7), (8, 8)), beyond_the_input((9, 7), (8, 8))[:54]
    ('', "One output of the last layer sees 9×7 cells, more than")
    """
    if seen[0] <= size[0] and seen[1] <= size[1]:
        return ""
    return BEYOND_THE_INPUT.format(seen="×".join(f"{one:,}" for one in seen), size="×".join(f"{one:,}" for one in size))


def sees(applied: Applied) -> str:
    """Write how much of the input one output of a layer depends on."""
    rows, columns = applied.receptive_field
    return f"{rows:,}×{columns:,}"
