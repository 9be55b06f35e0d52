"""What comes out of a convolution where a common mistake is made: so that a wrong answer can be named."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from itertools import product
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, pad
from engine.forward import forward
from engine.geometry import Axis, PaddingMode
from engine.pooling import AvgPool2d, MaxPool2d
from engine.pooling_trace import PoolingTrace
from engine.trace import Trace

Mistake = TypeVar("Mistake", bound=StrEnum)

Places = tuple[tuple[int, ...], ...]
"""Along each direction."""


class SumMistake(StrEnum):
    """What can go wrong with the sum of a window."""

    KERNEL_FLIPPED = "kernel_flipped"
    KERNEL_NOT_FLIPPED = "kernel_not_flipped"  # the same, where the kernel that slides was flipped before
    BIAS_DROPPED = "bias_dropped"
    FIRST_CHANNEL_ONLY = "first_channel_only"
    FIRST_CHANNEL_WITHOUT_BIAS = "first_channel_without_bias"
    FIRST_SLICE_ONLY = "first_slice_only"  # of a kernel that has a depth
    FIRST_GROUP_READ = "first_group_read"
    PADDING_FORGOTTEN = "padding_forgotten"
    PADDING_OF_ZEROS = "padding_of_zeros"
    SIDES_SWAPPED = "sides_swapped"
    STRIDE_TOO_SMALL = "stride_too_small"
    STRIDE_TOO_LARGE = "stride_too_large"
    DILATION_FORGOTTEN = "dilation_forgotten"
    LAST_STAMP_ONLY = "last_stamp_only"  # of a transposed layer


class PoolMistake(StrEnum):
    """What can go wrong with the number that pooling makes of a window."""

    MEAN_TAKEN = "mean_taken"
    MAX_TAKEN = "max_taken"
    NOT_DIVIDED = "not_divided"
    PADDING_COUNTED = "padding_counted"
    PADDING_LEFT_OUT = "padding_left_out"


class SizeMistake(StrEnum):
    """What can go wrong with the size of the output."""

    ROUNDED_UP = "rounded_up"
    ONE_FORGOTTEN = "one_forgotten"
    PADDING_COUNTED_ONCE = "padding_counted_once"
    PADDING_FORGOTTEN = "padding_forgotten"
    DILATION_FORGOTTEN = "dilation_forgotten"
    STRIDE_FORGOTTEN = "stride_forgotten"
    AS_INPUT = "as_input"
    PADDING_ADDED = "padding_added"  # of a transposed layer, as all that follow
    OUTPUT_PADDING_FORGOTTEN = "output_padding_forgotten"
    ORDINARY_FORMULA = "ordinary_formula"
    TIMES_STRIDE = "times_stride"


class CornerMistake(StrEnum):
    """What can go wrong with the cell under a kernel's first weight."""

    PADDING_FORGOTTEN = "padding_forgotten"
    STRIDE_FORGOTTEN = "stride_forgotten"
    CENTRE = "centre"
    AXES_SWAPPED = "axes_swapped"


