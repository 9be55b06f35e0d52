"""Layers one after the other, against torch: shapes, parameters, and by its gradient how much of the input is seen."""

from collections.abc import Iterable
from dataclasses import replace
from math import prod
from typing import Any

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

from engine import (
    ACTIVATIONS,
    Activation,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    Add,
    AvgPool2d,
    BatchNorm2d,
    Concat,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    LayerError,
    LayerNorm2d,
    Linear,
    MaxPool2d,
    MaxUnpool2d,
    Multiply,
    PaddingMode,
    PixelShuffle,
    ReLU,
    SeparableConv2d,
    Upsample,
    apply,
    cost,
    receptive_field,
    stack,
)
from engine.receptive_field import ReceptiveField
from engine.resampling import MODES
from engine.stack import entrance
from tests.draws import examples
from tests.engine.strategies import torch_arguments

SMALL = [
    Conv2d(1, 16, 3, padding=1),
    ReLU(),
    MaxPool2d(2),
    Conv2d(16, 32, 3, padding=1),
    ReLU(),
    MaxPool2d(2),
    Linear(32 * 7 * 7, 10),
]


def torch_layer(layer: Any) -> nn.Module:
    match layer:
        case Conv2d():
            return nn.Conv2d(*torch_arguments(layer))
        case ConvTranspose2d():
            return nn.ConvTranspose2d(*torch_arguments(layer))
        case SeparableConv2d():
            return nn.Sequential(torch_layer(layer.depthwise), torch_layer(layer.pointwise))
        case MaxPool2d():
            return nn.MaxPool2d(
                layer.kernel_size, layer.stride, layer.padding, layer.dilation, ceil_mode=layer.ceil_mode
            )
        case AvgPool2d():
            return nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode)
        case GlobalAvgPool2d():
            return nn.AdaptiveAvgPool2d(1)
        case Linear():
            return nn.Sequential(nn.Flatten(), nn.Linear(layer.in_features, layer.out_features, layer.bias))
        case BatchNorm2d():
            return nn.BatchNorm2d(layer.num_features)
        case ReLU():
            return nn.ReLU()
        case LayerNorm2d():
            return nn.GroupNorm(1, layer.num_channels)  # which learns the same of each channel
        case Activation():
            return ACTIVATION_MODULES[layer.function]()
        case Dropout():
            return nn.Dropout(layer.p)
        case Flatten():
            return nn.Flatten()
        case AdaptiveAvgPool2d():
            return nn.AdaptiveAvgPool2d(layer.output_size)
        case AdaptiveMaxPool2d():
            return nn.AdaptiveMaxPool2d(layer.output_size)
        case Upsample():
            return nn.Upsample(scale_factor=layer.scale_factor, mode=layer.mode)
        case PixelShuffle():
            return nn.PixelShuffle(layer.upscale_factor)
    raise AssertionError(layer)


ACTIVATION_MODULES: dict[str, Any] = {
    one.__name__.lower().removesuffix("2d"): one
    for one in (
        nn.LeakyReLU, nn.ReLU6, nn.ELU, nn.GELU, nn.SiLU, nn.Hardswish, nn.Hardsigmoid, nn.Sigmoid, nn.Tanh,
        nn.Softmax2d,
    )
}  # fmt: skip
BESIDE: list[Any] = [
    LayerNorm2d(8),
    *map(Activation, ACTIVATIONS),
    Dropout(0.2),
    AdaptiveAvgPool2d((7, 5)),
    Upsample(2),
    Upsample((3, 1), "bilinear"),
    AdaptiveMaxPool2d(9),
    PixelShuffle(2),
    Flatten(),
    Linear(2 * 18 * 18, 3),
]


def test_the_small_network_has_these_shapes() -> None:
    assert [applied.outputs for applied in stack(SMALL, (1, 28, 28))] == [
        (16, 28, 28),
        (16, 28, 28),
        (16, 14, 14),
        (32, 14, 14),
        (32, 14, 14),
        (32, 7, 7),
        (10, 1, 1),
    ]


