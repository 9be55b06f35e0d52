"""The input of the convolution that equals a transposed one, as a picture: what each of its cells is."""

from dataclasses import dataclass

import numpy as np

from engine import TransposedAxis, TransposedTrace
from engine.arrays import Floats
from stage.model import CellKind, Indices, Kinds
from stage.windows_view import window_reads

_FROM_THE_INSIDE = (CellKind.INPUT, CellKind.INSERTED, CellKind.PADDING, CellKind.EXTRA)
"""Of the kinds of a cell's row and of its column, the one further out is the cell's."""


@dataclass(frozen=True, eq=False)
class ZeroInserted:
    """What the equivalent convolution reads, with its padding; cells are counted row by row.

    - `values` (in_channels, rows, columns);
    - `cell_kinds` (cells,) is what each cell is, `sources` (cells,) the cell of the layer's input it holds, or -1;
    - `reads` (output cells, taps) is the cell under each tap of the flipped kernel in each window.
    """

    values: Floats
    cell_kinds: Kinds
    sources: Indices
    reads: Indices


def zero_inserted(trace: TransposedTrace) -> ZeroInserted:
    """What the convolution reads that equals the layer of a record.

    >>> from engine import ConvTranspose2d, record
    >>> seen = zero_inserted(record(ConvTranspose2d(1, 1, 2, 2, bias=False), [[[5, 6]]], [[[[1, 1], [1, 1]]]]))
    >>> seen.values[0, 1].tolist(), seen.cell_kinds.reshape(3, 5)[1].tolist(), seen.sources.reshape(3, 5)[1].tolist()
    ([0.0, 5.0, 0.0, 6.0, 0.0], [1, 0, 2, 0, 1], [-1, 0, -1, 1, -1])
    """
    axes = trace.axes
    (row_kinds, rows), (column_kinds, columns) = map(_along, axes)
    kinds = np.array(_FROM_THE_INSIDE, np.int8)[np.maximum.outer(row_kinds, column_kinds)].ravel()
    sources = np.where(kinds == CellKind.INPUT, np.add.outer(rows * axes[1].length, columns).ravel(), -1)
    values = np.zeros((len(trace.input), len(rows), len(columns)))
    flat, held = values.reshape(len(values), -1), kinds == CellKind.INPUT
    flat[:, held] = trace.input.reshape(len(values), -1)[:, sources[held]]
    return ZeroInserted(values, kinds, sources, window_reads((axes[0].convolved, axes[1].convolved)))


def _along(axis: TransposedAxis) -> tuple[Indices, Indices]:
    """Along one direction of the padded cells: each one's place in `_FROM_THE_INSIDE`, and its place in the input."""
    convolved, reach = axis.convolved, max(0, axis.extent - 1 - axis.after)
    found = np.full(convolved.padded, _FROM_THE_INSIDE.index(CellKind.EXTRA))
    spread = np.arange(convolved.padded) - convolved.before + axis.cropped_range.start
    end = convolved.before + convolved.length
    found[: convolved.before] = found[end : end + reach] = _FROM_THE_INSIDE.index(CellKind.PADDING)
    within = np.arange(convolved.padded) - convolved.before
    kept = (within >= 0) & (within < convolved.length) & (spread < axis.inserted)
    found[kept] = np.where(
        spread[kept] % axis.stride, *map(_FROM_THE_INSIDE.index, (CellKind.INSERTED, CellKind.INPUT))
    )
    return found, spread // axis.stride
