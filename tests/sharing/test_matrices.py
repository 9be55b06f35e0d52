"""Text is read as a person means it, written so that it reads back, and refused in a sentence."""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from engine import LayerError
from sharing.matrices import LARGEST_VALUE, Cell, parse, parse_number, write

VALUES = st.floats(-LARGEST_VALUE, LARGEST_VALUE) | st.integers(-LARGEST_VALUE, LARGEST_VALUE).map(float)
ALONE = Cell("bias", (0, 0, 0, 0), (1, 1, 1, 1))
FILTERS = arrays(np.float64, array_shapes(min_dims=4, max_dims=4, max_side=4), elements=VALUES)


def refusal(text: str, parameter: str = "input") -> str:
    with pytest.raises(LayerError) as caught:
        parse(parameter, text)
    return str(caught.value)


@given(FILTERS)
def test_what_is_written_reads_back_as_the_same_numbers(filters: NDArray[np.float64]) -> None:
    read = parse("kernel", write(filters))
    assert read.shape == filters.shape
    np.testing.assert_array_equal(read, filters)


@given(FILTERS)
def test_columns_of_what_is_written_stand_under_each_other(filters: NDArray[np.float64]) -> None:
    for matrix in write(filters).replace("\n---\n", "\n\n").split("\n\n"):
        starts = {tuple(word.start() for word in re.finditer(r"\S+", line)) for line in matrix.split("\n")}
        assert len(starts) == 1


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("5", [[[[5]]]]),
        ("1 0\n2 1", [[[[1, 0], [2, 1]]]]),
        ("1, 0\n2, 1", [[[[1, 0], [2, 1]]]]),
        ("1;0\n2\t1", [[[[1, 0], [2, 1]]]]),
        ("[[1, 0],\n [2, 1]]", [[[[1, 0], [2, 1]]]]),
        ("(1, 0),\r\n(2, 1)\r\n", [[[[1, 0], [2, 1]]]]),
        ("  1   0  \n  2   1  ", [[[[1, 0], [2, 1]]]]),
        ("\n\n1 0\n2 1\n\n\n", [[[[1, 0], [2, 1]]]]),
        ("1 2\n\n3 4", [[[[1, 2]], [[3, 4]]]]),
        ("1 2\n \t \n\n3 4", [[[[1, 2]], [[3, 4]]]]),
        ("1 2\n---\n3 4", [[[[1, 2]]], [[[3, 4]]]]),
        ("1 2\n--\n3 4\n-----\n5 6", [[[[1, 2]]], [[[3, 4]]], [[[5, 6]]]]),
        ("1\n\n2\n---\n3\n\n4", [[[[1]], [[2]]], [[[3]], [[4]]]]),
        ("\n---\n1 2\n---\n", [[[[1, 2]]]]),
        ("# the corners\n1 0 # top\n2 1", [[[[1, 0], [2, 1]]]]),
        ("1 0\n# between\n2 1", [[[[1, 0], [2, 1]]]]),
        ("-1.5 +2 .5 3.", [[[[-1.5, 2, 0.5, 3]]]]),
        ("1e3 -2E-2", [[[[1000, -0.02]]]]),
        ("−3 4", [[[[-3, 4]]]]),
        ("١٢ ３", [[[[12, 3]]]]),
        ("1_000", [[[[1000]]]]),
        ("1000000 -1000000", [[[[1_000_000, -1_000_000]]]]),
    ],
)
def test_text_reads_as_a_person_means_it(text: str, filters: list[object]) -> None:
    assert parse("kernel", text).tolist() == filters


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---", "\n--\n---\n", "[]", ",;", "# nothing"])
def test_text_without_a_number_is_empty(text: str) -> None:
    assert refusal(text) == "input is empty, but it needs at least one number: type rows of numbers, such as 1 0 2."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "1 2\n3",
            "input is ragged: row 2 has 1 value and row 1 has 2, but every row must have the same number of values: "
            "give row 2 2 values.",
        ),
        (
            "1\n2\n3 4",
            "input is ragged: row 3 has 2 values and row 1 has 1, but every row must have the same number of values: "
            "give row 3 1 value.",
        ),
        (
            "1 2\n\n3 4 5",
            "input is ragged: row 1 of matrix 2 has 3 values and row 1 has 2, but every row must have the same number "
            "of values: give row 1 2 values.",
        ),
        (
            "1 2\n3 4\n\n5 6",
            "input is uneven: matrix 2 has 1 row and matrix 1 has 2, but every matrix must have the same number of "
            "rows: give matrix 2 2 rows.",
        ),
        (
            "1\n\n2\n---\n3",
            "input is uneven: its filters have 2, 1 matrices, but every filter has one for each channel: give each 2.",
        ),
    ],
)
def test_text_that_cannot_be_read_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


FIRST = "input[0, 0] (row 0, column 0)"
NO_NUMBER = "every value must be a number: use digits, such as 3, -1 or 0.5."
TOO_LARGE = "values go up to 1,000,000 so that every sum stays exact: use {}."


