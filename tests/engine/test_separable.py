"""The separable layer: its two halves against torch, its counts against print, and the padding that does not belong."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import Conv2d, LayerError, SeparableConv2d, cost, forward
from tests.draws import examples
from tests.engine.strategies import (
    Case,
    as_pair,
    convolutions,
    number_or_pair,
    numbers,
    sizes_for,
    torch_output,
)


@dataclass(frozen=True)
class SeparableCase:
    """A possible depthwise layer, what else a separable one is made with, and arrays that fit both halves."""

    depthwise: Conv2d
    out_channels: int
    depth_multiplier: int
    pointwise_padding: int | tuple[int, int]
    x: NDArray[Any]
    weight: tuple[NDArray[Any], NDArray[Any]]
    bias: tuple[NDArray[Any], NDArray[Any]] | None

    @property
    def arguments(self) -> tuple[Any, ...]:
        first = self.depthwise
        layer = SeparableConv2d(
            in_channels=first.in_channels,
            out_channels=self.out_channels,
            kernel_size=first.kernel_size,
            stride=first.stride,
            padding=first.padding,
            dilation=first.dilation,
            bias=first.bias,
            padding_mode=first.padding_mode,
            padding_value=first.padding_value,
            depth_multiplier=self.depth_multiplier,
            pointwise_padding=self.pointwise_padding,
        )
        return layer, self.x, self.weight, self.bias


@st.composite
def separable_cases(draw: st.DrawFn, whole: bool = False) -> SeparableCase:
    """Draw a possible separable layer over every parameter, an input it fits, and values: whole numbers if asked."""
    channels, multiplier, out_channels = (draw(st.integers(1, 3)) for _ in range(3))
    depthwise = draw(convolutions(channels, channels * multiplier, groups=channels))
    size, values = draw(sizes_for(depthwise, most_extra=5)), draw(numbers(whole))
    kernel = as_pair(depthwise.kernel_size)
    return SeparableCase(
        depthwise,
        out_channels,
        multiplier,
        draw(st.just(0) | number_or_pair(0, 2)),
        values(channels, *size),
        (values(channels * multiplier, 1, *kernel), values(out_channels, channels * multiplier, 1, 1)),
        (values(channels * multiplier), values(out_channels)) if depthwise.bias else None,
    )


def torch_separable(case: SeparableCase) -> NDArray[np.float64]:
    """Return the output by torch's two layers: neither is taken from the engine's separable one."""
    first = case.depthwise
    pointwise = Conv2d(first.out_channels, case.out_channels, 1, padding=case.pointwise_padding, bias=first.bias)
    bias = (None, None) if case.bias is None else case.bias
    between = torch_output(Case(first, case.x, case.weight[0], bias[0]))
    return torch_output(Case(pointwise, between, case.weight[1], bias[1]))


@given(separable_cases())
@settings(max_examples=examples(200))
def test_forward_is_torchs_to_a_billionth(case: SeparableCase) -> None:
    layer, x, *_ = case.arguments
    output = forward(*case.arguments)
    np.testing.assert_allclose(output, torch_separable(case), rtol=0, atol=1e-9)
    assert output.dtype == np.float64
    assert output.shape == (layer.out_channels, *layer.output_size(*x.shape[1:]))


@given(separable_cases(whole=True))
@settings(max_examples=examples(200))
def test_whole_numbers_are_exact(case: SeparableCase) -> None:
    np.testing.assert_array_equal(forward(*case.arguments), torch_separable(case))


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
            "padding is 'same' and stride is 2, but in PyTorch padding='same' is not supported for strided "
            "convolutions, as the output could not keep its size: use stride=1, padding='same_upper' (TensorFlow's "
            "SAME), or padding=1 (often its shape, with other numbers).",
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
