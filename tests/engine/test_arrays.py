"""Arrays that do not belong to a layer, in which words they are refused, and how padding fills."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional

from engine import Conv2d, LayerError, forward, im2col, record
from tests.draws import examples
from tests.engine.strategies import Case, cases, torch_padded

X = np.ones((2, 4, 5))
LAYER = Conv2d(2, 4, 3)
WEIGHT = np.ones((4, 2, 3, 3))
BIAS = np.ones(4)
PLAIN = Conv2d(2, 4, 3, bias=False)

AXES = "the layer reads (channels, height, width)"
REAL = "the engine multiplies real numbers"
FILTERS = "the layer's is (out_channels, in_channels // groups, kernel rows, kernel columns)"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"x": X[0]},
            f"x is of shape (4, 5), but {AXES}: the channel axis is missing, use x[None] of shape (1, 4, 5).",
        ),
        (
            {"x": X[None]},
            f"x is of shape (1, 2, 4, 5), but {AXES}: the batch axis is one too many, use x[0] of shape (2, 4, 5).",
        ),
        ({"x": X[0, 0]}, f"x is of shape (5,), but {AXES}: use an array with these three axes."),
        (
            {"x": X[:1]},
            "x is of shape (1, 4, 5), but its channels must be the layer's in_channels, which is 2: "
            "use an x of shape (2, 4, 5).",
        ),
        ({"x": X + 1j}, f"x is of dtype complex128, but {REAL}: use an array of float64."),
        ({"x": [["a"]]}, f"x is of dtype <U1, but {REAL}: use an array of float64."),
        (
            {"x": [[1], [1, 2]]},
            "x is ragged, but its rows must all be of one length: use an array, or lists of equal length.",
        ),
        (
            {"weight": WEIGHT[0]},
            f"weight is of shape (2, 3, 3), but {FILTERS}: use an array of shape (4, 2, 3, 3).",
        ),
        (
            {"weight": None},
            "weight is None, but the layer multiplies by one: give an array of shape (4, 2, 3, 3).",
        ),
        ({"weight": WEIGHT.astype(object)}, f"weight is of dtype object, but {REAL}: use an array of float64."),
        (
            {"bias": None},
            "bias is None, but the layer adds one: give an array of shape (4,), or make the layer with bias=False.",
        ),
        (
            {"bias": BIAS[:3]},
            "bias is of shape (3,), but the layer adds one number to each output channel: use an array of shape (4,).",
        ),
        ({"bias": BIAS * 1j}, f"bias is of dtype complex128, but {REAL}: use an array of float64."),
        (
            {"layer": PLAIN},
            "bias is of shape (4,), but the layer adds none: leave it out, or make the layer with bias=True.",
        ),
        ({"x": X[:, :0]}, "height is 0, but it must be a whole number of at least 1: use 1."),
    ],
)
def test_the_sentence_for_an_array_that_does_not_belong(changed: dict[str, Any], sentence: str) -> None:
    arguments = {"layer": LAYER, "x": X, "weight": WEIGHT, "bias": BIAS, **changed}
    for function in (forward, record):
        with pytest.raises(LayerError) as caught:
            function(**arguments)
        assert str(caught.value) == sentence
        assert sentence.startswith(f"{caught.value.parameter} is ")


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "int64", "float16", "float32", "float64"])
def test_real_numbers_of_any_type_become_float64(dtype: str) -> None:
    x, weight = np.array([[[1, 0], [1, 1]]], dtype), np.array([[[[1, 1], [0, 1]]]], dtype)
    output = forward(Conv2d(1, 1, 2, bias=False), x, weight)
    assert output.dtype == np.float64
    assert output.tolist() == [[[2.0]]]


def test_arrays_that_lie_oddly_in_memory_are_read_by_index() -> None:
    x, weight = np.arange(40.0).reshape(5, 4, 2).T, np.arange(72.0)[::-1].reshape(3, 3, 2, 4).T
    straight = forward(PLAIN, np.ascontiguousarray(x), np.ascontiguousarray(weight))
    np.testing.assert_array_equal(forward(PLAIN, x, weight), straight)
    np.testing.assert_array_equal(record(PLAIN, x, weight).output, straight)


@pytest.mark.parametrize(
    ("mode", "first_row", "third_row"),
    [
        ("zeros", [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 1, 2, 3, 4, 0, 0]),
        ("reflect", [11, 10, 9, 10, 11, 12, 11, 10], [3, 2, 1, 2, 3, 4, 3, 2]),
        ("replicate", [1, 1, 1, 2, 3, 4, 4, 4], [1, 1, 1, 2, 3, 4, 4, 4]),
        ("circular", [11, 12, 9, 10, 11, 12, 9, 10], [3, 4, 1, 2, 3, 4, 1, 2]),
    ],
)
def test_each_mode_around_sixteen_numbers(mode: str, first_row: list[int], third_row: list[int]) -> None:
    x = np.arange(1, 17).reshape(1, 4, 4)
    padded = record(Conv2d(1, 1, 1, padding=2, bias=False, padding_mode=mode), x, np.ones((1, 1, 1, 1))).padded[0]
    names = {"zeros": "constant", "replicate": "edge", "circular": "wrap"}
    np.testing.assert_array_equal(padded, np.pad(x[0], 2, mode=names.get(mode, mode)))
    assert padded[0].tolist() == first_row
    assert padded[2].tolist() == third_row


def test_padding_of_zeros_is_zero_beside_infinity() -> None:
    trace = record(Conv2d(1, 1, 1, padding=1, bias=False), [[[np.inf]]], [[[[1.0]]]])
    assert trace.padded.tolist() == [[[0, 0, 0], [0, np.inf, 0], [0, 0, 0]]]


@given(cases(whole=True))
@settings(max_examples=examples(200))
def test_im2col_is_torchs_unfold_of_each_group(case: Case) -> None:
    layer, unfolded = case.layer, im2col(case.layer, case.x)
    padded = torch.tensor(torch_padded(case))[None]
    expected = functional.unfold(padded, layer.kernel, layer.dilation, 0, layer.stride)[0].numpy()
    np.testing.assert_array_equal(unfolded, expected.reshape(layer.groups, -1, expected.shape[-1]))


def test_im2col_of_a_mismatched_input_is_refused() -> None:
    with pytest.raises(LayerError, match="the channel axis is missing"):
        im2col(LAYER, X[0])
