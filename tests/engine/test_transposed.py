"""The transposed layer: outputs against torch and print, what it refuses and in which words, the three ways to it."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import Conv2d, ConvTranspose2d, LayerError, as_convolution, as_matrix, forward, record
from tests.draws import examples
from tests.engine.strategies import Case, refuses, torch_transposed, transposed_cases


@given(transposed_cases())
@settings(max_examples=examples(200))
def test_forward_is_torchs_to_a_billionth(case: Case[ConvTranspose2d]) -> None:
    output = forward(*case.arguments)
    np.testing.assert_allclose(output, torch_transposed(case), rtol=0, atol=1e-9)
    assert output.dtype == np.float64
    assert output.shape == (case.layer.out_channels, *case.layer.output_size(*case.x.shape[1:]))


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(40))
@example(Case(ConvTranspose2d(1, 1, 1, 3, 1, 2), np.array([[[5]]]), np.array([[[[7]]]]), np.array([2])))
def test_three_ways_to_whole_numbers_are_one(case: Case[ConvTranspose2d]) -> None:
    stamped, expected = forward(*case.arguments), torch_transposed(case)
    np.testing.assert_array_equal(stamped, expected)
    convolution = as_convolution(*case.arguments)
    np.testing.assert_array_equal(forward(*convolution), expected)
    np.testing.assert_array_equal(record(*convolution).output, expected)
    matrix = as_matrix(case.layer, case.weight, *case.x.shape[1:])
    bias = 0 if case.bias is None else case.bias[:, None, None]
    np.testing.assert_array_equal((matrix.dense @ case.x.ravel()).reshape(expected.shape) + bias, expected)


@given(transposed_cases(most_channels=2, most_length=4))
@settings(max_examples=examples(30))
def test_its_matrix_is_the_transpose_of_the_convolution_it_undoes(case: Case[ConvTranspose2d]) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    undone, output = layer.forward_conv, layer.output_size(height, width)
    assert undone.weight_shape == layer.weight_shape
    matrix, other = as_matrix(layer, case.weight, height, width), as_matrix(undone, case.weight, *output)
    if undone.output_size(*output) == (height, width):
        np.testing.assert_array_equal(matrix.dense, other.dense.T)
    else:
        # It finds room for more windows only where output_padding reaches the stride.
        assert any(e >= s for e, s in zip(layer.output_paddings, layer.strides, strict=True))


@given(transposed_cases())
@settings(max_examples=examples(30))
def test_the_equivalent_convolution_is_the_guides(case: Case[ConvTranspose2d]) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    equivalent = layer.equivalent(height, width)
    same = as_convolution(*case.arguments)
    assert same.layer == equivalent
    assert (equivalent.strides, equivalent.groups, equivalent.bias) == ((1, 1), layer.groups, layer.bias)
    extents = [d * (k - 1) for d, k in zip(layer.dilations, layer.kernel, strict=True)]
    if all(max(sides) <= e for sides, e in zip(layer.cropping, extents, strict=True)):
        expected = np.zeros(
            (layer.in_channels, *(o + (o - 1) * (s - 1) for o, s in zip((height, width), layer.strides, strict=True)))
        )
        expected[:, :: layer.strides[0], :: layer.strides[1]] = case.x
        np.testing.assert_array_equal(same.x, expected)
        assert equivalent.padding == tuple(
            (e - before, e - after + a)
            for e, (before, after), a in zip(extents, layer.cropping, layer.output_paddings, strict=True)
        )


X = np.array([[[0, 1], [2, 3]]])
PUBLISHED = [
    ({}, [[0, 0, 1], [0, 4, 6], [4, 12, 9]]),
    ({"stride": 2}, [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]),
    ({"padding": 1}, [[4]]),
]


@pytest.mark.parametrize(("arguments", "expected"), PUBLISHED, ids=["plain", "stride 2", "padding 1"])
def test_the_published_examples(arguments: dict[str, Any], expected: list[list[int]]) -> None:
    layer = ConvTranspose2d(1, 1, 2, bias=False, **arguments)
    assert forward(layer, X, X[None]).tolist() == [expected]
    assert forward(*as_convolution(layer, X, X[None])).tolist() == [expected]


def test_output_padding_is_not_zeros() -> None:
    layer = ConvTranspose2d(1, 1, 3, 2, 1, 1, bias=False)
    assert forward(layer, [[[1]]], np.arange(9).reshape(1, 1, 3, 3)).tolist() == [[[4, 5], [7, 8]]]


def test_output_padding_beyond_the_stamps_is_the_bias_alone() -> None:
    assert forward(ConvTranspose2d(1, 1, 1, 2, 0, 1), [[[3]]], [[[[5]]]], [7]).tolist() == [[[22, 7], [7, 7]]]


# "A guide to convolution arithmetic" (arXiv 1603.07285): the transposed column. p' is the equivalent's own padding.
@pytest.mark.parametrize(
    ("i", "k", "s", "p", "d", "o", "a", "inserted", "equivalent_padding"),
    [
        pytest.param(4, 3, 1, 0, 1, 2, 0, 2, 2, id="no padding, unit strides"),
        pytest.param(5, 4, 1, 2, 1, 6, 0, 6, 1, id="arbitrary padding"),
        pytest.param(5, 3, 1, 1, 1, 5, 0, 5, 1, id="half (same) padding"),
        pytest.param(5, 3, 1, 2, 1, 7, 0, 7, 0, id="full padding"),
        pytest.param(5, 3, 2, 0, 1, 2, 0, 3, 2, id="no padding, strides"),
        pytest.param(5, 3, 2, 1, 1, 3, 0, 5, 1, id="padding, strides"),
        pytest.param(6, 3, 2, 1, 1, 3, 1, 5, 1, id="padding, strides, odd"),
        pytest.param(7, 3, 1, 0, 2, 3, 0, 3, 4, id="dilation"),
    ],
)
def test_the_guides_table(
    i: int, k: int, s: int, p: int, d: int, o: int, a: int, inserted: int, equivalent_padding: int
) -> None:
    layer = ConvTranspose2d(1, 1, k, s, p, a, dilation=d)
    assert layer.output_size(o, o) == (i, i)
    assert layer.forward_conv.output_size(i, i) == (o, o)
    assert layer.axes(o, o)[0].inserted == inserted
    side = (equivalent_padding, equivalent_padding + a)
    assert layer.equivalent(o, o).padding == (side, side)


def test_there_and_back_is_64() -> None:
    there, back = Conv2d(3, 3, 4, stride=2, padding=1), ConvTranspose2d(3, 3, 4, stride=2, padding=1)
    assert there.output_size(64, 64) == (32, 32)
    assert back.output_size(32, 32) == (64, 64)
    x, weight = np.ones((3, 32, 32)), np.ones(back.weight_shape)
    assert forward(back, x, weight, np.zeros(3)).shape == (3, 64, 64)


def test_the_shape_comes_back_but_the_values_do_not() -> None:
    x, weight = np.arange(16.0).reshape(1, 4, 4), np.arange(9.0).reshape(1, 1, 3, 3)
    convolution, transposed = Conv2d(1, 1, 3, bias=False), ConvTranspose2d(1, 1, 3, bias=False)
    y = forward(convolution, x, weight)
    back = forward(transposed, y, weight)
    matrix = as_matrix(convolution, weight, 4, 4).dense
    assert (y.ravel() == matrix @ x.ravel()).all()
    assert (back.ravel() == matrix.T @ y.ravel()).all()
    assert back.shape == x.shape
    assert not np.allclose(back, x)


@given(st.integers(1, 6), st.sampled_from(["full", "same", "valid"]))
def test_full_and_valid_change_places_and_same_stays(half: int, name: str) -> None:
    kernel = 2 * half - 1
    padding = Conv2d(1, 1, kernel, padding=name).padding_amounts(20, 20)[0][0]
    equivalent = ConvTranspose2d(1, 1, kernel, padding=padding).equivalent(20, 20)
    other = {"full": "valid", "same": "same", "valid": "full"}[name]
    assert equivalent.padding == Conv2d(1, 1, kernel, padding=other).padding_amounts(20, 20)


ANY_NUMBER = st.integers(0, 4) | st.sampled_from([-1, 1.0, 1.5, "2", None, "same"])
ANY_SIZE = ANY_NUMBER | st.tuples(ANY_NUMBER, ANY_NUMBER)
SIZE = st.integers(1, 4) | st.tuples(st.integers(1, 4), st.integers(1, 4))
AMOUNT = st.integers(0, 4) | st.tuples(st.integers(0, 4), st.integers(0, 4))


@st.composite
def any_arguments(draw: st.DrawFn, size: Any, amount: Any) -> tuple[Any, ...]:
    """Draw arguments of torch's layer, possible or not."""
    return (
        draw(st.integers(1, 4)),
        draw(st.integers(1, 4)),
        draw(size),
        draw(st.just(1) | size),
        draw(amount),
        draw(st.just(0) | amount),
        draw(st.just(1) | st.integers(-1, 3)),
        draw(st.booleans()),
        draw(st.just(1) | size),
    )