EVERY = [
    Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
    BatchNorm2d(8),
    SeparableConv2d(8, 12, 3, padding=1, depth_multiplier=2),
    ReLU(),
    ConvTranspose2d(12, 6, 4, stride=2, padding=1, groups=3),
    AvgPool2d(3, 2, 1),
    MaxPool2d(2),
    GlobalAvgPool2d(),
    Linear(6, 5, bias=False),
]


@pytest.mark.parametrize(
    ("layers", "inputs"),
    [(SMALL, (1, 28, 28)), (EVERY, (3, 21, 18)), (BESIDE, (8, 23, 11))],
    ids=["small", "every", "beside"],
)
def test_shapes_and_parameters_are_torchs(layers: list[Any], inputs: tuple[int, int, int]) -> None:
    values = torch.zeros(1, *inputs)
    for applied in stack(layers, inputs):
        module = torch_layer(applied.layer)
        values = module(values)
        channels, height, width = applied.outputs
        assert values.numel() == channels * height * width
        assert tuple(values.shape[1:]) in ((channels, height, width), (channels,))
        assert applied.cost.params == sum(p.numel() for p in module.parameters())
        if not isinstance(applied.layer, SeparableConv2d):  # which also writes and reads what lies between its layers
            assert applied.cost.output_bytes == 4 * values.numel()
            assert applied.cost.input_bytes == 4 * prod(applied.inputs)


def test_a_linear_layer_costs_its_weights_once() -> None:
    (applied,) = stack([Linear(224 * 224, 100, bias=False)], (1, 224, 224))
    assert applied.cost.weights == applied.cost.macs == 5_017_600


