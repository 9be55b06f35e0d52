"""Matrices as text: reads what a person types for the input, the kernel and the bias, and writes it."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import LayerError, use
from sharing.errors import TextCode
from sharing.roles import BY_ALL_AXES, Naming

LARGEST_VALUE = 1_000_000
"""Products of two such values and sums of all a page can show stay below 2**53, where float64 still counts in ones."""

LONGEST_TEXT = 100_000

_LONGEST_QUOTE = 24

Matrix = list[list[float]]


@dataclass(frozen=True)
class Cell:
    """One value of an array as text: its filter, channel, row and column, and the shape of all of them.

    >>> from sharing.roles import BIAS
    >>> Cell("kernel", (0, 0, 2, 1), (1, 1, 3, 3)).name, Cell("kernel", (1, 0, 2, 1), (2, 1, 3, 3)).name
    ('kernel[2, 1]', 'kernel[1, 0, 2, 1]')
    >>> Cell("input", (0, 1, 2, 0), (1, 3, 4, 4)).name, Cell("bias", (0, 0, 0, 2), (1, 1, 1, 4), BIAS.naming).name
    ('input[1, 2, 0]', 'bias[2]')
    """

    parameter: str
    index: tuple[int, int, int, int]
    shape: tuple[int, int, int, int]
    naming: Naming = BY_ALL_AXES

    @property
    def name(self) -> str:
        """Its index, without the filter where there is one only, and without the channel where there is one only."""
        axes = list(self.naming.axes)
        while len(axes) > self.naming.dimensions and self.shape[axes[0]] == 1:
            del axes[0]
        return f"{self.parameter}[{', '.join(str(self.index[axis]) for axis in axes)}]"


def parse_number(cell: Cell, text: str) -> float:
    """Read the number of a cell; LayerError if it is none, not finite, or larger than `LARGEST_VALUE`.

    >>> parse_number(Cell("bias", (0, 0, 0, 0), (1, 1, 1, 1)), "-1.5")
    -1.5
    """
    said = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
    parameter = cell.parameter
    where: dict[str, Any] = {"cell": cell.name, "row": cell.index[2], "column": cell.index[3]}
    try:
        value = float(text.strip().replace("\u2212", "-"))
    except ValueError:
        raise LayerError(TextCode.NOT_A_NUMBER, parameter, said, **where) from None
    if value != value:
        raise LayerError(TextCode.NAN, parameter, said, choices=use(parameter, 0), **where)
    if not isfinite(value) or abs(value) > LARGEST_VALUE:
        choices = use(parameter, -LARGEST_VALUE if value < 0 else LARGEST_VALUE)
        raise LayerError(TextCode.VALUE_TOO_LARGE, parameter, said, choices=choices, most=LARGEST_VALUE, **where)
    return value


def parse(parameter: str, text: str, naming: Naming = BY_ALL_AXES) -> NDArray[np.float64]:
    """Read matrices, (filters, channels, rows, columns), from text.

    A line is a row, an empty line stands between channels and --- between filters; nested lists, as Python and NumPy
    print them, are read as well. Numbers stand apart by spaces, commas or semicolons; all after a # is passed over.
    LayerError where the text is empty, ragged, too long or holds something that is no number.

    >>> parse("kernel", "1 0\\n2 1").tolist()
    [[[[1.0, 0.0], [2.0, 1.0]]]]
    """
    if len(text) > LONGEST_TEXT:
        raise LayerError(TextCode.TEXT_TOO_LONG, parameter, len(text), most=LONGEST_TEXT)
    filters = [
        channels for channels in map(_words, _BETWEEN_FILTERS.split(_BETWEEN_LISTS.sub(_break, text))) if channels
    ]
    if not filters:
        raise LayerError(TextCode.TEXT_EMPTY, parameter, text)
    numbers = _numbers(parameter, filters, naming)
    _check_even(parameter, [matrix for channels in numbers for matrix in channels])
    if len({len(channels) for channels in numbers}) > 1:
        counts = tuple(len(channels) for channels in numbers)
        raise LayerError(TextCode.FILTERS_UNEVEN, parameter, counts, matrices=counts[0])
    return np.array(numbers)


def _words(part: str) -> list[list[list[str]]]:
    """The words of one filter: those of each row of each matrix."""
    matrices: list[list[list[str]]] = [[]]
    for line in part.splitlines():
        words = line.split("#")[0].translate(_SEPARATORS).split()
        if words:
            matrices[-1].append(words)
        elif not line.strip():
            matrices.append([])
    return [matrix for matrix in matrices if matrix]


def _numbers(parameter: str, filters: list[list[list[list[str]]]], naming: Naming) -> list[list[Matrix]]:
    """Every word as the number that it is; a text may be uneven, and so may its numbers."""
    channels = max(map(len, filters))
    matrices = [matrix for of_filter in filters for matrix in of_filter]
    shape = len(filters), channels, max(map(len, matrices)), max(len(row) for matrix in matrices for row in matrix)

    def number(word: str, index: tuple[int, int, int, int]) -> float:
        return parse_number(Cell(parameter, index, shape, naming), word)

    return [
        [
            [[number(word, (f, c, y, x)) for x, word in enumerate(row)] for y, row in enumerate(matrix)]
            for c, matrix in enumerate(of_filter)
        ]
        for f, of_filter in enumerate(filters)
    ]


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