@given(any_arguments(ANY_SIZE, ANY_SIZE) | any_arguments(SIZE, AMOUNT), st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=examples(100))
@example((1, 1, 1, 1, 1, 0, 1, True, 1), 3, 2)
@example((1, 1, 3, 1, 0, 2, 1, True, 3), 1, 1)
@example((1, 1, 1, (3, 2), 0, 2, 1, True, 1), 1, 1)
def test_it_refuses_what_torch_refuses_and_nothing_else(arguments: tuple[Any, ...], height: int, width: int) -> None:
    try:
        ConvTranspose2d(*arguments).axes(height, width)
        refused = False
    except LayerError:
        refused = True
    assert refused == refuses(
        lambda: torch.nn.ConvTranspose2d(*arguments, dtype=torch.float64), arguments[0], height, width
    )


NUMBERS = "it must be a whole number of at least {}, or a pair of them (rows, columns)"
NAMES = "it must be one of 'valid', 'same_upper', 'same_lower'"
PADDINGS = (
    "it must be a whole number of at least 0, a pair of them (rows, columns), "
    "pairs ((top, bottom), (left, right)), or one of 'valid', 'same_upper', 'same_lower'"
)
LESS = "it must be less than the larger of the stride"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"in_channels": 0}, "in_channels is 0, but it must be a whole number of at least 1: use 1."),
        ({"groups": 3}, "groups is 3, but it must divide in_channels, which is 4: use 2 or 4."),
        ({"kernel_size": 0}, f"kernel_size is 0, but {NUMBERS.format(1)}: use 1."),
        ({"stride": None}, f"stride is None, but {NUMBERS.format(1)}: use 1."),
        ({"padding": "same"}, f"padding is 'same', but {NAMES}: use 'same_upper'."),
        ({"padding": (-1, 1)}, f"padding is (-1, 1), but {PADDINGS}: use (0, 1)."),
        (
            {"padding": "same_upper", "stride": 2, "output_padding": 1},
            "output_padding is 1, but padding='same_upper' makes the output size * stride, so that there is nothing to "
            "add: use 0.",
        ),
        ({"output_padding": -1}, f"output_padding is -1, but {NUMBERS.format(0)}: use 0."),
        (
            {"output_padding": 1},
            f"output_padding is 1, but for its rows {LESS}, 1, and the dilation, 1: "
            "use an output_padding of at most 0, a stride of at least 2, or a dilation of at least 2.",
        ),
        (
            {"output_padding": 3, "stride": 2, "dilation": 3},
            f"output_padding is 3, but for its rows {LESS}, 2, and the dilation, 3: "
            "use an output_padding of at most 2, a stride of at least 4, or a dilation of at least 4.",
        ),
        (
            {"output_padding": 2, "stride": (3, 2)},
            f"output_padding is 2, but for its columns {LESS}, 2, and the dilation, 1: "
            "use an output_padding of at most 1, a stride of at least 3, or a dilation of at least 3.",
        ),
        (
            {"output_padding": (1, 5), "stride": (2, 1), "dilation": (1, 3)},
            f"output_padding is (1, 5), but for its columns {LESS}, 1, and the dilation, 3: "
            "use an output_padding of at most (1, 2), a stride of at least (2, 6), or a dilation of at least (2, 6).",
        ),
    ],
)
def test_the_sentence_for_an_impossible_layer(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        ConvTranspose2d(**{"in_channels": 4, "out_channels": 4, "kernel_size": 3, **changed})
    assert str(caught.value) == sentence
    assert caught.value.parameter in changed


CROPS = "but a transposed layer crops its padding off the output, which has only"


@pytest.mark.parametrize(
    ("arguments", "size", "sentence"),
    [
        (
            (1, 1, 2, 1, 1),
            (1, 3),
            f"padding is 1 row at the top and the bottom, {CROPS} 2 rows: use a padding of at most 0.",
        ),
        (
            (1, 1, 3, 2, (0, 4)),
            (3, 3),
            f"padding is 4 columns at the left and the right, {CROPS} 7 columns: use a padding of at most 3.",
        ),
        (
            (1, 1, 2, 1, ((2, 1), (0, 0))),
            (1, 3),
            "padding is 2 rows at the top and 1 at the bottom, but a transposed layer crops its padding off the "
            "output, which has only 2 rows: use paddings that add up to at most 1.",
        ),
        (
            (1, 1, 2, 1, ((0, 0), (0, 4))),
            (1, 3),
            "padding is 0 columns at the left and 4 at the right, but a transposed layer crops its padding off the "
            "output, which has only 4 columns: use paddings that add up to at most 3.",
        ),
        ((1, 1, 1), (0, 3), "height is 0, but it must be a whole number of at least 1: use 1."),
        ((1, 1, 1), (3, True), "width is True, but it must be a whole number of at least 1: use 1."),
    ],
)
def test_the_sentence_for_an_input_that_leaves_no_output(
    arguments: tuple[Any, ...], size: tuple[Any, Any], sentence: str
) -> None:
    layer = ConvTranspose2d(*arguments)
    for method in (layer.axes, layer.output_size, layer.equivalent):
        with pytest.raises(LayerError) as caught:
            method(*size)
        assert str(caught.value) == sentence


@given(SIZE, SIZE, AMOUNT, SIZE, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=examples(30))
def test_what_a_sentence_suggests_would_do_and_one_more_would_not(
    kernel: Any, stride: Any, output_padding: Any, dilation: Any, height: int, width: int
) -> None:
    try:
        layer = ConvTranspose2d(1, 1, kernel, stride, 0, output_padding, dilation=dilation)
    except LayerError as error:
        asked = {"stride": stride, "output_padding": output_padding, "dilation": dilation}
        for choice in error.choices:
            (change,) = choice.changes
            ConvTranspose2d(1, 1, kernel, **{**asked, change.parameter: change.value})
        return
    with pytest.raises(LayerError) as caught:
        ConvTranspose2d(1, 1, kernel, stride, (99, 0), layer.output_padding, dilation=dilation).axes(height, width)
    most = caught.value.choices[0].changes[0].value
    for padding, fits in (((most, 0), True), ((most + 1, 0), False)):
        again = ConvTranspose2d(1, 1, kernel, stride, padding, layer.output_padding, dilation=dilation)
        if fits:
            again.axes(height, width)
        else:
            with pytest.raises(LayerError):
                again.axes(height, width)


def test_the_sentence_for_a_weight_the_other_way_round() -> None:
    with pytest.raises(LayerError) as caught:
        forward(ConvTranspose2d(2, 4, 3, bias=False), np.ones((2, 4, 4)), np.ones((4, 2, 3, 3)))
    assert str(caught.value) == (
        "weight is of shape (4, 2, 3, 3), but the layer's is "
        "(in_channels, out_channels // groups, kernel rows, kernel columns): use an array of shape (2, 4, 3, 3)."
    )


def test_arguments_are_torchs_in_order_with_their_defaults() -> None:
    assert ConvTranspose2d(1, 2, 3) == ConvTranspose2d(1, 2, 3, 1, 0, 0, 1, True, 1)
    written = ConvTranspose2d(4, 2, [3, np.int8(2)], [2, 1], [1, 0], (1, 0), np.uint8(2), False, 2)
    plain = ConvTranspose2d(4, 2, (3, 2), (2, 1), (1, 0), (1, 0), 2, False, 2)
    assert written == plain
    assert (hash(written), repr(written)) == (hash(plain), repr(plain))
    assert (plain.kernel, plain.strides, plain.dilations, plain.bias_shape) == ((3, 2), (2, 1), (2, 2), None)
