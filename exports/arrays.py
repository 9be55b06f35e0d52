"""The record of a layer as an .npz file: all its arrays, and a README.txt that explains each."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from stage.model import Stage, arrays_of

_MEANS = {
    "input": "what the windows read, with its padding: (channel, row, column); of a transposed layer, the input itself",
    "slice_sums": "each slice's own sum of a volume's kernel: (output channel, input channel, slice, position)",
    "kernel": "the weights by output channel, input channel of its group, row and column",
    "filters": "the same, the kernels of each filter beside each other: (output channel, row, channel and column)",
    "bias": "one number for each output channel, added to its sum",
    "products": "every weight times what it meets: (output channel, input channel of its group, tap, position)",
    "partial_sums": "each input channel's own sum: (output channel, input channel of its group, row, column)",
    "running_sums": "the partial sums accumulated over the input channels; the last plus the bias is the output",
    "output": "what the layer computes: (channel, row, column)",
    "reads": "the cell of the padded input under each tap at each position, counted row by row: (position, tap)",
    "sources": "the cell of the input that each padded cell is or copies, or -1 where it is neither",
    "cell_kinds": "what each padded cell is: 0 the input's own, 1 padding, 2 a zero put between, 3 added at the end",
    "columns": "what each window reads, as a column (im2col): (channel and tap, position)",
    "matrix": "the whole layer as a matrix: (output value, input value), NaN where no weight stands",
    "flat_input": "every input value in one column",
    "divisors": "by how many cells each window's sum is divided",
    "chosen": "the tap under which each window's largest value stands",
    "scatter_index": "the cell of the uncropped output to which each tap adds at each position: (position, tap)",
    "scattered_sums": "the value of that cell once it was added: (output channel, input channel, tap, position)",
    "uncropped": "the output before its padding is cropped: (channel, row, column)",
    "output_cells": "the cell of the uncropped output that each output cell is",
    "cell_outputs": "the output cell that each cell of the uncropped output is, or -1 where it is cropped",
    "gather_index": "the position whose product each tap adds to each cell of the uncropped output, or -1: (cell, tap)",
    "weight_index": "where in the layer's own weight each weight of `kernel` stands",
    "zero_inserted": "the input of the equivalent convolution, with its padding: (channel, row, column)",
    "inserted_cells": "the cell of that input on which each input value stands",
}

_HEAD = """{title}

The record of one layer on one input, made with Convolution Visualizer{link}
Read it with numpy.load; every number is the one on the page. A position is a place of the window, counted row by row,
and a tap a place of the kernel, counted likewise. In a volume the slice stands before the row.
"""


def npz(stage: Stage, title: str, link: str = "") -> bytes:
    """The arrays of a stage as an .npz file with a README.txt in it that says what each is.

    Where layers follow each other, the names begin with first_, second_ and third_.
    """
    prefixes = ("",) if len(stage.layers) == 1 else ("first_", "second_", "third_")[: len(stage.layers)]
    arrays = {
        (prefix, name): values
        for prefix, view in zip(prefixes, stage.layers, strict=True)
        for name, values in arrays_of(view).items()
    }
    out = BytesIO()
    np.savez_compressed(out, **{prefix + name: _typed(values) for (prefix, name), values in arrays.items()})
    with ZipFile(out, "a") as archive:
        archive.writestr("README.txt", _readme(arrays, _called(stage, prefixes), title, link))
    return out.getvalue()


def _typed(values: NDArray[Any]) -> Any:
    """Numbers of the layer as float64, 0 without a sign; what counts or names cells as whole numbers."""
    return values.astype(np.int64) if values.dtype.kind == "i" else values.astype(np.float64) + 0.0


def _called(stage: Stage, prefixes: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """What a layer calls arrays that are to it what another one is to most layers."""
    return {
        (prefix, name): f"here {own}: "
        for prefix, view in zip(prefixes, stage.layers, strict=True)
        if view.names is not None
        for name, own in view.names.wholes.items()
    }


def _readme(
    arrays: dict[tuple[str, str], NDArray[Any]], called: Mapping[tuple[str, str], str], title: str, link: str
) -> str:
    """What each array is, by which of the layers it is of and by its name."""
    lines = [_HEAD.format(title=title, link=f",\n{link}" if link else ".")]
    for (prefix, name), values in arrays.items():
        lines.append(f"{prefix}{name} {values.shape}\n    {called.get((prefix, name), '')}{_MEANS[name]}")
    return "\n".join(lines) + "\n"
