"""The view of a transposed convolution: its products as they are added, and each output as it is gathered from them.

A step is an input position, a single product, or an output; the arrays have a number for each, and the browser
computes none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import TransposedTrace
from engine.arrays import Floats
from stage.model import Indices, ScatterArrays, ScatterLoops, ScatterView, ViewKind, largest
from stage.windows_view import EDITABLE, kernels_beside
from stage.zero_inserted import ZeroInserted


def scatter_view(
    trace: TransposedTrace, zeros: ZeroInserted | None = None, matrix: Floats | None = None
) -> ScatterView:
    """The view of a transposed layer.

    `zeros` is what the equivalent convolution reads, and `matrix` (output values, input values) the layer's matrix, NaN
    where no tap lands; they are None where they are not shown.
    """
    rows, columns = trace.axes
    filters, channels, taps, positions = trace.products.shape
    per_group = filters // trace.layer.groups
    arrays = _arrays(trace, zeros, matrix)
    return ScatterView(
        kind=ViewKind.SCATTER,
        loops=ScatterLoops(filters, positions, channels, taps, len(arrays.output_cells)),
        group_offsets=tuple(one // per_group * channels for one in range(filters)),
        input_size=(rows.length, columns.length),
        kernel_size=(rows.kernel, columns.kernel),
        uncropped_size=(rows.uncropped, columns.uncropped),
        output_size=(rows.output, columns.output),
        crop=(rows.before, columns.before),
        output_padding=(rows.output_padding, columns.output_padding),
        color_limits=_color_limits(trace),
        editable=EDITABLE,
        arrays=arrays,
    )


def _arrays(trace: TransposedTrace, zeros: ZeroInserted | None, matrix: Floats | None) -> ScatterArrays:
    cells, index = _output_cells(trace), gather_index(trace)
    outputs = np.full(len(index), -1)
    outputs[cells] = np.arange(len(cells))
    kernel = _by_filter(trace, trace.weight)
    in_filters = kernel.reshape(*kernel.shape[:2], *trace.layer.kernel)
    return ScatterArrays(
        input=trace.input,
        kernel=kernel,
        filters=kernels_beside(in_filters) if len(kernel) > trace.layer.groups else None,
        weight_index=_by_filter(trace, np.arange(trace.weight.size)),
        products=trace.products,
        scattered_sums=trace.scattered_sums,
        partial_sums=trace.partial_sums,
        uncropped=trace.uncropped,
        output=trace.output,
        scatter_index=trace.scatter_index,
        output_cells=cells,
        cell_outputs=outputs,
        gather_index=index,
        bias=trace.bias,
        zero_inserted=None if zeros is None else zeros.values,
        cell_kinds=None if zeros is None else zeros.cell_kinds,
        sources=None if zeros is None else zeros.sources,
        reads=None if zeros is None else zeros.reads,
        inserted_cells=None if zeros is None else _inserted_cells(zeros, trace.products.shape[3]),
        matrix=matrix,
        flat_input=None if matrix is None else trace.input,
    )


def _output_cells(trace: TransposedTrace) -> Indices:
    """The cell of the uncropped output that each output cell is, (output cells,)."""
    rows, columns = trace.axes
    down, across = (np.arange(axis.output) + axis.before for axis in (rows, columns))
    return np.add.outer(down * columns.uncropped, across).ravel()


def gather_index(trace: TransposedTrace) -> Indices:
    """The position whose product each tap adds to each uncropped cell, or -1: (uncropped cells, taps)."""
    rows, columns = trace.axes
    found = np.full((rows.uncropped * columns.uncropped, trace.scatter_index.shape[1]), -1)
    for tap, cells in enumerate(trace.scatter_index.T):
        found[cells, tap] = np.arange(len(cells))
    return found


def _by_filter(trace: TransposedTrace, values: NDArray[Any]) -> NDArray[Any]:
    """An array of the weight's shape by output channel, (out_channels, c, taps)."""
    filters, channels, taps, _ = trace.products.shape
    grouped = values.reshape(trace.layer.groups, channels, -1, taps).swapaxes(1, 2)
    return grouped.reshape(filters, channels, taps)


def _inserted_cells(zeros: ZeroInserted, positions: int) -> Indices:
    """The cell of the input with zeros on which each input value stands, or -1: (positions,)."""
    found = np.full(positions, -1)
    held = np.flatnonzero(zeros.sources >= 0)
    found[zeros.sources[held]] = held
    return found


def _color_limits(trace: TransposedTrace) -> dict[str, float]:
    """The end of each colour scale: one for all that is input, one for weights, one for sums."""
    read, weights = largest(trace.input), largest(trace.weight)
    biases = () if trace.bias is None else (trace.bias,)
    sums = largest(trace.scattered_sums, trace.uncropped, trace.output, *biases)
    return (
        dict.fromkeys(("input", "flat_input", "zero_inserted"), read)
        | dict.fromkeys(("kernel", "filters", "matrix"), weights)
        | dict.fromkeys(("sums", "uncropped", "output"), sums)
        | {"products": largest(trace.products)}
    )