@pytest.mark.parametrize(
    ("text", "cell", "said", "reason"),
    [
        ("1 two", "input[0, 1] (row 0, column 1)", "two", NO_NUMBER),
        ("1 2\n3 a", "input[1, 1] (row 1, column 1)", "a", NO_NUMBER),
        ("1 2\n\nb 4", "input[1, 0, 0] (row 0, column 0)", "b", NO_NUMBER),
        ("1 2\n---\n3 4\n5 c", "input[1, 0, 1, 1] (row 1, column 1)", "c", NO_NUMBER),
        ("[[[1], [2]], [[d], [4]]]", "input[1, 0, 0] (row 0, column 0)", "d", NO_NUMBER),
        ("-", FIRST, "-", NO_NUMBER),
        ("0x10", FIRST, "0x10", NO_NUMBER),
        ("1/2", FIRST, "1/2", NO_NUMBER),
        ("½", FIRST, "½", NO_NUMBER),
        ("x" * 40, FIRST, "x" * 24 + "…", NO_NUMBER),
        ("nan", FIRST, "nan", "every value must be a number, and NaN makes every sum it enters NaN: use 0."),
        ("inf", FIRST, "inf", TOO_LARGE.format(1000000)),
        ("−Infinity", FIRST, "−Infinity", TOO_LARGE.format(-1000000)),
        ("1000001", FIRST, "1000001", TOO_LARGE.format(1000000)),
        ("-1e9", FIRST, "-1e9", TOO_LARGE.format(-1000000)),
        ("1e999", FIRST, "1e999", TOO_LARGE.format(1000000)),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_the_name_of_its_cell(
    text: str, cell: str, said: str, reason: str
) -> None:
    assert refusal(text) == f"{cell} is “{said}”, but {reason}"


@pytest.mark.parametrize("parameter", ["input", "kernel", "bias"])
def test_a_refusal_names_what_was_typed_into(parameter: str) -> None:
    assert refusal("", parameter).startswith(f"{parameter} is empty")


@given(st.text())
@example("1\x0c2 3")
@example("1\u20282 3")
@example("1\x002")
@example("\ud800")
@example("1__0")
@example("9" * 5000)
@example("--\n--")
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    with suppress(LayerError):
        assert np.abs(parse("input", text)).max() <= LARGEST_VALUE


@given(st.text(alphabet="0123456789.,;-+e_ \n\r\t[]()#naif−\x0b\x1c\x85\u2028٣"))
@example("1 2\r--\r3 4")
def test_what_looks_like_numbers_is_read_or_refused_and_never_breaks(text: str) -> None:
    with suppress(LayerError):
        read = parse("input", text)
        assert read.ndim == 4
        assert np.isfinite(read).all()


@given(FILTERS, st.sampled_from([" ", ",", ", ", ";", "\t", "  "]), st.sampled_from(["\n", "\r\n"]))
def test_separators_are_a_matter_of_taste(filters: NDArray[np.float64], between: str, end: str) -> None:
    text = f"{end}---{end}".join(
        f"{end}{end}".join(end.join(between.join(map(repr, row)) for row in matrix) for matrix in channels)
        for channels in filters.tolist()
    )
    np.testing.assert_array_equal(parse("kernel", text), filters)


@given(VALUES)
def test_one_number_reads_back(value: float) -> None:
    assert parse_number(ALONE, f" {value!r} ") == value


@pytest.mark.parametrize("text", ["", " ", "1 2", "[1]", "1,5", "--1", "1e", "e1", "_1", "1__0"])
def test_one_number_is_refused_where_there_is_not_exactly_one(text: str) -> None:
    with pytest.raises(LayerError, match="every value must be a number"):
        parse_number(ALONE, text)


def test_a_very_long_text_is_read() -> None:
    row = " ".join(["7"] * 200)
    assert parse("input", "\n".join([row] * 200)).shape == (1, 1, 200, 200)


def test_very_many_empty_lines_do_not_hang_the_page() -> None:
    # Read once, these lines take no time. Read again from each of them, they take minutes.
    program = "from sharing.matrices import parse; print(parse('input', '1' + chr(10) * 99_000 + '2').tolist())"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, timeout=120, check=True)
    assert done.stdout.decode().strip() == "[[[[1.0]], [[2.0]]]]"


@pytest.mark.parametrize(
    "text",
    ["[[1, 2], [3, 4]]", "[[1 2]\n [3 4]]", "tensor([[1., 2.],\n        [3., 4.]])"[7:-1], "((1, 2), (3, 4))"],
    ids=["list", "numpy", "tensor", "tuples"],
)
def test_nested_lists_are_read_as_they_are_printed(text: str) -> None:
    assert parse("input", text).tolist() == [[[[1, 2], [3, 4]]]]


@given(arrays(np.float64, array_shapes(min_dims=4, max_dims=4, max_side=3), elements=st.integers(-9, 9)))
def test_four_nested_lists_are_filters_channels_rows_and_columns(array: NDArray[np.float64]) -> None:
    assert parse("kernel", str(array.tolist())).tolist() == array.tolist()
    assert parse("kernel", np.array2string(array)).tolist() == array.tolist()


def test_a_text_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(LayerError) as caught:
        parse("input", "1 " * 50_001)
    assert str(caught.value) == (
        "input is 100,002 characters long, but this page reads at most 100,000: type fewer or shorter numbers."
    )
