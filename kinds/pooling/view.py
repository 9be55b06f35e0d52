"""The view of a pooling layer: its windows are read as a convolution's are, and nothing is multiplied."""

import numpy as np

from engine import MaxPool2d, PoolingTrace
from stage.model import Arithmetic, CellKind, Kinds, ViewKind, WindowLoops, WindowsArrays, WindowsView
from stage.windows_view import color_limits, padded_kinds, padded_sources, window_reads


def pooling_view(trace: PoolingTrace) -> WindowsView:
    """The view of a pooling layer, each channel by itself."""
    axes = trace.axes
    is_max = isinstance(trace.layer, MaxPool2d)
    windows = np.where(trace.counted, trace.windows, np.nan)
    chosen = np.where(trace.counted, trace.windows, -np.inf).argmax(axis=1)
    channels, taps, positions = windows.shape
    arrays = WindowsArrays(
        chosen=chosen if is_max else None,
        divisors=None if is_max else trace.divisors,
        reads=window_reads(axes),
        sources=padded_sources(axes),
        cell_kinds=_kinds(trace),
        input=trace.padded,
        products=windows[:, None],
        partial_sums=trace.output[:, None],
        running_sums=trace.output[:, None],
        output=trace.output,
    )
    return WindowsView(
        kind=ViewKind.POOLING,
        loops=WindowLoops(channels, positions, 1, taps),
        group_offsets=tuple(range(channels)),
        padded_size=(axes[0].padded, axes[1].padded),
        input_size=(axes[0].length, axes[1].length),
        kernel_size=(axes[0].kernel, axes[1].kernel),
        output_size=(axes[0].output, axes[1].output),
        output_offset=(0, 0),
        unused_cells=(axes[0].unused_cells, axes[1].unused_cells),
        dimensions=2,
        color_limits=color_limits(arrays),
        arithmetic=Arithmetic.MAX if is_max else Arithmetic.MEAN,
        editable={"input": "input"},
        arrays=arrays,
    )


def _kinds(trace: PoolingTrace) -> Kinds:
    """As of any layer, but that cells which `ceil_mode` lets windows stand out over are no padding."""
    found = padded_kinds(trace.axes).reshape(trace.padded.shape[1:])
    rows, columns = trace.padded_range
    found[rows.stop :], found[:, columns.stop :] = CellKind.EXTRA, CellKind.EXTRA
    return found.ravel()
