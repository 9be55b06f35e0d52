"""Layers one after the other: the shape after each, what it costs, and how much of the input it sees."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod

from engine.cost import BYTES_A_NUMBER, Cost, cost
from engine.errors import LayerCode, LayerError, use
from engine.layers import Conv2d
from engine.merging import Add, Concat, Multiply
from engine.modules import (
    Activation,
    BatchNorm2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerNorm2d,
    LayerScale,
    Linear,
    ReLU,
    Shape,
)
from engine.pooling import AvgPool2d, MaxPool2d
from engine.receptive_field import ReceptiveField
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, Axes, MaxUnpool2d, PixelShuffle, Upsample
from engine.seen_cells import SeenCells
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d

Windowed = Conv2d | SeparableConv2d | ConvTranspose2d | MaxPool2d | AvgPool2d
InPlace = BatchNorm2d | LayerNorm2d | LayerScale | ReLU | Activation | Dropout
Resampling = AdaptiveAvgPool2d | AdaptiveMaxPool2d | Upsample | PixelShuffle | MaxUnpool2d
Merging = Add | Multiply | Concat
StackLayer = Windowed | GlobalAvgPool2d | Linear | InPlace | Resampling | Merging | Flatten


@dataclass(frozen=True)
class Input:
    """What a stack begins with: no layer, but what a layer further on may read."""


@dataclass(frozen=True)
class Applied:
    """A layer on the input it is given, which is (channels, height, width) like its output.

    `rows` and `columns` are its receptive field in the input of the whole stack, `before` the layer that made its own
    input, if one did, `others` those that it reads beside that one, and `axes` the plans, (rows, columns), of each
    convolution or window in it.
    """

    layer: StackLayer | Input
    inputs: Shape
    outputs: Shape
    cost: Cost
    rows: ReceptiveField
    columns: ReceptiveField
    before: "Applied | None" = field(default=None, repr=False, compare=False)
    axes: tuple[Axes, ...] = ()
    others: tuple["Applied", ...] = field(default=(), repr=False, compare=False)

    @property
    def receptive_field(self) -> tuple[int, int]:
        """Rows and columns of an input without borders that one output of this layer depends on at most."""
        return self.rows.size, self.columns.size

    @cached_property
    def seen(self) -> tuple[SeenCells, SeenCells]:
        """The rows and the columns of the stack's input that each output really depends on.

        >>> convs = stack([Conv2d(1, 1, 5, padding=2)] * 3, (1, 8, 8))
        >>> convs[-1].receptive_field, convs[-1].seen_size, convs[-1].seen[0].cells(0)
        ((13, 13), (8, 8), (0, 6))
        """
        _, height, width = self.inputs
        rows, columns = self.before.seen if self.before else (SeenCells.of_input(height), SeenCells.of_input(width))
        for down, across in self.axes:
            rows, columns = rows.through(down), columns.through(across)
        for other in self.others if isinstance(self.layer, Merging) else ():
            rows, columns = rows.joined(other.seen[0]), columns.joined(other.seen[1])
        return rows, columns

    @property
    def seen_size(self) -> tuple[int, int]:
        """Rows and columns of the stack's input that one output of this layer depends on at most."""
        rows, columns = self.seen
        return rows.size, columns.size


Fields = tuple[ReceptiveField, ReceptiveField]


def entrance(inputs: Shape) -> Applied:
    """Return what a stack begins with as something that a layer can read, like the output of a layer.

    >>> entrance((3, 8, 8)).outputs
    (3, 8, 8)
    """
    return Applied(Input(), inputs, inputs, Cost(), ReceptiveField(), ReceptiveField())


def apply(layer: StackLayer, inputs: Shape, before: Applied | None = None, others: tuple[Applied, ...] = ()) -> Applied:
    """Return what a layer makes of an input of a shape, and its cost; LayerError where it does not fit.

    `before` is the layer that made the input, if one did, and `others` those it reads beside: what is added,
    multiplied or put beside, and for an unpooling the pooling that it undoes.

    >>> applied = apply(MaxPool2d(2), (16, 28, 28))
    >>> applied.outputs, applied.cost.macs, applied.cost.output_bytes
    ((16, 14, 14), 0, 12544)
    """
    fields = (before.rows, before.columns) if before else (ReceptiveField(), ReceptiveField())
    match layer:
        case Linear():
            return replace(apply(layer.as_convolution(inputs), inputs, before), layer=layer)
        case GlobalAvgPool2d():
            return replace(apply(layer.as_pooling(inputs), inputs, before), layer=layer)
        case Flatten():
            # A value of a list stands at no place: its field is that of all of them.
            pooled = apply(GlobalAvgPool2d(), inputs, before)
            return replace(pooled, layer=layer, outputs=(prod(inputs), 1, 1), cost=_moved([inputs], inputs))
        case BatchNorm2d(num_features=channels):
            _check_channels("num_features", channels, inputs)
            return Applied(layer, inputs, inputs, _in_place(inputs, channels), *fields, before)
        case LayerNorm2d(num_channels=channels):
            _check_channels("num_channels", channels, inputs)
            return Applied(layer, inputs, inputs, _in_place(inputs, channels), *fields, before)
        case LayerScale(num_channels=channels):
            _check_channels("num_channels", channels, inputs)
            learnt = replace(_in_place(inputs, channels), params=channels, weight_bytes=BYTES_A_NUMBER * channels)
            return Applied(layer, inputs, inputs, learnt, *fields, before)
        case ReLU() | Activation() | Dropout():
            return Applied(layer, inputs, inputs, _in_place(inputs, 0), *fields, before)
        case AdaptiveAvgPool2d() | AdaptiveMaxPool2d() | Upsample() | PixelShuffle():
            outputs, axes = layer.reach(inputs)
            return _resampled(layer, inputs, outputs, axes, fields, before)
        case MaxUnpool2d():
            outputs, axes = layer.reach(inputs, others[0].inputs)
            return replace(_resampled(layer, inputs, outputs, axes, fields, before), others=others)
        case Add() | Multiply() | Concat():
            return _merged(layer, inputs, fields, before, others)
    return _windowed(layer, inputs, fields, before)


