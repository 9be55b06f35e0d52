"""Matrices as text: reads what a person types for the input, the kernel and the bias, and writes it."""

import re
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import LayerError, use
from sharing.errors import TextCode

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
    said = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    try:
        value = float(text.strip().replace("\u2212", "-"))
    except ValueError:
        raise LayerError(TextCode.NOT_A_NUMBER, parameter, said) from None
    if value != value:
        raise LayerError(TextCode.NAN, parameter, said, choices=use(parameter, 0))
    if not isfinite(value) or abs(value) > LARGEST_VALUE:
        choices = use(parameter, -LARGEST_VALUE if value < 0 else LARGEST_VALUE)
        raise LayerError(TextCode.VALUE_TOO_LARGE, parameter, said, choices=choices, most=LARGEST_VALUE)
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
        raise LayerError(TextCode.TEXT_TOO_LONG, parameter, len(text), most=LONGEST_TEXT)
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
        raise LayerError(TextCode.TEXT_EMPTY, parameter, text)
    _check_even(parameter, [matrix for channels in filters for matrix in channels])
    if len({len(channels) for channels in filters}) > 1:
        counts = tuple(len(channels) for channels in filters)
        raise LayerError(TextCode.FILTERS_UNEVEN, parameter, counts, matrices=counts[0])
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
        variant = "of_matrix" if len(matrices) > 1 else ""
        for number, row in enumerate(matrix):
            if len(row) != columns:
                places: dict[str, Any] = {"row": number + 1, "matrix": index + 1, "columns": columns}
                raise LayerError(TextCode.ROW_RAGGED, parameter, len(row), variant, **places)
        if len(matrix) != rows:
            raise LayerError(TextCode.MATRIX_UNEVEN, parameter, len(matrix), matrix=index + 1, rows=rows)


def write(filters: NDArray[np.float64]) -> str:
    """Write matrices, (filters, channels, rows, columns), so that `parse` reads the same numbers back.

    >>> print(write(np.array([[[[1.0, 0.0], [2.5, 1.0]]]])))
    1    0
    2.5  1
    """
    return "\n---\n".join("\n\n".join(_written(matrix) for matrix in channels) for channels in filters)


def _written(matrix: NDArray[np.float64]) -> str:
    words = [[exact(value) for value in row] for row in matrix.tolist()]
    width = max(len(word) for row in words for word in row)
    return "\n".join("  ".join(word.ljust(width) for word in row).rstrip() for row in words)


def exact(value: float) -> str:
    """Write a number so that it can be read back without a loss: a whole one without a point.

    >>> exact(-2.0), exact(0.1)
    ('-2', '0.1')
    """
    return str(int(value)) if value == int(value) else repr(value)
