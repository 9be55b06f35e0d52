"""A trace as steps to show: which cells each multiply joins, and the numbers that belong to it.

A step is a place in four nested loops (filter, position, channel, tap), and the record has a number for every place.
The browser looks numbers up; it computes none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Trace
from stage.encoding import encode
from stage.figure import largest


def reads(trace: Trace) -> NDArray[np.int64]:
    """The padded cell under each tap at each position: (positions, taps), cells counted row by row.

    >>> from engine import Conv2d, record
    >>> layer = Conv2d(1, 1, 2, bias=False)
    >>> reads(record(layer, np.zeros((1, 3, 3)), np.zeros((1, 1, 2, 2)))).tolist()
    [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    """
    rows, columns = trace.axes
    taps = np.add.outer(np.array(rows.offsets) * columns.padded, np.array(columns.offsets)).ravel()
    corners = trace.positions[:, 0] * columns.padded + trace.positions[:, 1]
    cells: NDArray[np.int64] = np.add.outer(corners, taps)
    return cells


def sources(trace: Trace) -> NDArray[np.int64]:
    """The input cell each padded cell copies, or -1 where the padding is zero: (padded rows * padded columns,)."""
    rows, columns = (np.array(axis.sources) for axis in trace.axes)
    cells = np.add.outer(rows * trace.input.shape[2], columns)
    return np.where(np.logical_and.outer(rows >= 0, columns >= 0), cells, -1).ravel()


def steps(trace: Trace) -> dict[str, Any]:
    """Everything the player looks up while it plays: the loops, the numbers at each place, and who reads whom."""
    rows, columns = trace.axes
    out_channels, in_channels, taps, positions = trace.products.shape
    bias = {} if trace.bias is None else {"bias": trace.bias}
    sums = (trace.partial_sums, trace.running_sums, trace.output, *bias.values())
    return {
        "loops": {"filters": out_channels, "positions": positions, "channels": in_channels, "taps": taps},
        "padded": [rows.padded, columns.padded],
        "inside": [rows.before, columns.before, rows.length, columns.length],
        "unread": [list(rows.unread), list(columns.unread)],
        "ends": {
            "input": largest(trace.input),
            "kernel": largest(trace.weight),
            "products": largest(trace.products),
            "sums": largest(*sums),
            "output": largest(trace.output),
        },
        "arrays": {
            "reads": encode(reads(trace)),
            "sources": encode(sources(trace)),
            "input": encode(trace.padded),
            "kernel": encode(trace.weight),
            "products": encode(trace.products),
            "partial": encode(trace.partial_sums),
            "sum": encode(trace.running_sums),
            "output": encode(trace.output),
        }
        | {name: encode(values) for name, values in bias.items()},
    }
