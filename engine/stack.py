"""Layers one after the other: the shape after each, what it costs, and how much of the input it sees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.cost import BYTES_A_NUMBER, Cost, cost
from engine.errors import LayerError
from engine.layers import Conv2d
from engine.parts import BatchNorm2d, GlobalAvgPool2d, Linear, ReLU, Shape
from engine.pooling import AvgPool2d, MaxPool2d
from engine.receptive_field import Plan, receptive_field
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d

Layer = (
    Conv2d | SeparableConv2d | ConvTranspose2d | MaxPool2d | AvgPool2d | GlobalAvgPool2d | Linear | BatchNorm2d | ReLU
)
Plans = tuple[tuple[Plan, Plan], ...]


@dataclass(frozen=True)
class Applied:
    """A layer on the input it is given, which is (channels, height, width) like its output.

    `plans` are those of every layer up to this one, (rows, columns) of each.
    """

    layer: Layer
    inputs: Shape
    outputs: Shape
    cost: Cost
    plans: Plans

    @property
    def receptive_field(self) -> tuple[int, int]:
        """Rows and columns of the stack's input that one output of this layer depends on."""
        return receptive_field([rows for rows, _ in self.plans]), receptive_field(
            [columns for _, columns in self.plans]
        )


def apply(layer: Layer, inputs: Shape, before: Plans = ()) -> Applied:
    """Return what a layer makes of an input of a shape, and its cost; LayerError where it does not fit.

    `before` are the plans of the layers that the input has been through.

    >>> applied = apply(MaxPool2d(2), (16, 28, 28))
    >>> applied.outputs, applied.cost.macs, applied.cost.output_bytes
    ((16, 14, 14), 0, 12544)
    """
    channels, height, width = inputs
    match layer:
        case Linear():
            return replace(apply(layer.as_convolution(inputs), inputs, before), layer=layer)
        case GlobalAvgPool2d():
            return replace(apply(layer.as_pooling(inputs), inputs, before), layer=layer)
        case MaxPool2d() | AvgPool2d():
            outputs = channels, *layer.output_size(height, width)
            return Applied(
                layer, inputs, outputs, cost(layer, height, width) * channels, (*before, layer.axes(height, width))
            )
        case SeparableConv2d():
            _check_channels("in_channels", layer.in_channels, channels)
            between = layer.depthwise.output_size(height, width)
            plans = layer.depthwise.axes(height, width), layer.pointwise.axes(*between)
            outputs = layer.out_channels, *layer.output_size(height, width)
            return Applied(layer, inputs, outputs, cost(layer, height, width), (*before, *plans))
        case Conv2d() | ConvTranspose2d():
            _check_channels("in_channels", layer.in_channels, channels)
            outputs = layer.out_channels, *layer.output_size(height, width)
            return Applied(layer, inputs, outputs, cost(layer, height, width), (*before, layer.axes(height, width)))
        case BatchNorm2d():
            _check_channels("num_features", layer.num_features, channels)
            return Applied(layer, inputs, inputs, _in_place(inputs, 2 * channels, channels), before)
        case ReLU():
            return Applied(layer, inputs, inputs, _in_place(inputs, 0, 0), before)


def stack(layers: Iterable[Layer], inputs: Shape) -> tuple[Applied, ...]:
    """Return every layer on the output of the one before it; LayerError where one does not fit.

    >>> done = stack([Conv2d(1, 16, 3, padding=1), ReLU(), MaxPool2d(2), Linear(16 * 14 * 14, 10)], (1, 28, 28))
    >>> [applied.outputs for applied in done], done[2].receptive_field
    ([(16, 28, 28), (16, 28, 28), (16, 14, 14), (10, 1, 1)], (4, 4))
    """
    done: list[Applied] = []
    for layer in layers:
        done.append(apply(layer, done[-1].outputs, done[-1].plans) if done else apply(layer, inputs))
    return tuple(done)


def _in_place(shape: Shape, params: int, weights: int) -> Cost:
    """The cost of a layer that reads each value, multiplies nothing that is counted, and writes it back."""
    moved = BYTES_A_NUMBER * shape[0] * shape[1] * shape[2]
    return Cost(params, weights, 0, 0, 0, 0, moved, BYTES_A_NUMBER * params, moved)


def _check_channels(parameter: str, expected: int, given: int) -> None:
    if expected != given:
        rule = f"what comes before it has {given:,} channel{'s' * (given != 1)}"
        raise LayerError(parameter, f"{expected:,}", rule, f"use {given:,}")
