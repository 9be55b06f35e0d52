"""The view of a convolution: which cells each multiply joins, and the numbers that belong to it.

A step is a place in four nested loops (filter, position, channel, tap), and the arrays have a number for every place.
The browser looks numbers up; it computes none.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from engine import Axis, Trace
from engine.arrays import Floats
from stage.model import (
    Arithmetic,
    CellKind,
    Indices,
    Kinds,
    LayerNames,
    ViewKind,
    WindowLoops,
    WindowsArrays,
    WindowsView,
    largest,
)

EDITABLE = MappingProxyType({"input": "input", "kernel": "kernel", "bias": "bias"})
"""What can be edited in a layer, and what the page calls it."""


def window_reads(axes: tuple[Axis, ...]) -> Indices:
    """The padded cell under each tap at each position: (positions, taps), cells counted row by row.

    >>> from engine import Conv2d
    >>> window_reads(Conv2d(1, 1, 2).axes(3, 3)).tolist()
    [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    """
    rows, columns = axes
    corners, taps = (
        np.add.outer(np.array(down) * columns.padded, np.array(across)).ravel()
        for down, across in ((rows.starts, columns.starts), (rows.offsets, columns.offsets))
    )
    cells: Indices = np.add.outer(corners, taps)
    return cells


def padded_sources(axes: tuple[Axis, ...]) -> Indices:
    """The input cell each padded cell copies, or -1 where the padding copies none: (padded rows * padded columns,)."""
    rows, columns = (np.array(axis.sources) for axis in axes)
    cells = np.add.outer(rows * axes[1].length, columns)
    return np.where(np.logical_and.outer(rows >= 0, columns >= 0), cells, -1).ravel()


def padded_kinds(axes: tuple[Axis, ...]) -> Kinds:
    """Which padded cells are the input's own, and which are padding: (padded rows * padded columns,)."""
    found = np.full(tuple(axis.padded for axis in axes), CellKind.PADDING, np.int8)
    found[tuple(slice(axis.before, axis.before + axis.length) for axis in axes)] = CellKind.INPUT
    return found.ravel()


def convolution_view(
    trace: Trace,
    editable: Mapping[str, str] = EDITABLE,
    *,
    columns: Floats | None = None,
    matrix: Floats | None = None,
    output_offset: tuple[int, int] = (0, 0),
    dimensions: int = 2,
    names: LayerNames | None = None,
) -> WindowsView:
    """The view of an ordinary convolution, whatever its groups.

    `columns` (im2col) or the layer's `matrix` are given where they are shown. A sequence, which the engine takes for an
    image of a single row, has 1 of the `dimensions`. `names` are given where its arrays are called otherwise.
    """
    layer, axes = trace.layer, trace.axes
    filters, depth, taps, positions = trace.products.shape
    per_group = layer.out_channels // layer.groups
    arrays = WindowsArrays(
        columns=columns,
        matrix=matrix,
        flat_input=None if matrix is None else trace.input.ravel(),
        reads=window_reads(axes),
        sources=padded_sources(axes),
        cell_kinds=padded_kinds(axes),
        input=trace.padded,
        products=trace.products,
        partial_sums=trace.partial_sums,
        running_sums=trace.running_sums,
        output=trace.output,
        kernel=trace.weight,
        filters=kernels_beside(trace.weight) if per_group > 1 and columns is None and matrix is None else None,
        bias=trace.bias,
    )
    return WindowsView(
        kind=ViewKind.WINDOWS,
        loops=WindowLoops(filters, positions, depth, taps),
        group_offsets=tuple(one // per_group * depth for one in range(filters)),
        padded_size=(axes[0].padded, axes[1].padded),
        input_size=(axes[0].length, axes[1].length),
        kernel_size=(axes[0].kernel, axes[1].kernel),
        output_size=(axes[0].output, axes[1].output),
        output_offset=output_offset,
        unused_cells=(axes[0].unused_cells, axes[1].unused_cells),
        dimensions=dimensions,
        color_limits=color_limits(arrays),
        arithmetic=Arithmetic.PRODUCTS,
        editable=editable,
        arrays=arrays,
        names=names,
    )


def kernels_beside(weight: Floats) -> Floats:
    """The kernels of each filter beside each other: (filters, rows, channels * columns).

    >>> kernels_beside(np.arange(8.0).reshape(1, 2, 2, 2)).tolist()
    [[[0.0, 1.0, 4.0, 5.0], [2.0, 3.0, 6.0, 7.0]]]
    """
    return np.concatenate(list(weight.swapaxes(0, 1)), axis=2)


def color_limits(arrays: WindowsArrays) -> dict[str, float]:
    """The end of each colour scale."""
    sums = (arrays.partial_sums, arrays.running_sums, arrays.output) + (() if arrays.bias is None else (arrays.bias,))
    matrices = {name: getattr(arrays, name) for name in ("columns", "matrix", "flat_input", "filters")}
    return {
        "input": largest(arrays.input),
        "kernel": 1.0 if arrays.kernel is None else largest(arrays.kernel),
        "products": largest(arrays.products),
        "sums": largest(*sums),
        "output": largest(arrays.output),
    } | {name: largest(values) for name, values in matrices.items() if values is not None}
