"""The separable layer: its two halves against torch, its counts against print, and the padding that does not belong."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Conv2d, LayerError, SeparableConv2d, cost, forward
from tests.engine.strategies import number_or_pair, numbers


@st.composite
def separable_cases(draw: st.DrawFn, whole: bool = False) -> tuple[Any, ...]:
    layer = SeparableConv2d(
        in_channels=draw(st.integers(1, 4)),
        out_channels=draw(st.integers(1, 5)),
        kernel_size=draw(number_or_pair(1, 4)),
        stride=draw(number_or_pair(1, 3)),
        padding=draw(number_or_pair(0, 3)),
        dilation=draw(number_or_pair(1, 2)),
        bias=draw(st.booleans()),
        padding_mode=draw(st.sampled_from(["zeros", "replicate"])),
        depth_multiplier=draw(st.integers(1, 3)),
        pointwise_padding=draw(st.just(0) | number_or_pair(0, 2)),
    )
    values = draw(numbers(whole))
    halves = layer.depthwise, layer.pointwise
    x = values(layer.in_channels, draw(st.integers(7, 10)), draw(st.integers(7, 10)))
    bias = tuple(values(half.out_channels) for half in halves) if layer.bias else None
    return layer, x, tuple(values(*half.weight_shape) for half in halves), bias


def torch_separable(layer: SeparableConv2d, x: Any, weight: Any, bias: Any) -> Any:
    channels = layer.in_channels * layer.depth_multiplier
    modules = torch.nn.Sequential(
        torch.nn.Conv2d(
            layer.in_channels,
            channels,
            layer.kernel_size,
            layer.stride,
            layer.padding,
            layer.dilation,
            layer.in_channels,
            layer.bias,
            str(layer.padding_mode),
            dtype=torch.float64,
        ),
        torch.nn.Conv2d(
            channels, layer.out_channels, 1, padding=layer.pointwise_padding, bias=layer.bias, dtype=torch.float64
        ),
    )
    for index, module in enumerate(modules):
        module.weight.data = torch.tensor(weight[index], dtype=torch.float64)
        if bias is not None:
            module.bias.data = torch.tensor(bias[index], dtype=torch.float64)
    return modules(torch.tensor(x, dtype=torch.float64)[None])[0].detach().numpy()


@given(separable_cases())
@settings(max_examples=500)
def test_forward_is_torchs_to_a_billionth(case: tuple[Any, ...]) -> None:
    output = forward(*case)
    np.testing.assert_allclose(output, torch_separable(*case), rtol=0, atol=1e-9)
    assert output.shape == (case[0].out_channels, *case[0].output_size(*case[1].shape[1:]))


@given(separable_cases(whole=True))
@settings(max_examples=200)
def test_whole_numbers_are_exact(case: tuple[Any, ...]) -> None:
    np.testing.assert_array_equal(forward(*case), torch_separable(*case))


def test_the_worked_cases_13_to_15() -> None:
    layer = SeparableConv2d(3, 256, 5)
    assert layer.depthwise == Conv2d(3, 3, 5, groups=3)
    assert layer.pointwise == Conv2d(3, 256, 1)
    assert layer.depthwise.output_size(12, 12) == layer.output_size(12, 12) == (8, 8)
    depthwise, pointwise = cost(layer.depthwise, 12, 12), cost(layer.pointwise, 8, 8)
    assert (depthwise.weights, pointwise.weights, cost(layer, 12, 12).weights) == (75, 768, 843)
    standard = cost(Conv2d(3, 256, 5), 12, 12).weights
    assert (standard, round(standard / 843, 1)) == (19_200, 22.8)


def test_padding_the_pointwise_layer_makes_a_border_of_bias() -> None:
    layer = SeparableConv2d(3, 4, 3, padding=1, pointwise_padding=1)
    assert layer.output_size(16, 16) == (18, 18)
    rng = np.random.default_rng(0)
    weight = rng.normal(size=layer.depthwise.weight_shape), rng.normal(size=layer.pointwise.weight_shape)
    bias = rng.normal(size=3), rng.normal(size=4)
    output = forward(layer, rng.normal(size=(3, 16, 16)), weight, bias)
    border = np.ones((18, 18), bool)
    border[1:-1, 1:-1] = False
    assert (output[:, border] == bias[1][:, None]).all()
    assert (output[:, ~border] != bias[1][:, None]).all()


def test_fields_are_settled_as_the_layers_have_them() -> None:
    written = SeparableConv2d(np.int64(3), 4, [3, 2], [2, 1], [[1, 0], [1, 1]], [1, 2], 1, "reflect", 2, [1, 0])
    plain = SeparableConv2d(3, 4, (3, 2), (2, 1), ((1, 0), (1, 1)), (1, 2), True, "reflect", 2, (1, 0))
    assert written == plain
    assert (hash(written), repr(written)) == (hash(plain), repr(plain))
    assert SeparableConv2d(1, 2, 3) == SeparableConv2d(1, 2, 3, 1, 0, 1, True, "zeros", 1, 0)


ONE = "it must be a whole number of at least 1"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"in_channels": 0}, f"in_channels is 0, but {ONE}: use 1."),
        ({"out_channels": None}, f"out_channels is None, but {ONE}: use 1."),
        ({"depth_multiplier": 1.6}, f"depth_multiplier is 1.6, but {ONE}: use 2."),
        (
            {"pointwise_padding": -1},
            "pointwise_padding is -1, but it must be a whole number of at least 0, or a pair of them (rows, columns): "
            "use 0.",
        ),
        ({"kernel_size": 0}, f"kernel_size is 0, but {ONE}, or a pair of them (rows, columns): use 1."),
        (
            {"padding": "same", "stride": 2},
            "padding is 'same' and stride is 2, but padding='same' is not supported for strided convolutions, "
            "because the output would no longer be the size of the input: use stride=1, or padding=1.",
        ),
    ],
)
def test_the_sentence_for_an_impossible_layer(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        SeparableConv2d(**{"in_channels": 3, "out_channels": 4, "kernel_size": 3, **changed})
    assert str(caught.value) == sentence


def test_the_sentence_for_an_input_the_kernel_does_not_fit() -> None:
    for function in (SeparableConv2d(1, 1, 3).output_size, lambda *size: cost(SeparableConv2d(1, 1, 3), *size)):
        with pytest.raises(LayerError, match="kernel_size is 3 rows"):
            function(2, 3)


TWO = "but a separable layer takes two, the depthwise layer's and the pointwise layer's: use a tuple of two arrays."


@pytest.mark.parametrize(
    ("weight", "bias", "sentence"),
    [
        (np.ones((1, 1, 1, 1)), None, f"weight is a ndarray, {TWO}"),
        ((np.ones((1, 1, 1, 1)),), None, f"weight is a tuple of 1, {TWO}"),
        (None, None, "weight is None, but the layer multiplies by one: give an array of shape (1, 1, 1, 1)."),
        (
            (np.ones((1, 1, 1, 1)), np.ones((2, 1, 1, 1))),
            np.ones(1),
            f"bias is a ndarray, {TWO}",
        ),
        (
            (np.ones((1, 1, 1, 1)), np.ones((2, 1, 1, 1))),
            None,
            "bias is None, but the layer adds one: give an array of shape (1,), or make the layer with bias=False.",
        ),
    ],
)
def test_the_sentence_for_weights_that_are_no_pair(weight: Any, bias: Any, sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        forward(SeparableConv2d(1, 2, 1), np.ones((1, 2, 2)), weight, bias)
    assert str(caught.value) == sentence
