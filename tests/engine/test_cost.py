"""Counts against the published numbers, and against counting every tap."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine import AvgPool2d, Conv2d, ConvTranspose2d, Cost, LayerError, MaxPool2d, SeparableConv2d, cost
from tests.draws import examples
from tests.engine.strategies import Case, cases, sides_of, torch_output, torch_transposed, transposed_cases


# Layer, side of its square input, weights, params, macs, outputs, valid macs.
@pytest.mark.parametrize(
    ("layer", "size", "weights", "params", "macs", "outputs", "valid_macs"),
    [
        (Conv2d(3, 256, 5), 12, 19_200, 19_456, 1_228_800, 16_384, 1_228_800),
        (Conv2d(3, 3, 5, groups=3), 12, 75, 78, 4_800, 192, 4_800),
        (Conv2d(3, 256, 1), 8, 768, 1_024, 49_152, 16_384, 49_152),
        (Conv2d(256, 32, 3, padding=1, groups=8), 12, 9_216, 9_248, 1_327_104, 4_608, 1_183_744),
        (Conv2d(256, 256, 3, padding=1), 14, 589_824, 590_080, 115_605_504, 50_176, 104_857_600),
        (SeparableConv2d(256, 256, 3, padding=1), 14, 67_840, 68_352, 13_296_640, 100_352, 13_254_656),
        (ConvTranspose2d(3, 3, 4, stride=2, padding=1), 32, 144, 147, 147_456, 12_288, 142_884),
        (Conv2d(1, 1, 3, stride=2, padding=1, dilation=2), 9, 9, 10, 144, 16, 100),
    ],
    ids=["standard", "depthwise", "pointwise", "grouped", "wide", "separable", "transposed", "dilated"],
)
def test_the_published_counts(
    layer: Conv2d | ConvTranspose2d | SeparableConv2d,
    size: int,
    weights: int,
    params: int,
    macs: int,
    outputs: int,
    valid_macs: int,
) -> None:
    counted = cost(layer, size, size)
    assert (counted.weights, counted.params) == (weights, params)
    assert (counted.macs, counted.valid_macs) == (macs, valid_macs)
    assert (counted.flops, counted.flops_with_bias) == (2 * macs, 2 * macs + outputs)
    assert counted.output_bytes == 4 * outputs


@pytest.mark.parametrize(
    ("padding", "taps"), [("same", (4 * 2 - 1) ** 2), (((0, 1), (0, 0)), 7 * 6), (((1, 0), (0, 0)), 7 * 6)]
)
def test_padding_on_one_side_is_left_out(padding: object, taps: int) -> None:
    assert cost(Conv2d(1, 1, 2, padding=padding), 4, 4).valid_macs == taps  # type: ignore[arg-type]


def test_eight_groups_have_an_eighth_of_the_weights() -> None:
    assert cost(Conv2d(256, 32, 3, padding=1), 12, 12).weights == 73_728 == 8 * 9_216


def test_sharing_a_kernel_needs_25_weights() -> None:
    assert cost(Conv2d(1, 1, 5), 224, 224).weights == 25


def test_twice_the_channels_cost_four_times_as_much() -> None:
    assert cost(Conv2d(16, 32, 3), 9, 9).macs == 4 * cost(Conv2d(8, 16, 3), 9, 9).macs


def test_bytes_and_intensity_by_hand() -> None:
    # In 2*3*5, weights 4*2*1*1, bias 4, out 4*3*5 numbers of four bytes; 4*2*15 multiply-adds.
    assert cost(Conv2d(2, 4, 1), 3, 5) == Cost(
        params=12,
        weights=8,
        macs=120,
        valid_macs=120,
        flops=240,
        flops_with_bias=300,
        input_bytes=120,
        weight_bytes=48,
        output_bytes=240,
    )
    assert cost(Conv2d(2, 4, 1), 3, 5).intensity == 240 / 408


def test_a_layer_without_bias_counts_none() -> None:
    counted = cost(Conv2d(2, 4, 1, bias=False), 3, 5)
    assert (counted.params, counted.weight_bytes, counted.flops_with_bias) == (8, 32, 240)


def test_a_depthwise_layer_does_at_most_two_and_a_quarter_flops_a_byte() -> None:
    intensity = cost(Conv2d(512, 512, 3, padding=1, groups=512), 56, 56).intensity
    assert 2.2 < intensity < 2.25


@given(cases(most_channels=2, most_extra=4))
@settings(max_examples=examples(50))
def test_macs_are_every_tap_and_valid_ones_those_on_the_input(case: Case) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    kernel, dilation, stride = layer.kernel, layer.dilations, layer.strides
    (top, bottom), (left, right) = sides_of(layer, height, width)
    real = np.pad(
        np.ones((height, width)),
        ((top, bottom), (left, right)),
        constant_values=layer.padding_mode not in ("zeros", "constant"),
    )
    out_channels, *positions = torch_output(case).shape
    taps = [
        real[y * stride[0] + i * dilation[0], x * stride[1] + j * dilation[1]]
        for y, x, i, j in np.ndindex(*positions, *kernel)
    ]
    filters = out_channels * layer.in_channels // layer.groups
    counted = cost(layer, height, width)
    assert (counted.macs, counted.valid_macs) == (filters * len(taps), filters * sum(taps))
    assert counted.params == case.weight.size + (0 if case.bias is None else case.bias.size)
    assert counted.input_bytes == 4 * case.x.size


@given(transposed_cases(most_channels=2, most_length=4))
@settings(max_examples=examples(50))
def test_macs_of_a_transposed_layer_are_its_stamps_and_valid_ones_those_on_the_output(
    case: Case[ConvTranspose2d],
) -> None:
    # Ones everywhere make every output value the number of the taps that landed on it.
    ones = Case(replace(case.layer, bias=False), np.ones_like(case.x), np.ones_like(case.weight), None)
    counted = cost(case.layer, *case.x.shape[1:])
    filters = case.layer.out_channels // case.layer.groups
    assert counted.macs == case.x.size * filters * case.weight[0, 0].size
    assert counted.valid_macs == torch_transposed(ones).sum()
    assert counted.params == case.weight.size + (0 if case.bias is None else case.bias.size)
    assert (counted.input_bytes, counted.output_bytes) == (4 * case.x.size, 4 * torch_transposed(case).size)


@pytest.mark.parametrize(("channels", "size", "times"), [(8, 14, 4.24), (256, 14, 8.69), (512, 14, 8.84), (1, 14, 0.9)])
def test_how_many_times_cheaper_a_separable_layer_is(channels: int, size: int, times: float) -> None:
    standard = cost(Conv2d(channels, channels, 3, padding=1), size, size)
    separable = cost(SeparableConv2d(channels, channels, 3, padding=1), size, size)
    assert round(standard.macs / separable.macs, 2) == times


def test_costs_of_layers_one_after_the_other_add_up() -> None:
    layer = SeparableConv2d(2, 4, 3, stride=2, depth_multiplier=3)
    depthwise, pointwise = cost(layer.depthwise, 9, 7), cost(layer.pointwise, 4, 3)
    assert cost(layer, 9, 7) == depthwise + pointwise
    # In 2*9*7, between 6*4*3, out 4*4*3 numbers of four bytes.
    assert (depthwise + pointwise).input_bytes == 4 * (126 + 72)
    assert (depthwise + pointwise).output_bytes == 4 * (72 + 48)


@pytest.mark.parametrize("layer", [MaxPool2d(2, 3), AvgPool2d(2, 3)])
def test_a_channel_of_pooling_moves_memory_and_multiplies_nothing(layer: MaxPool2d | AvgPool2d) -> None:
    assert cost(layer, 8, 5) == Cost(0, 0, 0, 0, 0, 0, input_bytes=160, weight_bytes=0, output_bytes=4 * 3 * 2)
    assert cost(layer, 8, 5).intensity == 0


def test_what_is_no_layer_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="'layer' is not a layer"):
        cost("layer", 1, 1)


def test_counts_are_exact_python_ints_whatever_the_size() -> None:
    counted = cost(Conv2d(10**6, 10**6, 3, padding=1), np.int64(10**6), np.int64(10**6))
    assert counted.macs == 9 * 10**24
    assert counted.valid_macs == 10**12 * (3 * 10**6 - 2) ** 2
    assert type(counted.input_bytes) is int


def test_an_impossible_layer_has_no_cost() -> None:
    with pytest.raises(LayerError, match="kernel_size is 3 rows"):
        cost(Conv2d(1, 1, 3), 2, 3)