@dataclass(frozen=True, eq=False)
class _Reading:
    """What is read where: padded values, windows that start at `starts`, and taps so far from there."""

    padded: Floats
    weight: Floats
    bias: Floats | None
    starts: Places
    offsets: Places

    def sums(self) -> Floats:
        """Return the sum of each window, (out_channels, *size); NaN where it does not lie on the values."""
        taps = [np.add.outer(off, at) for off, at in zip(self.offsets, self.starts, strict=True)]
        sizes = self.padded.shape[1:]
        # (channels, *kernel, *positions): the taps of a direction and its positions stand so many axes apart
        directions = range(len(sizes))
        at: list[NDArray[np.int64] | slice] = [slice(None)]
        for one in directions:
            others = set(range(2 * len(sizes))) - {one, one + len(sizes)}
            at.append(np.expand_dims(np.minimum(taps[one], sizes[one] - 1), tuple(others)))
        values = self.padded[tuple(at)]
        counts = [one.shape[1] for one in taps]
        filters, depth = self.weight.shape[:2]
        groups = len(self.padded) // depth
        under = values.reshape(groups, -1, prod(counts))
        found = (self.weight.reshape(groups, filters // groups, -1) @ under).reshape(filters, *counts)
        if self.bias is not None:
            found += np.expand_dims(self.bias, tuple(one + 1 for one in directions))
        lies = [one.max(axis=0) < size for one, size in zip(taps, sizes, strict=True)]
        return np.where(reduce(np.logical_and.outer, lies), found, np.nan)


def mistaken_sums(trace: Trace) -> dict[SumMistake, Floats]:
    """Return what each mistake makes of the outputs, in their shape: NaN where it makes no difference, or no sum.

    A mistake that makes none anywhere is left out.

    >>> from engine import Conv2d, record
    >>> trace = record(Conv2d(1, 1, (1, 2), bias=False), [[[5, 6, 6]]], [[[[1, 2]]]])
    >>> {str(mistake): sums.tolist() for mistake, sums in mistaken_sums(trace).items()}
    {'kernel_flipped': [[[16.0, nan]]]}
    """
    axes = trace.axes
    starts, offsets = tuple(axis.starts for axis in axes), tuple(axis.offsets for axis in axes)
    right = _Reading(trace.padded, trace.weight, trace.bias, starts, offsets)
    wrong = {mistake: make(trace, right) for mistake, make in _SUMS.items()}
    return differing({mistake: one.sums() for mistake, one in wrong.items() if one is not None}, trace.output)


def mistaken_pools(trace: PoolingTrace) -> dict[PoolMistake, Floats]:
    """Return what each mistake makes of the outputs of a pooling layer, as `mistaken_sums` does.

    >>> from engine import MaxPool2d, record
    >>> mistaken_pools(record(MaxPool2d(2), [[[1, 2], [3, 6]]]))[PoolMistake.MEAN_TAKEN].tolist()
    [[[3.0]]]
    """
    layer, shape = trace.layer, trace.output.shape
    values = np.where(trace.counted, trace.windows, 0.0)
    sums, divisors = values.sum(axis=1).reshape(shape), np.maximum(trace.divisors, 1).reshape(shape[1:])
    if not isinstance(layer, AvgPool2d):
        return differing({PoolMistake.MEAN_TAKEN: sums / divisors}, trace.output)
    largest = MaxPool2d(layer.kernel_size, layer.stride, layer.padding, ceil_mode=layer.ceil_mode)
    other = PoolMistake.PADDING_LEFT_OUT if layer.count_include_pad else PoolMistake.PADDING_COUNTED
    found = {
        PoolMistake.MAX_TAKEN: forward(largest, trace.input),
        PoolMistake.NOT_DIVIDED: sums,
        other: forward(replace(layer, count_include_pad=not layer.count_include_pad), trace.input),
    }
    return differing(found, trace.output)


def differing(found: dict[Mistake, Floats], right: Floats) -> dict[Mistake, Floats]:
    """Return what differs from the right numbers, and NaN for what does not; what never does is left out.

    >>> found = {PoolMistake.MAX_TAKEN: np.array([1.0, 2.0]), PoolMistake.NOT_DIVIDED: np.array([1.0, 3.0])}
    >>> differing(found, np.array([1.0, 2.0]))
    {<PoolMistake.NOT_DIVIDED: 'not_divided'>: array([nan,  3.])}
    """
    kept: dict[Mistake, Floats] = {}
    for mistake, values in found.items():
        differs = ~np.isclose(values, right, rtol=1e-9, atol=1e-9) & np.isfinite(values)
        if differs.any():
            kept[mistake] = np.where(differs, values, np.nan)
    return kept


def _without_bias(_: Trace, right: _Reading) -> _Reading:
    return replace(right, bias=None)


def _flipped(_: Trace, right: _Reading) -> _Reading:
    return replace(right, weight=np.flip(right.weight, tuple(range(2, right.weight.ndim))))


def _first_channel(_: Trace, right: _Reading) -> _Reading:
    weight = right.weight.copy()
    weight[:, 1:] = 0
    return replace(right, weight=weight)


def _first_channel_without_bias(trace: Trace, right: _Reading) -> _Reading:
    return _without_bias(trace, _first_channel(trace, right))


def _first_slice(trace: Trace, right: _Reading) -> _Reading | None:
    if len(trace.axes) < 3:
        return None
    weight = right.weight.copy()
    weight[:, :, 1:] = 0
    return replace(right, weight=weight)


def _first_group(trace: Trace, right: _Reading) -> _Reading:
    depth = right.weight.shape[1]
    return replace(right, padded=np.tile(right.padded[:depth], (trace.layer.groups, *[1] * len(trace.axes))))


def _without_padding(trace: Trace, right: _Reading) -> _Reading:
    return replace(right, padded=trace.input)


def _with_zeros(trace: Trace, right: _Reading) -> _Reading:
    axes = [replace(axis, mode=PaddingMode.ZEROS) for axis in trace.axes]
    return replace(right, padded=pad(trace.input, axes))


def _with_sides_swapped(trace: Trace, right: _Reading) -> _Reading:
    axes = [replace(axis, before=axis.after, after=axis.before) for axis in trace.axes]
    return replace(right, padded=pad(trace.input, axes, trace.layer.padding_value))


def _strided(by: int) -> Callable[[Trace, _Reading], _Reading | None]:
    """Return what makes every stride longer by so much; None where one would vanish and none is left to change."""

    def change(trace: Trace, right: _Reading) -> _Reading | None:
        strides = [axis.stride + by if axis.stride + by > 0 else axis.stride for axis in trace.axes]
        if all(stride == axis.stride for stride, axis in zip(strides, trace.axes, strict=True)):
            return None
        starts = tuple(
            tuple(position * stride for position in range(axis.output))
            for stride, axis in zip(strides, trace.axes, strict=True)
        )
        return replace(right, starts=starts)

    return change


def _undilated(trace: Trace, right: _Reading) -> _Reading:
    return replace(right, offsets=tuple(tuple(range(axis.kernel)) for axis in trace.axes))


_SUMS: dict[SumMistake, Callable[[Trace, _Reading], _Reading | None]] = {
    SumMistake.KERNEL_FLIPPED: _flipped,
    SumMistake.BIAS_DROPPED: _without_bias,
    SumMistake.FIRST_CHANNEL_ONLY: _first_channel,
    SumMistake.FIRST_CHANNEL_WITHOUT_BIAS: _first_channel_without_bias,
    SumMistake.FIRST_SLICE_ONLY: _first_slice,
    SumMistake.FIRST_GROUP_READ: _first_group,
    SumMistake.PADDING_FORGOTTEN: _without_padding,
    SumMistake.PADDING_OF_ZEROS: _with_zeros,
    SumMistake.SIDES_SWAPPED: _with_sides_swapped,
    SumMistake.STRIDE_TOO_SMALL: _strided(-1),
    SumMistake.STRIDE_TOO_LARGE: _strided(1),
    SumMistake.DILATION_FORGOTTEN: _undilated,
}
"""Which mistake is named first where two of them make the same number."""


def mistaken_sizes(axes: tuple[Axis, ...]) -> dict[SizeMistake, tuple[int, ...]]:
    """Return the output's size under each mistake; one that leaves the right size, or none, is left out.

    >>> from engine import Conv2d
    >>> {str(mistake): size for mistake, size in mistaken_sizes(Conv2d(1, 1, 2, stride=2).axes(5, 5)).items()}
    {'rounded_up': (3, 3), 'one_forgotten': (1, 1), 'stride_forgotten': (4, 4), 'as_input': (5, 5)}
    """
    right = tuple(axis.output for axis in axes)
    found = {mistake: tuple(map(length, axes)) for mistake, length in _SIZES.items()}
    return {mistake: size for mistake, size in found.items() if size != right and min(size) > 0}


def _length(axis: Axis, padded: int, extent: int) -> int:
    return (padded - extent) // axis.stride + 1


_SIZES: dict[SizeMistake, Callable[[Axis], int]] = {
    SizeMistake.PADDING_FORGOTTEN: lambda axis: _length(axis, axis.length, axis.extent),
    SizeMistake.ROUNDED_UP: lambda axis: -(-(axis.padded - axis.extent) // axis.stride) + 1,
    SizeMistake.ONE_FORGOTTEN: lambda axis: axis.output - 1,
    SizeMistake.PADDING_COUNTED_ONCE: lambda axis: _length(axis, axis.padded - axis.after, axis.extent),
    SizeMistake.DILATION_FORGOTTEN: lambda axis: _length(axis, axis.padded, axis.kernel),
    SizeMistake.STRIDE_FORGOTTEN: lambda axis: axis.padded - axis.extent + 1,
    SizeMistake.AS_INPUT: lambda axis: axis.length,
}
"""Which mistake is named first where two of them make the same size: the likelier one."""


def mistaken_corners(axes: tuple[Axis, ...], size: tuple[int, ...] = ()) -> dict[CornerMistake, list[int]]:
    """Return the padded cell that each mistake takes for a window's first, by position: -1 where right, or none.

    Cells are counted in an array of that size, where it is not the padded one. A mistake that makes no difference
    anywhere is left out.

    >>> from engine import Conv2d
    >>> found = mistaken_corners(Conv2d(1, 1, (1, 2), stride=2).axes(1, 5))
    >>> {str(mistake): cells for mistake, cells in found.items()}
    {'stride_forgotten': [-1, 1], 'centre': [1, 3]}
    """
    padded = size or tuple(axis.padded for axis in axes)
    found: dict[CornerMistake, list[int]] = {}
    for mistake, corner in _CORNERS.items():
        cells = [
            int(np.ravel_multi_index(wrong, padded))
            if wrong != right and all(one < most for one, most in zip(wrong, padded, strict=True))
            else -1
            for right in product(*(axis.starts for axis in axes))
            for wrong in [corner(axes, right)]
        ]
        if max(cells) >= 0:
            found[mistake] = cells
    return found


def _along(change: Callable[[Axis, int], int]) -> Callable[[tuple[Axis, ...], tuple[int, ...]], tuple[int, ...]]:
    """Return what changes where a window begins in each direction by itself."""
    return lambda axes, starts: tuple(change(axis, start) for axis, start in zip(axes, starts, strict=True))


def _swapped(axes: tuple[Axis, ...], starts: tuple[int, ...]) -> tuple[int, ...]:
    *slices, down, across = starts
    rows, columns = axes[-2:]
    return *slices, across // columns.stride * rows.stride, down // rows.stride * columns.stride


_CORNERS: dict[CornerMistake, Callable[[tuple[Axis, ...], tuple[int, ...]], tuple[int, ...]]] = {
    CornerMistake.PADDING_FORGOTTEN: _along(lambda axis, start: start + axis.before),
    CornerMistake.STRIDE_FORGOTTEN: _along(lambda axis, start: start // axis.stride),
    CornerMistake.CENTRE: _along(lambda axis, start: start + axis.extent // 2),
    CornerMistake.AXES_SWAPPED: _swapped,
}
"""Which mistake is named first where two of them come to the same cell."""
