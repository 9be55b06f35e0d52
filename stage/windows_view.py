"""The view of a convolution: which cells each multiply joins, and the numbers that belong to it.

A step is a place in four nested loops (filter, position, channel, tap), and the arrays have a number for every place.
The browser looks numbers up; it computes none.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
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
    Size,
    Slices,
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
    padded = tuple(axis.padded for axis in axes)
    corners, taps = (
        np.ravel_multi_index(np.meshgrid(*places, indexing="ij"), padded).ravel()
        for places in ([axis.starts for axis in axes], [axis.offsets for axis in axes])
    )
    cells: Indices = np.add.outer(corners, taps)
    return cells


def padded_sources(axes: tuple[Axis, ...]) -> Indices:
    """The input cell each padded cell copies, or -1 where the padding copies none: (padded cells,)."""
    sources = np.meshgrid(*(np.array(axis.sources) for axis in axes), indexing="ij")
    cells = np.ravel_multi_index([np.maximum(one, 0) for one in sources], tuple(axis.length for axis in axes))
    return np.where(np.minimum.reduce(sources) >= 0, cells, -1).ravel()


def padded_kinds(axes: tuple[Axis, ...]) -> Kinds:
    """Which padded cells are the input's own, and which are padding: (padded cells,)."""
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
    dimensions: int | None = None,
    names: LayerNames | None = None,
) -> WindowsView:
    """The view of an ordinary convolution, whatever its groups, over an image or a volume.

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
        slice_sums=slice_sums(trace) if len(axes) > 2 else None,
        bias=trace.bias,
    )
    return WindowsView(
        kind=ViewKind.WINDOWS,
        loops=WindowLoops(filters, positions, depth, taps),
        group_offsets=tuple(one // per_group * depth for one in range(filters)),
        padded_size=_in_rows(axis.padded for axis in axes),
        input_size=_in_rows(axis.length for axis in axes),
        kernel_size=_in_rows(axis.kernel for axis in axes),
        output_size=_in_rows(axis.output for axis in axes),
        output_offset=output_offset,
        unused_cells=_unused_cells(axes),
        dimensions=dimensions or len(axes),
        color_limits=color_limits(arrays),
        arithmetic=Arithmetic.PRODUCTS,
        editable=editable,
        arrays=arrays,
        names=names,
        slices=_slices(axes[0]) if len(axes) > 2 else None,
    )


def _in_rows(lengths: Iterable[int]) -> Size:
    """The rows of all slices, and the columns, of what is so long in each direction."""
    *rows, columns = lengths
    return prod(rows), columns


def _slices(axis: Axis) -> Slices:
    return Slices(padded=axis.padded, input=axis.length, kernel=axis.kernel, output=axis.output)


def _unused_cells(axes: tuple[Axis, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The padded rows, counted through all slices, and the padded columns that no window reads."""
    *slices, rows, columns = axes
    if not slices:
        return rows.unused_cells, columns.unused_cells
    places = product(*(range(axis.padded) for axis in (*slices, rows)))
    unread = [any(at in axis.unused_cells for at, axis in zip(one, axes, strict=False)) for one in places]
    return tuple(row for row, is_unread in enumerate(unread) if is_unread), columns.unused_cells


def slice_sums(trace: Trace) -> Floats:
    """The sum of the products of each slice of each kernel: (filters, channels, slices, positions)."""
    *maps, _, positions = trace.products.shape
    sums: Floats = trace.products.reshape(*maps, trace.layer.kernel[0], -1, positions).sum(axis=3)
    return sums


def kernels_beside(weight: Floats) -> Floats:
    """The kernels of each filter beside each other, slices under each other: (filters, rows, channels * columns).

    >>> kernels_beside(np.arange(8.0).reshape(1, 2, 2, 2)).tolist()
    [[[0.0, 1.0, 4.0, 5.0], [2.0, 3.0, 6.0, 7.0]]]
    """
    in_rows = weight.reshape(*weight.shape[:2], -1, weight.shape[-1])
    return np.concatenate(list(in_rows.swapaxes(0, 1)), axis=2)


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