def _windowed(layer: Windowed, inputs: Shape, fields: Fields, before: Applied | None) -> Applied:
    channels, height, width = inputs
    counted = cost(layer, height, width)
    if isinstance(layer, MaxPool2d | AvgPool2d):
        counted *= channels
    else:
        _check_channels("in_channels", layer.in_channels, inputs)
        channels = layer.out_channels
    rows, columns = layer.output_size(height, width)
    axes = _axes(layer, height, width)
    for down, across in axes:
        fields = fields[0].through(down), fields[1].through(across)
    return Applied(layer, inputs, (channels, rows, columns), counted, *fields, before, axes)


def _resampled(
    layer: Resampling, inputs: Shape, outputs: Shape, axes: Axes, fields: Fields, before: Applied | None
) -> Applied:
    rows, columns = (one.through(axis) for one, axis in zip(fields, axes, strict=True))
    return Applied(layer, inputs, outputs, _moved([inputs], outputs), rows, columns, before, (axes,))


def _merged(
    layer: Merging, inputs: Shape, fields: Fields, before: Applied | None, others: tuple[Applied, ...]
) -> Applied:
    shapes = [inputs, *(other.outputs for other in others)]
    outputs = layer.merged(shapes)
    # What has a factor for each channel alone is read at every place of the others.
    sources = sorted(
        [(fields, inputs), *(((other.rows, other.columns), other.outputs) for other in others)],
        key=lambda source: source[1][1:] != outputs[1:],
    )
    (rows, columns), _ = sources[0]
    for (down, across), (_, height, width) in sources[1:]:
        rows, columns = rows.joined(down, outputs[1], height), columns.joined(across, outputs[2], width)
    return Applied(layer, inputs, outputs, _moved(shapes, outputs), rows, columns, before, others=others)


def stack(layers: Iterable[StackLayer], inputs: Shape) -> tuple[Applied, ...]:
    """Return every layer on the output of the one before it; LayerError where one does not fit.

    >>> done = stack([Conv2d(1, 16, 3, padding=1), ReLU(), MaxPool2d(2), Linear(16 * 14 * 14, 10)], (1, 28, 28))
    >>> [applied.outputs for applied in done], done[2].receptive_field
    ([(16, 28, 28), (16, 28, 28), (16, 14, 14), (10, 1, 1)], (4, 4))
    """
    done: list[Applied] = []
    for layer in layers:
        done.append(apply(layer, done[-1].outputs, done[-1]) if done else apply(layer, inputs))
    return tuple(done)


def _axes(layer: Windowed, height: int, width: int) -> tuple[Axes, ...]:
    """Return the axes, (rows, columns), of each convolution or window in a layer: a separable one has two."""
    if isinstance(layer, SeparableConv2d):
        between = layer.depthwise.output_size(height, width)
        return layer.depthwise.axes(height, width), layer.pointwise.axes(*between)
    return (layer.axes(height, width),)


def _moved(inputs: Iterable[Shape], outputs: Shape) -> Cost:
    """The cost of a layer that has no weights and multiplies nothing that is counted: what it reads and writes."""
    read = sum(map(prod, inputs))
    return Cost(input_bytes=BYTES_A_NUMBER * read, output_bytes=BYTES_A_NUMBER * prod(outputs))


def _in_place(shape: Shape, scales: int) -> Cost:
    """The cost of a layer that reads each value, multiplies nothing that is counted, and writes it back.

    `scales` is the number of channels that have a scale and a shift.
    """
    return replace(_moved([shape], shape), params=2 * scales, weights=scales, weight_bytes=2 * BYTES_A_NUMBER * scales)


def _check_channels(parameter: str, expected: int, inputs: Shape) -> None:
    given = inputs[0]
    if expected != given:
        raise LayerError(LayerCode.CHANNELS_BEFORE, parameter, expected, choices=use(parameter, given))
