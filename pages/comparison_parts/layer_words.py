"""Layers and shapes in the few words that a table has room for."""

from functools import singledispatch

from engine import (
    Activation,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    Add,
    Applied,
    AvgPool2d,
    BatchNorm2d,
    Concat,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    Linear,
    MaxPool2d,
    MaxUnpool2d,
    Multiply,
    PixelShuffle,
    ReLU,
    SeparableConv2d,
    Upsample,
)
from engine.checks import Numbers, Pair
from engine.layers import Sliding, as_pair
from engine.modules import Shape
from engine.receptive_field import ReceptiveField


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
def _(layer: LayerNorm2d) -> str:
    return "layer norm"


@described.register
def _(layer: LayerScale) -> str:
    return "layer scale"


@described.register
def _(layer: ReLU) -> str:
    return "ReLU"


@described.register
def _(layer: Activation) -> str:
    return ACTIVATION_NAMES.get(layer.function, layer.function)


@described.register
def _(layer: Dropout) -> str:
    return "dropout"


@described.register
def _(layer: Flatten) -> str:
    return "flatten"


@described.register
def _(layer: AdaptiveAvgPool2d) -> str:
    return f"adaptive average pooling to {_size(as_pair(layer.output_size))}"


@described.register
def _(layer: AdaptiveMaxPool2d) -> str:
    return f"adaptive max pooling to {_size(as_pair(layer.output_size))}"


@described.register
def _(layer: Upsample) -> str:
    return f"upsample by {_pair(as_pair(layer.scale_factor))}, {layer.mode}"


@described.register
def _(layer: PixelShuffle) -> str:
    return f"pixel shuffle by {layer.upscale_factor}"


@described.register
def _(layer: MaxUnpool2d) -> str:
    return f"max unpooling {_window(layer.pool)}"


@described.register
def _(layer: Add) -> str:
    return "add"


@described.register
def _(layer: Multiply) -> str:
    return "multiply"


@described.register
def _(layer: Concat) -> str:
    return "concat"


ACTIVATION_NAMES = {"leakyrelu": "leaky ReLU", "relu6": "ReLU6", "elu": "ELU", "gelu": "GELU", "silu": "SiLU"}
"""The activations that are written in capitals."""


def _window(layer: Sliding) -> str:
    """The kernel, and what is unusual about how it moves: for pooling, that is not a stride of its own size."""
    usual = (1, 1) if isinstance(layer, Conv2d | ConvTranspose2d) else layer.kernel
    stride = "" if layer.strides == usual else f", stride {_pair(layer.strides)}"
    dilation = "" if layer.dilations == (1, 1) else f", dilation {_pair(layer.dilations)}"
    return f"{layer.kernel[0]}×{layer.kernel[1]}{stride}{dilation}"


def _pair(values: Numbers) -> str:
    return str(values[0]) if values[0] == values[1] else f"{values[0]}×{values[1]}"


def size_of(shape: Shape) -> str:
    """Write the shape of an image, or of what is only a list of numbers.

    >>> size_of((64, 112, 112)), size_of((1000, 1, 1))
    ('64×112×112', '1,000')
    """
    channels, height, width = shape
    return f"{channels:,}" if height == width == 1 else f"{channels:,}×{height:,}×{width:,}"


FIELD = "The receptive field of the last layer is {field} cells. That of its first output: {where}, counted from 0."
BEYOND_THE_INPUT = "Of the {size} input one output sees at most {seen}: beyond the edges there is padding."
ALONG = "{direction} {cells}, centre {centre}, jump {jump}"
ALONG_NOTHING = "{direction} none, jump {jump}"
ALONG_BOTH = "{rows}; {columns}"
SEES_A_PART = "{seen} of {field}"
SIZE = "{rows:,}×{columns:,}"
IN_BOTH = "{rows}, {columns}"
CELLS = "{first:,} to {last:,}"
NOTHING = "none"


def field_sentences(applied: Applied, size: Pair) -> str:
    """Say where a layer's receptive field lies, and what is left of it where an input of this size ends.

    >>> from engine import stack
    >>> (conv,) = stack([Conv2d(1, 1, 3, padding=1, dilation=2)], (1, 8, 8))
    >>> field_sentences(conv, (8, 8))[52:]
    'That of its first output: rows and columns −1 to 3, centre 1, jump 1, counted from 0.'
    """
    if applied.rows == applied.columns:
        where = _along("rows and columns", applied.rows)
    else:
        where = ALONG_BOTH.format(rows=_along("rows", applied.rows), columns=_along("columns", applied.columns))
    said = FIELD.format(field=_size(applied.receptive_field), where=where)
    if applied.seen_size == applied.receptive_field:
        return said
    return f"{said} {BEYOND_THE_INPUT.format(seen=_size(applied.seen_size), size=_size(size))}"


def sees(applied: Applied) -> str:
    """Write how much of the input one output of a layer sees at most, and of how large a field, if that is larger.

    >>> from engine import stack
    >>> convs = stack([Conv2d(1, 1, 5, padding=2)] * 3, (1, 8, 14))
    >>> sees(convs[0]), sees(convs[-1])
    ('5×5', '8×13 of 13×13')
    """
    seen, field = _size(applied.seen_size), _size(applied.receptive_field)
    return seen if seen == field else SEES_A_PART.format(seen=seen, field=field)


def first_cells(applied: Applied) -> str:
    """Write from which cell to which the receptive field of a layer's first output goes; below 0 lies padding.

    >>> from engine import stack
    >>> (conv,) = stack([Conv2d(1, 1, (3, 1), padding=(1, 0), dilation=2)], (1, 8, 8))
    >>> first_cells(conv), centre(conv), jump(conv)
    ('−1 to 3, 0 to 0', '1, 0', '1')
    """
    return _in_both(*(_cells(field) for field in (applied.rows, applied.columns)))


def centre(applied: Applied) -> str:
    """Write the middle of the receptive field of a layer's first output."""
    return _in_both(*(_centre(field) for field in (applied.rows, applied.columns)))


def jump(applied: Applied) -> str:
    """Write how far the receptive fields of neighbouring outputs stand apart, as a fraction where that is no number."""
    return _in_both(*(_jump(field) for field in (applied.rows, applied.columns)))


def _along(direction: str, field: ReceptiveField) -> str:
    template = ALONG if field.cells(0) else ALONG_NOTHING
    return template.format(direction=direction, cells=_cells(field), centre=_centre(field), jump=_jump(field))


def _cells(field: ReceptiveField) -> str:
    cells = field.cells(0)
    return NOTHING if cells is None else _signed(CELLS.format(first=cells[0], last=cells[1]))


def _centre(field: ReceptiveField) -> str:
    """The middle of the first output's field, which is a whole number or half of one."""
    middle = field.centre(0)
    return NOTHING if middle is None else _signed(f"{float(middle):,.1f}".removesuffix(".0"))


def _jump(field: ReceptiveField) -> str:
    return f"{field.jump.numerator:,}" if field.jump.denominator == 1 else str(field.jump)


def _signed(text: str) -> str:
    """A number with the minus sign of print."""
    return text.replace("-", "−")


def _in_both(rows: str, columns: str) -> str:
    """What is said of rows and of columns, once where it is the same."""
    return rows if rows == columns else IN_BOTH.format(rows=rows, columns=columns)


def _size(size: Pair) -> str:
    return SIZE.format(rows=size[0], columns=size[1])
