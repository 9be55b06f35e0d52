"""The words under the stage, against loops over the windows and PyTorch's sizes."""

import re
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from engine import AvgPool2d, Axis, Conv2d, MaxPool2d, PaddingMode, Trace, record
from kinds.pooling.words import plain_pooled_size
from kinds.pooling.words import plain_size_text as pooled_size_text
from kinds.pooling.words import size_text as pooled_general_text
from kinds.shared.window_words import plain_size, plain_size_text, size_formula, summary, unused_cells_sentence
from tests.draws import examples
from tests.engine.strategies import Case, cases, pooling_cases, sides_of, torch_output, torch_padded, torch_pooled
from tests.stage.strategies import stage_cases


def value(side: str) -> Fraction:
    """Work out one side of the formula as a reader would, with exact fractions."""
    python = (
        side.replace("⌊", "floor(")
        .replace("⌈", "ceil(")
        .replace("⌋", ")")
        .replace("⌉", ")")
        .replace("−", "-")
        .replace("·", "*")
    )
    exact = re.sub(r"[\d.]+", lambda number: f"Fraction('{number[0]}')", python)
    return Fraction(eval(exact, {"floor": floor, "ceil": ceil, "Fraction": Fraction}))


@given(cases())
@settings(max_examples=examples(15))
def test_every_side_of_the_formula_is_pytorchs_size(case: Case) -> None:
    trace, expected = record(*case.arguments), torch_output(case).shape[1:]
    for axis, size in zip(trace.axes, expected, strict=True):
        assert [value(side) for side in size_formula(axis).split(" = ")] == [size] * 4
        plain, *span = plain_size(axis).split(", where the window spans ")
        assert {value(side) for side in plain.split(" = ")} == {size}
        assert [value(side) for one in span for side in one.split(" = ")] == [axis.extent] * 2 * len(span)


@given(pooling_cases(MaxPool2d))
@settings(max_examples=examples(15))
def test_every_side_of_a_pooling_layers_formula_is_pytorchs_size(case: tuple[MaxPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    sides = sides_of(layer, *x.shape[1:])
    for axis, (_, after), size in zip(layer.axes(*x.shape[1:]), sides, torch_pooled(layer, x).shape[1:], strict=True):
        plain, *span = plain_pooled_size(layer, axis, after).split(", where the window spans ")
        plain, *less = plain.split(", less the last, which would start behind the input: ")
        assert {value(side) for side in plain.split(" = ")} == {size + len(less)}
        assert [value(side) for side in less] == [size] * len(less)
        assert [value(side) for one in span for side in one.split(" = ")] == [axis.extent] * 2 * len(span)


def test_every_number_of_the_layer_is_in_the_formula() -> None:
    axis = Axis(length=20, before=3, after=4, kernel=5, stride=6, dilation=2, mode=PaddingMode.ZEROS)
    expected = "⌊(20 + 3 + 4 − 2·(5 − 1) − 1) / 6⌋ + 1 = ⌊18 / 6⌋ + 1 = ⌊3⌋ + 1 = 4"
    assert size_formula(axis) == expected


@given(cases(most_channels=1))
@settings(max_examples=examples(15))
def test_the_lines_that_are_never_read_are_those_no_window_touches(case: Case) -> None:
    layer, (_, height, width) = case.layer, torch_output(case).shape
    expected = []
    for word, size, length, axis in (("row", height, 1, 0), ("column", width, 2, 1)):
        read = {
            y * layer.strides[axis] + i * layer.dilations[axis] for y in range(size) for i in range(layer.kernel[axis])
        }
        expected.append((word, [line for line in range(torch_padded(case).shape[length]) if line not in read]))
    sentence = unused_cells_sentence(record(*case.arguments))
    for word, lines in expected:
        named = re.search(rf"\b{word}s? ((?:\d+(?:, | and )?)+)", sentence)
        assert ([int(number) for number in re.findall(r"\d+", named[1])] if named else []) == lines


def trace(height: int, width: int, **arguments: object) -> Trace:
    layer = Conv2d(1, 1, 1, bias=False, **arguments)
    return record(layer, np.zeros((1, height, width)), np.zeros(layer.weight_shape))


@pytest.mark.parametrize(
    ("size", "stride", "sentence"),
    [
        ((3, 3), 1, "Every row and column of the padded input is read."),
        ((2, 1), 2, "Never read: row 1 of the padded input is hatched on the stage (counted from 0)."),
        ((1, 2), 2, "Never read: column 1 of the padded input is hatched on the stage (counted from 0)."),
        ((2, 2), 2, "Never read: row 1 and column 1 of the padded input are hatched on the stage (counted from 0)."),
        (
            (4, 3),
            4,
            "Never read: rows 1, 2 and 3 and columns 1 and 2 of the padded input are hatched on the stage "
            "(counted from 0).",
        ),
    ],
)
def test_the_sentence_about_what_is_never_read(size: tuple[int, int], stride: int, sentence: str) -> None:
    assert unused_cells_sentence(trace(*size, stride=stride)) == sentence


@given(stage_cases())
@settings(max_examples=examples(6))
def test_a_summary_counts_what_pytorch_makes(case: Case) -> None:
    inputs, outputs = case.x.shape, torch_output(case).shape
    terms = case.weight[0].size
    sentence = summary(record(*case.arguments))
    size = "{} {} of {}×{}"
    shown = [size.format(c, "channel" if c == 1 else "channels", h, w) for c, h, w in (inputs, outputs)]
    start = f"{shown[0]} in, {shown[1]} out: "
    assert sentence.startswith(start)
    assert {f"{terms:,}", f"{np.prod(outputs) * terms:,}"} <= set(re.findall(r"[\d,]*\d", sentence.removeprefix(start)))
    assert ("bias" in sentence) is (case.bias is not None)


@pytest.mark.parametrize(
    ("padding", "shared"),
    [
        ("same_upper", "(3 − 1)·2 + 3 − 6 = 1: 0 before, 1 after"),
        ("same_lower", "(3 − 1)·2 + 3 − 6 = 1: 1 before, 0 after"),
    ],
)
def test_same_says_in_numbers_how_it_pads(padding: str, shared: str) -> None:
    layer = Conv2d(1, 1, 3, stride=2, padding=padding, bias=False)
    (_, said) = plain_size_text(record(layer, np.ones((1, 6, 6)), np.ones((1, 1, 3, 3))))
    assert said.startswith(f"**{padding}** makes ⌈input / stride⌉ outputs")
    assert said.endswith(f"rows and columns: {shared}")


@pytest.mark.parametrize(
    ("arguments", "is_said"),
    [
        ({"padding": "same_upper"}, True),
        ({"padding": "same_upper", "count_include_pad": False}, False),
        ({"padding": "same_lower"}, False),
        ({"padding": 1}, False),
    ],
)
def test_a_mean_that_is_not_tensorflows_says_so(arguments: dict[str, object], is_said: bool) -> None:
    text = "\n".join(pooled_size_text(record(AvgPool2d(3, 2, **arguments), np.ones((1, 4, 4)))))
    assert ("TensorFlow and Keras leave the padding out of the mean" in text) is is_said


def test_a_pooling_layer_of_sides_adds_them_up_one_by_one() -> None:
    uneven = pooled_general_text(record(MaxPool2d(2, 2, ((0, 1), (0, 1))), np.ones((1, 4, 4))))
    assert "input + padding before + after" in uneven[0]
    assert "rows: ⌊(4 + 0 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊1.5⌋ + 1 = 2" in uneven[0]
