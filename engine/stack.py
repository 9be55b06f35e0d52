"""Layers one after the other: the shape after each, what it costs, and how much of the input it sees."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.cost import BYTES_A_NUMBER, Cost, cost
from engine.errors import LayerCode, LayerError, use
from engine.layers import Conv2d
from engine.modules import BatchNorm2d, GlobalAvgPool2d, Linear, ReLU, Shape
from engine.pooling import AvgPool2d, MaxPool2d
from engine.receptive_field import AnyAxis, ReceptiveField
from engine.seen_cells import SeenCells
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d

Windowed = Conv2d | SeparableConv2d | ConvTranspose2d | MaxPool2d | AvgPool2d
StackLayer = Windowed | GlobalAvgPool2d | Linear | BatchNorm2d | ReLU


@dataclass(frozen=True)
class Applied:
    """A layer on the input it is given, which is (channels, height, width) like its output.

    `rows` and `columns` are its receptive field in the input of the whole stack, `before` the layer that made its own
    input, if one did, and `axes` the plans, (rows, columns), of each convolution or window in it.
    """

    layer: StackLayer
    inputs: Shape
    outputs: Shape
    cost: Cost
    rows: ReceptiveField
    columns: ReceptiveField
    before: "Applied | None" = field(default=None, repr=False, compare=False)
    axes: tuple[tuple[AnyAxis, AnyAxis], ...] = ()

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
        return rows, columns

    @property
    def seen_size(self) -> tuple[int, int]:
        """Rows and columns of the stack's input that one output of this layer depends on at most."""
        rows, columns = self.seen
        return rows.size, columns.size


def apply(layer: StackLayer, inputs: Shape, before: Applied | None = None) -> Applied:
    """Return what a layer makes of an input of a shape, and its cost; LayerError where it does not fit.

    `before` is the layer that made the input, if one did.

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
        case BatchNorm2d():
            _check_channels("num_features", layer.num_features, inputs)
            return Applied(layer, inputs, inputs, _in_place(inputs, layer.num_features), *fields, before)
        case ReLU():
            return Applied(layer, inputs, inputs, _in_place(inputs, 0), *fields, before)
    channels, height, width = inputs
    counted = cost(layer, height, width)
    if isinstance(layer, MaxPool2d | AvgPool2d):
        counted *= channels
    else:
        _check_channels("in_channels", layer.in_channels, inputs)
        channels = layer.out_channels
    outputs = channels, *layer.output_size(height, width)
    axes = _axes(layer, height, width)
    for down, across in axes:
        fields = fields[0].through(down), fields[1].through(across)
    return Applied(layer, inputs, outputs, counted, *fields, before, axes)


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


def _axes(layer: Windowed, height: int, width: int) -> tuple[tuple[AnyAxis, AnyAxis], ...]:
    """Return the axes, (rows, columns), of each convolution or window in a layer: a separable one has two."""
    if isinstance(layer, SeparableConv2d):
        between = layer.depthwise.output_size(height, width)
        return layer.depthwise.axes(height, width), layer.pointwise.axes(*between)
    return (layer.axes(height, width),)


def _in_place(shape: Shape, scales: int) -> Cost:
    """The cost of a layer that reads each value, multiplies nothing that is counted, and writes it back.

    `scales` is the number of channels that have a scale and a shift.
    """
    moved = BYTES_A_NUMBER * shape[0] * shape[1] * shape[2]
    return Cost(
        params=2 * scales,
        weights=scales,
        input_bytes=moved,
        weight_bytes=2 * BYTES_A_NUMBER * scales,
        output_bytes=moved,
    )


def _check_channels(parameter: str, expected: int, inputs: Shape) -> None:
    given = inputs[0]
    if expected != given:
        raise LayerError(LayerCode.CHANNELS_BEFORE, parameter, expected, choices=use(parameter, given))
