"""Matrices as text: what a person types for the input, the kernel and the bias, read with care and written back."""

import re
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from engine import LayerError

LARGEST_VALUE = 1_000_000
"""Products of two such values and sums of all a page can show stay below 2**53, where float64 still counts in ones."""

LONGEST_TEXT = 100_000

_LONGEST_QUOTE = 24

Matrix = list[list[float]]


def parse_number(parameter: str, text: str) -> float:
    """Read one number; LayerError if it is none, not finite, or larger than `LARGEST_VALUE`.

    >>> parse_number("input", "-1.5")
    -1.5
    """
    quoted = f"“{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + '…'}”"
    rule, nearest = "every value must be a number", "use digits, such as 3, -1 or 0.5"
    try:
        value = float(text.strip().replace("\u2212", "-"))
    except ValueError:
        raise LayerError(parameter, quoted, rule, nearest) from None
    if value != value:
        raise LayerError(parameter, quoted, f"{rule}, and NaN makes every sum it enters NaN", "use 0")
    if not isfinite(value) or abs(value) > LARGEST_VALUE:
        rule = f"values go up to {LARGEST_VALUE:,} so that every sum stays exact"
        raise LayerError(parameter, quoted, rule, f"use {'-' if value < 0 else ''}{LARGEST_VALUE}")
    return value


def parse(parameter: str, text: str) -> NDArray[np.float64]:
    """Read matrices, (filters, channels, rows, columns), from text.

    A line is a row, an empty line stands between channels and --- between filters; nested lists, as Python and NumPy
    print them, are read as well. Numbers stand apart by spaces, commas or semicolons; all after a # is passed over.
    LayerError where the text is empty, ragged, too long or holds something that is no number.

    >>> parse("kernel", "1 0\\n2 1").tolist()
    [[[[1.0, 0.0], [2.0, 1.0]]]]
    """
    if len(text) > LONGEST_TEXT:
        given, rule = f"{len(text):,} characters long", f"this page reads at most {LONGEST_TEXT:,}"
        raise LayerError(parameter, given, rule, "type fewer or shorter numbers")
    filters: list[list[Matrix]] = []
    for part in _BETWEEN_FILTERS.split(_BETWEEN_LISTS.sub(_break, text)):
        matrices: list[Matrix] = [[]]
        for line in part.splitlines():
            words = line.split("#")[0].translate(_SEPARATORS).split()
            if words:
                matrices[-1].append([parse_number(parameter, word) for word in words])
            elif not line.strip():
                matrices.append([])
        filters.append([matrix for matrix in matrices if matrix])
    filters = [channels for channels in filters if channels]
    if not filters:
        raise LayerError(parameter, "empty", "it needs at least one number", "type rows of numbers, such as 1 0 2")
    _check_even(parameter, [matrix for channels in filters for matrix in channels])
    if len({len(channels) for channels in filters}) > 1:
        given = "uneven: its filters have " + ", ".join(str(len(channels)) for channels in filters) + " matrices"
        raise LayerError(parameter, given, "every filter has one for each channel", f"give each {len(filters[0])}")
    return np.array(filters)


# Both patterns are bounded, so that no text makes them search for long.
_BETWEEN_FILTERS = re.compile(r"^[^\S\n]{0,80}-{2,80}[^\S\n]{0,80}$", re.MULTILINE)
_BETWEEN_LISTS = re.compile(r"((?:[\])]\s{0,8}){1,4}),?\s{0,8}[\[(]")
_SEPARATORS = str.maketrans(dict.fromkeys(",;[]()\t", " "))


def _break(between: re.Match[str]) -> str:
    """What the end of a list and the start of the next stand for: a new row, channel or filter."""
    lists_ended = len("".join(between[1].split()))
    return {1: "\n", 2: "\n\n"}.get(lists_ended, "\n---\n")


def _check_even(parameter: str, matrices: list[Matrix]) -> None:
    rows, columns = len(matrices[0]), len(matrices[0][0])
    for index, matrix in enumerate(matrices):
        where = f" of matrix {index + 1}" if len(matrices) > 1 else ""
        for number, row in enumerate(matrix):
            if len(row) != columns:
                given = f"ragged: row {number + 1}{where} has {_count(len(row), 'value')} and row 1 has {columns}"
                rule = "every row must have the same number of values"
                raise LayerError(parameter, given, rule, f"give row {number + 1} {_count(columns, 'value')}")
        if len(matrix) != rows:
            given = f"uneven: matrix {index + 1} has {_count(len(matrix), 'row')} and matrix 1 has {rows}"
            rule = "every matrix must have the same number of rows"
            raise LayerError(parameter, given, rule, f"give matrix {index + 1} {_count(rows, 'row')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def write(filters: NDArray[np.float64]) -> str:
    """Write matrices, (filters, channels, rows, columns), so that `parse` reads the same numbers back.

    >>> print(write(np.array([[[[1.0, 0.0], [2.5, 1.0]]]])))
    1    0
    2.5  1
    """
    return "\n---\n".join("\n\n".join(_written(matrix) for matrix in channels) for channels in filters)


def _written(matrix: NDArray[np.float64]) -> str:
    words = [[_number(value) for value in row] for row in matrix.tolist()]
    width = max(len(word) for row in words for word in row)
    return "\n".join("  ".join(word.ljust(width) for word in row).rstrip() for row in words)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