def test_pooling_in_a_stack_moves_every_channel() -> None:
    assert apply(MaxPool2d(2), (16, 28, 28)).cost == cost(MaxPool2d(2), 28, 28) * 16


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (Conv2d(3, 8, 3), "in_channels is 3, but what comes before it has 16 channels: use 16."),
        (SeparableConv2d(3, 8, 3), "in_channels is 3, but what comes before it has 16 channels: use 16."),
        (ConvTranspose2d(1, 8, 3), "in_channels is 1, but what comes before it has 16 channels: use 16."),
        (BatchNorm2d(8), "num_features is 8, but what comes before it has 16 channels: use 16."),
        (
            Linear(512, 10),
            "in_features is 512, but the 16×5×4 values before it are 320 when they are flattened: use 320.",
        ),
        (Conv2d(16, 8, 7), "kernel_size is 7 rows, but the padded input has only 5 rows: use a kernel of at most 5 "),
        (MaxPool2d(9), "kernel_size is 9 rows, but the padded input has only 5 rows: "),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_layer_that_does_not_fit_says_why(layer: Any, sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        apply(layer, (16, 5, 4))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("make", [lambda: Linear(0, 3), lambda: Linear(3, -1), lambda: BatchNorm2d(True)])
def test_an_impossible_part_is_refused(make: Any) -> None:
    with pytest.raises(LayerError, match="must be a whole number of at least 1"):
        make()


def test_the_receptive_fields_of_55_layers_and_of_five() -> None:
    plain = [applied.receptive_field for applied in stack([Conv2d(1, 1, 5)] * 55, (1, 224, 224))]
    assert plain == [(1 + 4 * depth, 1 + 4 * depth) for depth in range(1, 56)]
    strided = stack([Conv2d(1, 1, 5, 2)] * 5, (1, 224, 224))
    assert [applied.outputs[1] for applied in strided] == [110, 53, 25, 11, 4]
    assert strided[-1].receptive_field[0] == 1 + 4 * (1 + 2 + 4 + 8 + 16)


@st.composite
def columns_of_layers(draw: st.DrawFn) -> list[Any]:
    """Draw layers over a single column, every weight of which is to be one."""
    layers: list[Any] = []
    for _ in range(draw(st.integers(1, 4))):
        kernel, stride = draw(st.integers(1, 4)), draw(st.integers(1, 3))
        padding, dilation = draw(st.integers(0, 2)), draw(st.integers(1, 2))
        match draw(st.sampled_from(["conv", "pool", "transposed", "upsample"])):
            case "conv":
                layers.append(Conv2d(1, 1, (kernel, 1), (stride, 1), (padding, 0), (dilation, 1), bias=False))
            case "pool":
                ceil_mode = draw(st.booleans())
                layers.append(AvgPool2d((kernel, 1), (stride, 1), (min(padding, kernel // 2), 0), ceil_mode))
            case "upsample":
                layers.append(Upsample((stride, 1), draw(st.sampled_from(MODES))))
            case "transposed":
                window = (kernel, 1), (stride, 1), (padding, 0)
                more = draw(st.integers(0, max(stride, dilation) - 1)), 0
                layers.append(ConvTranspose2d(1, 1, *window, more, bias=False, dilation=(dilation, 1)))
    return layers


@given(columns_of_layers())
@settings(max_examples=examples(15))
def test_the_receptive_field_is_where_the_gradient_is(layers: list[Any]) -> None:
    length = 240
    applied = stack(layers, (1, length, 1))
    count = applied[-1].outputs[1]
    assume(count > 90)
    places = range(count // 2 - 27, count // 2 + 27)  # every phase of up to three strides of three
    found = reached(layers, length, places)
    ends = [end for seen in found if seen for end in seen]
    assert min(ends, default=1) > 0
    assert max(ends, default=0) < length - 1, "the border is in sight: draw a longer input"
    assert [applied[-1].rows.cells(place) for place in places] == found
    assert applied[-1].receptive_field[0] == max((last - first + 1 for first, last in filter(None, found)), default=0)


def reached(layers: list[Any], length: int, places: Iterable[int]) -> list[tuple[int, int] | None]:
    """Return the first and the last row of a column of cells that torch's gradient reaches from each output."""
    values = torch.zeros(1, 1, length, 1, dtype=torch.float64, requires_grad=True)
    output = values
    for layer in layers:
        module = torch_layer(layer).double()
        for weight in module.parameters():
            nn.init.ones_(weight)
        output = module(output)
    found = []
    for place in places:
        (gradient,) = torch.autograd.grad(output[0, 0, place, 0], values, retain_graph=True)
        seen = gradient.flatten().nonzero().flatten().tolist()
        found.append((seen[0], seen[-1]) if seen else None)
    return found


OF_TORCH = [mode for mode in PaddingMode if mode not in (PaddingMode.SYMMETRIC, PaddingMode.CONSTANT)]


@given(columns_of_layers(), st.integers(1, 16), st.data())
@settings(max_examples=examples(60))
def test_what_each_output_sees_of_an_input_with_borders_is_where_the_gradient_is(
    layers: list[Any], length: int, data: st.DataObject
) -> None:
    if isinstance(layers[0], Conv2d):
        layers[0] = replace(layers[0], padding_mode=data.draw(st.sampled_from(OF_TORCH)))
    try:
        last = stack(layers, (1, length, 1))[-1]
    except LayerError:
        assume(False)
    rows, columns = last.seen
    count = last.outputs[1]
    assume(count < 400)
    found = reached(layers, length, range(count))
    assert [rows.cells(place) for place in range(count)] == found
    assert last.seen_size == (max((end - start + 1 for start, end in filter(None, found)), default=0), columns.size)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 12])
@pytest.mark.parametrize("length", [5, 12, 13])
def test_uneven_windows_see_what_the_gradient_reaches(length: int, size: int) -> None:
    layers = [
        Conv2d(1, 1, (3, 1), padding=(1, 0), bias=False),
        AdaptiveAvgPool2d((size, 1)),
        Conv2d(1, 1, 1, bias=False),
    ]
    last = stack(layers, (1, length, 1))[-1]
    assert [last.seen[0].cells(place) for place in range(size)] == reached(layers, length, range(size))


class Branches(nn.Module):
    """What torch makes of a layer that reads another beside the one before it, each after layers of its own."""

    def __init__(self, merging: Any, one: list[Any], other: list[Any]) -> None:
        super().__init__()
        self.merging = merging
        self.one, self.other = (nn.Sequential(*(torch_layer(layer).double() for layer in of)) for of in (one, other))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        one, other = self.one(values), self.other(values)
        match self.merging:
            case Add():
                return one + other
            case Multiply():
                return (one + 1) * (other + 1)  # no factor is zero
        return torch.cat([one, other], dim=1)


def conv(kernel: int, dilation: int = 1, in_channels: int = 1) -> Conv2d:
    """Make a layer over a column that keeps its length."""
    padding = (dilation * (kernel - 1) // 2, 0)
    return Conv2d(in_channels, 1, (kernel, 1), padding=padding, dilation=(dilation, 1), bias=False)


HALF, TWICE = MaxPool2d((2, 1)), Upsample((2, 1))
BRANCHES = {
    "residual": (Add(), [conv(3), conv(3)], []),
    "projection": (Add(), [Conv2d(1, 1, (3, 1), (2, 1), (1, 0)), conv(3)], [Conv2d(1, 1, 1, (2, 1))]),
    "unet": (Concat(), [conv(3), AvgPool2d((2, 1)), conv(3), TWICE], [conv(3)]),
    "bilinear unet": (Concat(), [AvgPool2d((4, 1)), conv(3), Upsample((4, 1), "bilinear")], []),
    "inception": (Concat(), [conv(5)], [conv(3, dilation=4)]),
    "gate": (Multiply(), [conv(3)], [conv(3), GlobalAvgPool2d()]),
}


@pytest.mark.parametrize("name", BRANCHES)
def test_branches_see_what_the_gradient_reaches_through_either(name: str) -> None:
    merging, one, other = BRANCHES[name]
    length = 24
    left = stack(one, (1, length, 1))[-1]
    right = stack(other, (1, length, 1))[-1] if other else entrance((1, length, 1))
    merged = apply(merging, left.outputs, left, (right,))
    after = apply(conv(3, in_channels=merged.outputs[0]), merged.outputs, merged)
    values = torch.rand(1, 1, length, 1, dtype=torch.float64, requires_grad=True)
    module = Branches(merging, one, other)
    for weight in module.parameters():
        nn.init.ones_(weight)
    made = module(values)
    assert tuple(made.shape[1:]) == merged.outputs
    last = nn.functional.conv2d(made, torch.ones(1, made.shape[1], 3, 1, dtype=torch.float64), padding=(1, 0))
    for place in range(after.outputs[1]):
        (gradient,) = torch.autograd.grad(last[0, 0, place, 0], values, retain_graph=True)
        seen = gradient.flatten().nonzero().flatten().tolist()
        assert after.seen[0].cells(place) == (seen[0], seen[-1])
        first, end = after.rows.cells(place) or (length, 0)
        if name == "gate":  # a mean of everything has no field that moves along
            assert end - first + 1 >= length
        else:
            assert (max(first, 0), min(end, length - 1)) == (seen[0], seen[-1])


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 1), st.integers(5, 14), st.booleans())
def test_an_unpooling_is_torchs(kernel: int, stride: int, padding: int, length: int, ceil_mode: bool) -> None:
    """Where torch puts a value, that value is seen, and the size is the one that the pooling read."""
    pool = MaxPool2d((kernel, 1), (stride, 1), (min(padding, kernel // 2), 0), ceil_mode=ceil_mode)
    pooled = apply(pool, (1, length, 1))
    undone = apply(MaxUnpool2d(pool), pooled.outputs, pooled, (pooled,))
    values = torch.rand(1, 1, length, 1, dtype=torch.float64) + 1
    one, indices = nn.functional.max_pool2d(
        values, pool.kernel, pool.strides, pool.padding, ceil_mode=ceil_mode, return_indices=True
    )
    back = torch.zeros(length, dtype=torch.float64)
    back[indices.flatten()] = one.flatten()
    assert undone.outputs == (1, length, 1)
    for place in back.nonzero().flatten().tolist():
        windows = [at for at, index in enumerate(indices.flatten().tolist()) if index == place]
        cells = undone.seen[0].cells(place)
        alone = [pooled.seen[0].cells(at) for at in windows]
        assert cells is not None
        assert all(span and cells[0] <= span[0] <= span[1] <= cells[1] for span in alone)


@pytest.mark.parametrize(
    ("layers", "cells", "centre", "jump"),
    [
        ([Conv2d(1, 1, 3, dilation=2, padding=1)], (-1, 3), 1, 1),
        ([Conv2d(1, 1, 3, stride=2, padding=1), Conv2d(1, 1, 3, stride=2, padding=1)], (-3, 3), 0, 4),
        ([Conv2d(1, 1, 7, stride=2, padding=3), MaxPool2d(3, 2, 1)], (-5, 5), 0, 4),  # as ResNet begins
        ([Conv2d(1, 1, 11, stride=4, padding=2), MaxPool2d(3, 2)], (-2, 16), 7, 8),  # as torchvision's AlexNet begins
        ([ConvTranspose2d(1, 1, 4, stride=2, padding=1)], (-1, 0), -0.5, 0.5),
        ([ConvTranspose2d(1, 1, 1, stride=2, padding=1)], None, None, 0.5),  # the first output is a gap
    ],
)
def test_where_a_receptive_field_begins_and_how_far_it_jumps(
    layers: list[Any], cells: Any, centre: Any, jump: float
) -> None:
    """By Araujo's formulas: the start is minus the sum of padding times the jump before, the jump of the strides."""
    rows = stack(layers, (1, 60, 60))[-1].rows
    assert (rows.cells(0), rows.centre(0), rows.jump) == (cells, centre, jump)


def test_a_transposed_layer_with_gaps_is_not_over_counted() -> None:
    """A stamp of two taps, four apart: an output is reached from cells that stand two apart, or from none."""
    gaps = ConvTranspose2d(1, 1, (2, 1), stride=(2, 1), dilation=(4, 1))
    (applied,) = stack([gaps], (1, 9, 1))
    assert [applied.rows.cells(output) for output in range(4)] == [(-2, 0), None, (-1, 1), None]
    assert [applied.seen[0].cells(output) for output in range(4)] == [(0, 0), None, (1, 1), None]


def test_a_window_finds_the_one_output_among_gaps_that_holds_more_than_the_bias() -> None:
    spread, gathered = stack([ConvTranspose2d(1, 1, 1, stride=4), Conv2d(1, 1, 4)], (1, 5, 5))
    assert [spread.rows.cells(output) for output in range(5)] == [(0, 0), None, None, None, (1, 1)]
    assert [gathered.rows.cells(output) for output in range(5)] == [(0, 0), (1, 1), (1, 1), (1, 1), (1, 1)]
    assert [gathered.seen[0].cells(output) for output in range(5)] == [(0, 0), (1, 1), (1, 1), (1, 1), (1, 1)]


def test_a_field_larger_than_the_image_is_cut_at_its_edge_and_deep_layers_see_no_more_than_reaches_them() -> None:
    deep = stack([Conv2d(1, 1, 5, padding=2)] * 20, (1, 96, 80))[-1]
    assert (deep.receptive_field, deep.seen_size) == ((81, 81), (81, 80))
    # One value of 8 is left: the layers after it read that, and padding.
    narrow = stack([Conv2d(1, 1, 3, stride=8, padding=1), *[Conv2d(1, 1, 3, padding=1)] * 2], (1, 8, 8))[-1]
    assert (narrow.receptive_field, narrow.seen_size) == ((35, 35), (2, 2))


def test_a_stride_undoes_what_a_transposed_layer_spread_out() -> None:
    up, down = ConvTranspose2d(1, 1, 2, 2), Conv2d(1, 1, 2, 2)
    spread, back = stack([up, down], (1, 8, 8))
    assert (len(spread.rows.first_cells), spread.rows.shift) == (2, 1)
    assert back.rows == ReceptiveField()


def test_where_a_receptive_field_begins_tells_same_upper_from_same_lower() -> None:
    upper, lower = (stack([Conv2d(1, 1, 3, 2, padding)], (1, 6, 6))[0] for padding in ("same_upper", "same_lower"))
    assert (upper.outputs, upper.rows.first_cells, upper.rows.last_cells) == ((1, 3, 3), (0,), (2,))
    assert (lower.outputs, lower.rows.first_cells, lower.rows.last_cells) == ((1, 3, 3), (-1,), (1,))


def test_without_layers_a_value_sees_itself() -> None:
    assert receptive_field([]) == 1
