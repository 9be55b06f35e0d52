"""Pooling against torch, what it refuses and in which words, and what a shift of the input does to it."""

import re
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine import AvgPool2d, LayerError, MaxPool2d, forward
from tests.draws import examples
from tests.engine.strategies import pooling_cases, refuses, torch_pooled

TORCH = {MaxPool2d: torch.nn.MaxPool2d, AvgPool2d: torch.nn.AvgPool2d}


@given(pooling_cases(MaxPool2d))
@settings(max_examples=examples(200))
@example((MaxPool2d(2, padding=1, dilation=3), np.ones((1, 2, 2))))
def test_the_largest_is_torchs(case: tuple[MaxPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    output = forward(layer, x)
    np.testing.assert_array_equal(output, torch_pooled(layer, x))
    assert output.shape[1:] == layer.output_size(*x.shape[1:])


@given(pooling_cases(AvgPool2d))
@settings(max_examples=examples(200))
def test_the_mean_is_torchs_to_a_billionth(case: tuple[AvgPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    output = forward(layer, x)
    np.testing.assert_allclose(output, torch_pooled(layer, x), rtol=0, atol=1e-9)
    assert output.shape[1:] == layer.output_size(*x.shape[1:])


@given(pooling_cases(AvgPool2d))
@settings(max_examples=examples(20))
def test_whole_sums_are_exact(case: tuple[AvgPool2d, NDArray[np.float64]]) -> None:
    layer, x = case[0], np.round(case[1] * 9)
    sums = forward(layer, x) * np.multiply.outer(*layer.counts(*x.shape[1:]))
    np.testing.assert_allclose(sums, np.round(sums), rtol=0, atol=1e-12)


ANY_NUMBER = st.integers(0, 4) | st.sampled_from([-1, 1.0, 1.5, "2", "same"])
ANY_SIZE = ANY_NUMBER | st.tuples(ANY_NUMBER, ANY_NUMBER)
SIZE = st.integers(1, 5) | st.tuples(st.integers(1, 5), st.integers(1, 5))
AMOUNT = st.integers(0, 2) | st.tuples(st.integers(0, 2), st.integers(0, 2))


@st.composite
def any_arguments(draw: st.DrawFn, kind: type, size: Any, amount: Any) -> dict[str, Any]:
    """Draw arguments of torch's layer, possible or not; by name, because torch has one more before ceil_mode."""
    names = {"kernel_size": size, "stride": st.none() | size, "padding": amount, "ceil_mode": st.booleans()}
    own = {"dilation": st.just(1) | size} if kind is MaxPool2d else {"count_include_pad": st.booleans()}
    return {name: draw(values) for name, values in {**names, **own}.items()}


@pytest.mark.parametrize("kind", TORCH)
@given(data=st.data(), height=st.integers(0, 5), width=st.integers(0, 5))
@settings(max_examples=examples(100))
def test_it_refuses_what_torch_refuses_and_nothing_else(
    kind: type, data: st.DataObject, height: int, width: int
) -> None:
    arguments = data.draw(any_arguments(kind, ANY_SIZE, ANY_SIZE) | any_arguments(kind, SIZE, AMOUNT))
    try:
        kind(**arguments).axes(height, width)
        refused = False
    except LayerError:
        refused = True
    assert refused == refuses(lambda: TORCH[kind](**arguments), 1, height, width)


NUMBERS = "it must be a whole number of at least {}, or a pair of them (rows, columns)"
NAMES = "it must be one of 'valid', 'same_upper', 'same_lower'"
PADDINGS = (
    "it must be a whole number of at least 0, a pair of them (rows, columns), "
    "pairs ((top, bottom), (left, right)), or one of 'valid', 'same_upper', 'same_lower'"
)
ALONE = "would then lie on padding alone"
HALF = "a pooling layer's must be at most half of its kernel, for its"


@pytest.mark.parametrize("kind", TORCH)
@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kernel_size": 0}, f"kernel_size is 0, but {NUMBERS.format(1)}: use 1."),
        ({"stride": 0}, f"stride is 0, but {NUMBERS.format(1)}: use 1."),
        ({"stride": (2, 1.5)}, f"stride is (2, 1.5), but {NUMBERS.format(1)}: use (2, 2)."),
        ({"padding": "same"}, f"padding is 'same', but {NAMES}: use 'same_upper'."),
        ({"padding": -1}, f"padding is -1, but {PADDINGS}: use 0."),
        ({"padding": 2}, f"padding is 2, but {HALF} rows at most 1: use 1."),
        ({"padding": (1, 2)}, f"padding is (1, 2), but {HALF} columns at most 1: use (1, 1)."),
        ({"padding": 2, "kernel_size": (4, 1)}, f"padding is 2, but {HALF} columns at most 0: use 0."),
        (
            {"padding": ((3, 0), (0, 0))},
            f"padding is 3 rows at the top, but a window of 3 rows {ALONE}: use at most 2.",
        ),
        (
            {"padding": ((0, 1), (1, 2)), "kernel_size": (2, 1)},
            f"padding is 1 column at the left, but a window of 1 column {ALONE}: use at most 0.",
        ),
        (
            {"padding": ((0, 4), (0, 0))},
            f"padding is 4 rows at the bottom, but a window of 3 rows {ALONE}: use at most 2.",
        ),
        (
            {"padding": ((0, 2), (0, 3))},
            f"padding is 3 columns at the right, but a window of 3 columns {ALONE}: use at most 2.",
        ),
    ],
)
def test_the_sentence_for_an_impossible_layer(kind: type, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        kind(**{"kernel_size": 3, **changed})
    assert str(caught.value) == sentence
    assert caught.value.parameter in changed


def test_the_sentence_for_an_impossible_dilation() -> None:
    with pytest.raises(LayerError) as caught:
        MaxPool2d(3, dilation=0)
    assert str(caught.value) == f"dilation is 0, but {NUMBERS.format(1)}: use 1."


FEW = "the padded input has only"


@pytest.mark.parametrize(
    ("layer", "size", "sentence"),
    [
        (
            AvgPool2d(5),
            (4, 9),
            f"kernel_size is 5 rows, but {FEW} 4 rows: "
            "use a kernel of at most 4 rows, a padding of at least 1, or an input of at least 5 rows.",
        ),
        (
            MaxPool2d((1, 3), dilation=3),
            (4, 6),
            f"kernel_size is 3 columns, spread over 7 by dilation 3, but {FEW} 6 columns: use a kernel of at most "
            "2 columns, a dilation of at most 2, a padding of at least 1, or an input of at least 7 columns.",
        ),
        (
            AvgPool2d(4, 2, ceil_mode=True),
            (1, 2),
            f"kernel_size is 4 rows, but {FEW} 1 row, and ceil_mode lets a window stand out by at most 1: "
            "use a kernel of at most 2 rows, a padding of at least 1, or an input of at least 3 rows.",
        ),
        (
            MaxPool2d(5, 1, 1, 4),
            (1, 1),
            f"kernel_size is 5 rows, spread over 17 by dilation 4, but {FEW} 3 rows: use an input of at least 15 rows.",
        ),
        (
            AvgPool2d(5, padding=((0, 1), (0, 1))),
            (2, 9),
            f"kernel_size is 5 rows, but {FEW} 3 rows: "
            "use a kernel of at most 3 rows, paddings that add up to at least 3, or an input of at least 4 rows.",
        ),
        (MaxPool2d(2), (0, 3), "height is 0, but it must be a whole number of at least 1: use 1."),
        (AvgPool2d(2), (3, True), "width is True, but it must be a whole number of at least 1: use 1."),
    ],
)
def test_the_sentence_for_an_input_the_layer_does_not_fit(
    layer: MaxPool2d | AvgPool2d, size: tuple[Any, Any], sentence: str
) -> None:
    for method in (layer.axes, layer.output_size):
        with pytest.raises(LayerError) as caught:
            method(*size)
        assert str(caught.value) == sentence


def fits(kernel: int, stride: int, padding: int, dilation: int, ceil_mode: bool, length: int) -> bool:
    try:
        MaxPool2d((kernel, 1), stride, (padding, 0), (dilation, 1), ceil_mode).axes(length, 1)
    except LayerError:
        return False
    return True


@given(st.integers(2, 9), st.integers(1, 4), st.integers(0, 4), st.integers(1, 5), st.booleans(), st.integers(1, 9))
@settings(max_examples=examples(50))
def test_what_a_sentence_suggests_is_the_nearest_that_would_do(
    kernel: int, stride: int, padding: int, dilation: int, ceil_mode: bool, length: int
) -> None:
    assume(padding <= kernel // 2)
    layer = MaxPool2d((kernel, 1), stride, (padding, 0), (dilation, 1), ceil_mode)
    try:
        layer.axes(length, 1)
        return
    except LayerError as error:
        said = str(error)
    if number := re.search(r"a kernel of at most (\d+)", said):
        assert fits(int(number[1]), stride, padding, dilation, ceil_mode, length)
        assert not fits(int(number[1]) + 1, stride, padding, dilation, ceil_mode, length)
    if number := re.search(r"a dilation of at most (\d+)", said):
        assert fits(kernel, stride, padding, int(number[1]), ceil_mode, length)
        assert not fits(kernel, stride, padding, int(number[1]) + 1, ceil_mode, length)
    if number := re.search(r"a padding of at least (\d+)", said):
        assert fits(kernel, stride, int(number[1]), dilation, ceil_mode, length)
        assert not fits(kernel, stride, int(number[1]) - 1, dilation, ceil_mode, length)
    number = re.search(r"an input of at least (\d+)", said)
    assert number
    assert fits(kernel, stride, padding, dilation, ceil_mode, int(number[1]))
    assert not fits(kernel, stride, padding, dilation, ceil_mode, int(number[1]) - 1)


@given(SIZE, st.integers(0, 9) | st.tuples(st.integers(0, 9), st.integers(0, 9)))
@settings(max_examples=examples(20))
def test_the_padding_suggested_is_taken(kernel: Any, padding: Any) -> None:
    try:
        AvgPool2d(kernel, padding=padding)
    except LayerError as error:
        AvgPool2d(kernel, padding=error.choices[0].changes[0].value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"x": np.ones((4, 4))}, "the channel axis is missing, use x[None] of shape (1, 4, 4)."),
        ({"x": np.ones((1, 2, 4, 4))}, "the batch axis is one too many, use x[0] of shape (2, 4, 4)."),
        (
            {"weight": np.ones((1, 1, 2, 2))},
            "weight is of shape (1, 1, 2, 2), but a pooling layer has none: leave it out.",
        ),
        ({"bias": np.ones(3)}, "bias is of shape (3,), but a pooling layer has none: leave it out."),
    ],
)
def test_the_sentence_for_an_array_that_does_not_belong(arguments: dict[str, Any], sentence: str) -> None:
    for layer in (MaxPool2d(2), AvgPool2d(2)):
        with pytest.raises(LayerError) as caught:
            forward(layer, **{"x": np.ones((3, 4, 4)), **arguments})
        assert str(caught.value).endswith(sentence)


def test_arguments_have_torchs_defaults() -> None:
    assert MaxPool2d(2) == MaxPool2d(2, None, 0, 1, False)
    assert AvgPool2d(2) == AvgPool2d(2, None, 0, False, True)
    assert MaxPool2d([2, 3]).strides == AvgPool2d((2, np.int8(3))).strides == (2, 3)
    assert hash(AvgPool2d([2, 3], [1, 1])) == hash(AvgPool2d((2, 3), (1, 1)))
    assert AvgPool2d(2).dilations == (1, 1)


def test_a_shift_by_one_cell_changes_a_mean_more_evenly_than_a_maximum() -> None:
    x = np.zeros((1, 1, 8))
    x[0, 0, 2] = 4
    shifted = np.roll(x, 1, axis=2)
    pooled = [
        forward(layer, values)[0, 0].tolist()
        for layer in (MaxPool2d((1, 2)), AvgPool2d((1, 2)))
        for values in (x, shifted)
    ]
    # Within its window the cell can move and nothing changes; one further, and it is in the next.
    assert pooled == [[0, 4, 0, 0], [0, 4, 0, 0], [0, 2, 0, 0], [0, 2, 0, 0]]
    assert forward(MaxPool2d((1, 2)), np.roll(x, 2, axis=2))[0, 0].tolist() == [0, 0, 4, 0]


def test_pooling_of_a_4x4_picture_by_hand() -> None:
    x = np.arange(1, 17).reshape(1, 4, 4)
    assert forward(MaxPool2d(2), x).tolist() == [[[6, 8], [14, 16]]]
    assert forward(AvgPool2d(2), x).tolist() == [[[3.5, 5.5], [11.5, 13.5]]]
    assert forward(MaxPool2d(2, padding=1), -x).tolist() == [[[-1, -2, -4], [-5, -6, -8], [-13, -14, -16]]]
    assert forward(AvgPool2d(2, padding=1), x)[0, 0].tolist() == [0.25, 1.25, 1]
    assert forward(AvgPool2d(2, padding=1, count_include_pad=False), x)[0, 0].tolist() == [1, 2.5, 4]


@pytest.mark.parametrize(("size", "after"), [(28, 14), (14, 7)])
def test_the_small_network_is_halved(size: int, after: int) -> None:
    assert MaxPool2d(2).output_size(size, size) == (after, after)
