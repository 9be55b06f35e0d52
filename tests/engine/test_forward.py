"""Outputs against torch, and against the numbers that textbooks print."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Conv2d, forward
from tests.draws import examples
from tests.engine.strategies import Case, cases, torch_output


@given(cases())
@settings(max_examples=examples(200))
def test_forward_is_torchs_to_a_billionth(case: Case) -> None:
    output = forward(*case.arguments)
    np.testing.assert_allclose(output, torch_output(case), rtol=0, atol=1e-9)
    assert output.dtype == np.float64


@given(cases(whole=True))
@settings(max_examples=examples(40))
def test_whole_numbers_are_exact(case: Case) -> None:
    np.testing.assert_array_equal(forward(*case.arguments), torch_output(case))


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 2**32 - 1))
@settings(max_examples=examples(5))
def test_a_depthwise_layer_is_torchs(channels: int, multiplier: int, seed: int) -> None:
    layer = Conv2d(channels, channels * multiplier, 3, padding=1, groups=channels)
    rng = np.random.default_rng(seed)
    case = Case(
        layer,
        rng.normal(size=(channels, 5, 4)),
        rng.normal(size=layer.weight_shape),
        rng.normal(size=channels * multiplier),
    )
    np.testing.assert_allclose(forward(*case.arguments), torch_output(case), rtol=0, atol=1e-9)


SIMPLEST = np.array([[[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]]])
SIMPLEST_KERNEL = np.array([[[[1, 0], [2, 1]]]])


def test_the_simplest_case() -> None:
    output = forward(Conv2d(1, 1, 2, bias=False), SIMPLEST, SIMPLEST_KERNEL)
    assert output.tolist() == [[[16, 11, 16], [25, 20, 10], [9, 9, 10]]]


def test_the_same_padded_at_the_bottom_and_right() -> None:
    output = forward(Conv2d(1, 1, 2, padding="same", bias=False), SIMPLEST, SIMPLEST_KERNEL)
    assert output.tolist() == [[[16, 11, 16, 15], [25, 20, 10, 13], [9, 9, 10, 12], [1, 0, 2, 4]]]


NINE = np.arange(9).reshape(1, 3, 3)
FOUR = np.arange(4).reshape(1, 1, 2, 2)


def test_cross_correlation_of_nine_and_four() -> None:
    assert forward(Conv2d(1, 1, 2, bias=False), NINE, FOUR).tolist() == [[[19, 25], [37, 43]]]


def test_three_down_and_two_across() -> None:
    layer = Conv2d(1, 1, 2, stride=(3, 2), padding=1, bias=False)
    assert forward(layer, NINE, FOUR).tolist() == [[[0, 8], [6, 8]]]


def test_two_channels_are_added() -> None:
    output = forward(Conv2d(2, 1, 2, bias=False), np.concatenate([NINE, NINE + 1]), np.concatenate([FOUR, FOUR + 1], 1))
    assert output.tolist() == [[[56, 72], [104, 120]]]


def test_a_number_of_bias_is_added_to_each_map() -> None:
    output = forward(Conv2d(1, 2, 2), NINE, np.concatenate([FOUR, FOUR]), [100, -19])
    assert output.tolist() == [[[119, 125], [137, 143]], [[0, 6], [18, 24]]]


@pytest.mark.parametrize(
    ("layer", "size", "shape"),
    [
        (Conv2d(3, 1, 5), 12, (1, 8, 8)),
        (Conv2d(3, 256, 5), 12, (256, 8, 8)),
        (Conv2d(256, 32, 3, padding=1, groups=8), 12, (32, 12, 12)),
        (Conv2d(3, 256, 1), 8, (256, 8, 8)),
        (Conv2d(3, 3, 5, groups=3), 12, (3, 8, 8)),
        (Conv2d(3, 3, 4, stride=2, padding=1), 64, (3, 32, 32)),
    ],
    ids=["one filter", "256 filters", "grouped", "pointwise", "depthwise", "halving"],
)
def test_shapes_of_the_worked_cases(layer: Conv2d, size: int, shape: tuple[int, ...]) -> None:
    x, weight = np.ones((layer.in_channels, size, size)), np.ones(layer.weight_shape)
    assert forward(layer, x, weight, np.zeros(layer.out_channels)).shape == shape


def test_a_depthwise_output_depends_on_its_own_channel_alone() -> None:
    layer = Conv2d(3, 3, 5, groups=3, bias=False)
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(3, 12, 12)), rng.normal(size=layer.weight_shape)
    changed = x.copy()
    changed[1] += 1
    differs = (forward(layer, x, weight) != forward(layer, changed, weight)).any(axis=(1, 2))
    assert differs.tolist() == [False, True, False]


def test_pointwise_is_a_fully_connected_layer_at_each_pixel() -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (3, 8, 8)), rng.integers(-9, 10, (256, 3, 1, 1))
    output = forward(Conv2d(3, 256, 1, bias=False), x, weight)
    for row, column in np.ndindex(8, 8):
        assert (output[:, row, column] == weight[:, :, 0, 0] @ x[:, row, column]).all()


def test_the_arrays_given_are_left_alone() -> None:
    x, weight, bias = np.ones((2, 3, 3)), np.ones((2, 2, 1, 1)), np.ones(2)
    output = forward(Conv2d(2, 2, 1), x, weight, bias)
    output += 1
    for array in (x, weight, bias):
        assert (array == 1).all()


def test_what_is_no_layer_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="'layer' is not a layer"):
        forward("layer", SIMPLEST)
