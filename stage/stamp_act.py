"""A transposed convolution to play: its stamps as they land, and each output as it is gathered from them.

A step is a stamp, a single product of one, or an output; the browser has a number for each, and computes none.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import TransposedTrace, as_matrix
from stage.act import Cells, Floats, largest
from stage.encoding import encode
from stage.zero_inserted import ZeroInserted


@dataclass(frozen=True, eq=False)
class StampAct:
    """One transposed layer to play; its shapes are those of a TransposedTrace.

    `zeros` is what the equivalent convolution reads and `matrix` (output values, input values) the layer's matrix, NaN
    where no tap lands; they are None where they are not shown.
    """

    trace: TransposedTrace
    zeros: ZeroInserted | None = None
    matrix: Floats | None = None

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Output channels, input channels that each reads, taps, and positions."""
        filters, channels, taps, positions = self.trace.products.shape
        return filters, channels, taps, positions

    @cached_property
    def cells(self) -> Cells:
        """The cell of the uncropped output that each output cell is, (output cells,)."""
        rows, columns = self.trace.axes
        down, across = (np.arange(axis.output) + axis.padding for axis in (rows, columns))
        return np.add.outer(down * columns.uncropped, across).ravel()

    @cached_property
    def gathered(self) -> Cells:
        """The position whose stamp lands each tap on each uncropped cell, or -1: (uncropped cells, taps)."""
        rows, columns = self.trace.axes
        found = np.full((rows.uncropped * columns.uncropped, self.shape[2]), -1)
        for tap, cells in enumerate(self.trace.landings.T):
            found[cells, tap] = np.arange(len(cells))
        return found

    def by_filter(self, values: NDArray[Any]) -> NDArray[Any]:
        """An array of the weight's shape by output channel, (out_channels, c, taps)."""
        filters, channels, taps, _ = self.shape
        grouped = values.reshape(self.trace.layer.groups, channels, -1, taps).swapaxes(1, 2)
        return grouped.reshape(filters, channels, taps)

    @cached_property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array the browser is given, by its name there."""
        trace = self.trace
        outputs = np.full(self.gathered.shape[0], -1)
        outputs[self.cells] = np.arange(len(self.cells))
        arrays: dict[str, NDArray[Any]] = {
            "input": trace.input,
            "kernel": self.by_filter(trace.weight),
            "origins": self.by_filter(np.arange(trace.weight.size)),
            "products": trace.products,
            "landed": trace.landed_sums,
            "partial": trace.partial_sums,
            "uncropped": trace.uncropped,
            "output": trace.output,
            "landings": trace.landings,
            "cells": self.cells,
            "outputs": outputs,
            "gathered": self.gathered,
        }
        if trace.bias is not None:
            arrays["bias"] = trace.bias
        if self.zeros is not None:
            spread = np.full(self.shape[3], -1)
            held = np.flatnonzero(self.zeros.sources >= 0)
            spread[self.zeros.sources[held]] = held
            arrays |= {
                "zero_inserted": self.zeros.values,
                "kinds": self.zeros.kinds,
                "sources": self.zeros.sources,
                "reads": self.zeros.reads,
                "spread": spread,
            }
        if self.matrix is not None:
            arrays |= {"matrix": self.matrix, "flat_input": trace.input}
        return arrays

    def kinds_of(self, name: str) -> NDArray[np.int8] | None:
        """What the cells of an array are, where not all of them are the layer's own values."""
        return self.zeros.kinds if self.zeros is not None and name == "zero_inserted" else None

    def ends(self) -> dict[str, float]:
        """The end of each colour scale: one for all that is input, one for weights, one for sums."""
        return self._ends

    @cached_property
    def _ends(self) -> dict[str, float]:
        trace = self.trace
        read, weights = largest(trace.input), largest(trace.weight)
        biases = () if trace.bias is None else (trace.bias,)
        sums = largest(trace.landed_sums, trace.uncropped, trace.output, *biases)
        return (
            dict.fromkeys(("input", "flat_input", "zero_inserted"), read)
            | dict.fromkeys(("kernel", "matrix"), weights)
            | dict.fromkeys(("sums", "uncropped", "output"), sums)
            | {"products": largest(trace.products)}
        )

    def encoded(self) -> dict[str, Any]:
        """Everything the player looks up while it plays, as JSON-ready values."""
        filters, channels, taps, positions = self.shape
        rows, columns = self.trace.axes
        per_group = filters // self.trace.layer.groups
        return {
            "kind": "stamps",
            "loops": {
                "filters": filters,
                "positions": positions,
                "channels": channels,
                "taps": taps,
                "outputs": len(self.cells),
            },
            "firsts": [one // per_group * channels for one in range(filters)],
            "length": [rows.length, columns.length],
            "kernelSize": list(self.trace.layer.kernel),
            "uncropped": [rows.uncropped, columns.uncropped],
            "shape": [rows.output, columns.output],
            "crop": [rows.padding, columns.padding],
            "extra": [rows.extra, columns.extra],
            "ends": self.ends(),
            "roles": {name: name for name in ("input", "kernel", "bias")},
            "arrays": {name: encode(values) for name, values in self.arrays.items()},
        }


def landing_matrix(trace: TransposedTrace) -> Floats:
    """The layer's matrix, (output values, input values), NaN where no tap lands, which is not a weight of 0.

    >>> from engine import ConvTranspose2d, record
    >>> landing_matrix(record(ConvTranspose2d(1, 1, (1, 2), bias=False), [[[5, 6]]], [[[[0, 3]]]])).tolist()
    [[0.0, nan], [3.0, 0.0], [nan, 3.0]]
    """
    entries = as_matrix(trace.layer, trace.weight, *trace.input.shape[1:])
    matrix = np.full(entries.shape, np.nan)
    matrix[entries.rows, entries.columns] = entries.values  # each place is landed on once at most
    return matrix
