"""What comes out of a transposed convolution where a common mistake is made: so that a wrong answer can be named."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.arrays import Floats, scatter_add
from engine.geometry import TransposedAxis
from engine.mistakes import CornerMistake, SizeMistake, SumMistake, differing, mistaken_corners
from engine.transposed_trace import TransposedTrace


@dataclass(frozen=True, eq=False)
class _Stamping:
    """What is stamped where, by so many groups."""

    values: Floats
    weight: Floats
    bias: Floats | None
    groups: int
    axes: tuple[TransposedAxis, ...]

    def sums(self, size: tuple[int, ...]) -> Floats:
        """Return what the stamps add up to, (out_channels, *size); NaN where this output has no such cell."""
        cells = self.values[0].size
        values = self.values.reshape(self.groups, -1, cells)
        stamps = self.weight.reshape(self.groups, values.shape[1], -1).swapaxes(1, 2) @ values
        filters = self.groups * self.weight.shape[1]
        found = np.full((filters, *size), np.nan)
        if min(axis.output for axis in self.axes) > 0:
            made = scatter_add(stamps.reshape(filters, -1, cells), self.axes)
            both = tuple(slice(min(one, other)) for one, other in zip(made.shape[1:], size, strict=True))
            found[:, *both] = made[:, *both]
        return _with_bias(found, self.bias)


def mistaken_stamp_sums(trace: TransposedTrace) -> dict[SumMistake, Floats]:
    """Return what each mistake makes of the outputs of a transposed layer, as `mistaken_sums` does.

    >>> from engine import ConvTranspose2d, record
    >>> trace = record(ConvTranspose2d(1, 1, (1, 2), bias=False), [[[5, 6]]], [[[[1, 2]]]])
    >>> for mistake, sums in mistaken_stamp_sums(trace).items():
    ...     print(mistake, sums.tolist())
    last_stamp_only [[[nan, 6.0, nan]]]
    kernel_flipped [[[10.0, 17.0, 6.0]]]
    stride_too_large [[[nan, 10.0, 6.0]]]
    """
    right = _Stamping(trace.input, trace.weight, trace.bias, trace.layer.groups, trace.axes)
    found = {mistake: make(right).sums(trace.output.shape[1:]) for mistake, make in _SUMS.items()}
    return differing({SumMistake.LAST_STAMP_ONLY: _last_stamps(trace), **found}, trace.output)


def _with_bias(sums: Floats, bias: Floats | None) -> Floats:
    return sums if bias is None else sums + np.expand_dims(bias, tuple(range(1, sums.ndim)))


def _last_stamps(trace: TransposedTrace) -> Floats:
    """What is on each output where a stamp takes the place of those before it."""
    size = tuple(axis.uncropped for axis in trace.axes)
    cells = np.zeros((len(trace.products), prod(size)))
    stamps = trace.products.sum(axis=1)
    # The last tap first: on any one cell that is the order of the positions.
    for tap in reversed(range(stamps.shape[1])):
        cells[:, trace.scatter_index[:, tap]] = stamps[:, tap]
    kept = (slice(axis.before, axis.before + axis.output) for axis in trace.axes)
    return _with_bias(cells.reshape(-1, *size)[:, *kept], trace.bias)


def _flipped(right: _Stamping) -> _Stamping:
    return replace(right, weight=np.flip(right.weight, tuple(range(2, right.weight.ndim))))


def _without_bias(right: _Stamping) -> _Stamping:
    return replace(right, bias=None)


def _first_channel(right: _Stamping) -> _Stamping:
    weight = right.weight.copy()
    weight.reshape(right.groups, -1, *weight.shape[1:])[:, 1:] = 0
    return replace(right, weight=weight)


def _first_group(right: _Stamping) -> _Stamping:
    depth = len(right.values) // right.groups
    return replace(right, values=np.concatenate([right.values[:depth]] * right.groups))


def _along(change: Callable[[TransposedAxis], TransposedAxis]) -> Callable[[_Stamping], _Stamping]:
    """Return what changes each direction by itself."""
    return lambda right: replace(right, axes=tuple(map(change, right.axes)))


_SUMS: dict[SumMistake, Callable[[_Stamping], _Stamping]] = {
    SumMistake.KERNEL_FLIPPED: _flipped,
    SumMistake.BIAS_DROPPED: _without_bias,
    SumMistake.FIRST_CHANNEL_ONLY: _first_channel,
    SumMistake.FIRST_CHANNEL_WITHOUT_BIAS: lambda right: _without_bias(_first_channel(right)),
    SumMistake.FIRST_GROUP_READ: _first_group,
    SumMistake.PADDING_FORGOTTEN: _along(lambda axis: replace(axis, before=0, after=0)),
    SumMistake.SIDES_SWAPPED: _along(lambda axis: replace(axis, before=axis.after, after=axis.before)),
    SumMistake.STRIDE_TOO_SMALL: _along(lambda axis: replace(axis, stride=max(1, axis.stride - 1))),
    SumMistake.STRIDE_TOO_LARGE: _along(lambda axis: replace(axis, stride=axis.stride + 1)),
    SumMistake.DILATION_FORGOTTEN: _along(lambda axis: replace(axis, dilation=1)),
}
"""Which mistake is named first where two of them make the same number; before them comes the last stamp alone."""


def mistaken_stamp_sizes(axes: tuple[TransposedAxis, ...]) -> dict[SizeMistake, tuple[int, ...]]:
    """Return the size of a transposed layer's output under each mistake, as `mistaken_sizes` does.

    >>> from engine import ConvTranspose2d
    >>> found = mistaken_stamp_sizes(ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1).axes(3, 3))
    >>> [f"{mistake}: {rows}" for mistake, (rows, columns) in found.items()][:4]
    ['padding_added: 10', 'stride_forgotten: 4', 'output_padding_forgotten: 5', 'ordinary_formula: 2']
    """
    right = tuple(axis.output for axis in axes)
    found = {mistake: tuple(map(length, axes)) for mistake, length in _SIZES.items()}
    return {mistake: size for mistake, size in found.items() if size != right and min(size) > 0}


def _ordinary(axis: TransposedAxis) -> int:
    """The length that an ordinary layer with these numbers makes."""
    return (axis.length + axis.before + axis.after - axis.extent) // axis.stride + 1


_SIZES: dict[SizeMistake, Callable[[TransposedAxis], int]] = {
    SizeMistake.PADDING_ADDED: lambda axis: axis.uncropped + axis.before + axis.after,
    SizeMistake.STRIDE_FORGOTTEN: lambda axis: replace(axis, stride=1).output,
    SizeMistake.OUTPUT_PADDING_FORGOTTEN: lambda axis: axis.output - axis.output_padding,
    SizeMistake.ORDINARY_FORMULA: _ordinary,
    SizeMistake.PADDING_FORGOTTEN: lambda axis: axis.uncropped,
    SizeMistake.AS_INPUT: lambda axis: axis.length,
    SizeMistake.TIMES_STRIDE: lambda axis: axis.length * axis.stride,
    SizeMistake.PADDING_COUNTED_ONCE: lambda axis: axis.uncropped - axis.before,
    SizeMistake.DILATION_FORGOTTEN: lambda axis: replace(axis, dilation=1).output,
}
"""Which mistake is named first where two of them make the same size: the likelier one."""


def mistaken_stamp_corners(axes: tuple[TransposedAxis, ...]) -> dict[CornerMistake, list[int]]:
    """Return the cell before cropping that each mistake takes for a stamp's first, as `mistaken_corners` does.

    >>> from engine import ConvTranspose2d
    >>> found = mistaken_stamp_corners(ConvTranspose2d(1, 1, (1, 2), stride=(1, 2)).axes(1, 2))
    >>> {str(mistake): cells for mistake, cells in found.items()}
    {'stride_forgotten': [-1, 1], 'centre': [1, 3]}
    """
    return mistaken_corners(tuple(axis.forward_axis for axis in axes), tuple(axis.uncropped for axis in axes))
