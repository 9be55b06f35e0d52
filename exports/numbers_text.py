"""One array as a text to copy: for NumPy, for a spreadsheet, or for a page of notes."""

import re
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from engine.arrays import Floats
from kinds.shared.program_text import assigned
from sharing.matrices import exact


def as_numpy(name: str, values: Floats) -> str:
    """The array as NumPy makes it, under its name as far as that can be one of Python's.

    >>> print(as_numpy("kernel", np.array([[1.0, 0.5], [-0.0, 3.0]])))
    kernel = np.array([[1, 0.5],
                       [0, 3]])
    """
    return assigned(re.sub(r"\W", "_", name), "np.array", values + 0.0)


def as_csv(name: str, values: Floats) -> str:
    """The array as a spreadsheet reads it: a row a line, an empty line between matrices.

    >>> print(as_csv("kernel", np.array([[1.0, 0.5], [-0.0, 3.0]])))
    1,0.5
    0,3
    """
    return "\n\n".join("\n".join(",".join(row) for row in matrix) for _, matrix in _matrices(values))


def as_markdown(name: str, values: Floats) -> str:
    """The array as tables of Markdown, each under the index of its matrix, with its rows and columns counted from 0.

    >>> print(as_markdown("kernel", np.array([[1.0, 0.5], [-0.0, 3.0]])))
    kernel
    <BLANKLINE>
    |   | 0 | 1 |
    |---|---|---|
    | 0 | 1 | 0.5 |
    | 1 | 0 | 3 |
    """
    return "\n\n".join(f"{name}{index}\n\n{_table(matrix)}" for index, matrix in _matrices(values))


def _table(matrix: list[list[str]]) -> str:
    head = f"|   | {' | '.join(map(str, range(len(matrix[0]))))} |\n|{'---|' * (len(matrix[0]) + 1)}"
    return "\n".join((head, *(f"| {number} | {' | '.join(row)} |" for number, row in enumerate(matrix))))


def _matrices(values: Floats) -> Iterator[tuple[str, list[list[str]]]]:
    """Each matrix of an array, with its index as it is written after the array's name."""
    whole = np.atleast_2d(values + 0.0)
    for index in np.ndindex(whole.shape[:-2]):
        written = [[exact(value) for value in row] for row in whole[index].tolist()]
        yield "".join(f"[{one}]" for one in index), written


WRITERS: Mapping[str, Callable[[str, Floats], str]] = {"NumPy": as_numpy, "CSV": as_csv, "Markdown": as_markdown}
"""How an array can be written, by what people call it."""
