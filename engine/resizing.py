"""Which transposed layers make an output of one size of an input of another."""

from functools import lru_cache

import numpy as np

from engine.checks import Pair
from engine.geometry import TransposedAxis

KERNELS = range(1, 65)
STRIDES = range(1, 33)
"""What is looked at, with every padding smaller than the kernel: a larger one would crop whole stamps. The taps are
neighbours."""


def resizings(
    length: int, output: int, kernels: range = KERNELS, strides: range = STRIDES, most: int | None = None
) -> tuple[TransposedAxis, ...]:
    """Return every plan of one direction, within the bounds, that makes `output` cells of `length`.

    First come those that reach every cell, of those the ones that crop at most half a kernel at each end, and of those
    the smallest kernels. A single cell is stamped once, whatever the stride: then it is the smallest that its
    output_padding allows. `most` is how many are returned, by default all.

    >>> [(plan.kernel, plan.stride, plan.before, plan.output_padding) for plan in resizings(7, 14)[:3]]
    [(2, 2, 0, 0), (3, 2, 1, 1), (4, 2, 1, 0)]
    """
    return tuple(plan for (plan,) in _found(((length, output),), kernels, strides, most))


def shared_resizings(
    input_size: Pair, output_size: Pair, kernels: range = KERNELS, strides: range = STRIDES, most: int | None = None
) -> tuple[tuple[TransposedAxis, TransposedAxis], ...]:
    """Return every plan, (rows, columns), that makes one (height, width) of another and shares its numbers.

    Kernel, stride and padding are the same down and across, as they are where a layer is given one number for each;
    only the output_padding may differ. The order is that of `resizings`.

    >>> rows, columns = shared_resizings((7, 9), (14, 18))[0]
    >>> rows.kernel, rows.stride, rows.before, rows.output_padding, columns.output_padding
    (2, 2, 0, 0, 0)
    """
    (height, width), (rows, columns) = input_size, output_size
    found = _found(((height, rows), (width, columns)), kernels, strides, most)
    return tuple((down, across) for down, across in found)


def is_even(plan: TransposedAxis) -> bool:
    """Return whether every cell away from the border is stamped equally often, for a plan whose taps are neighbours.

    >>> [is_even(TransposedAxis(7, 0, 0, kernel, 2, 1, 0)) for kernel in (2, 3, 4)]
    [True, False, True]
    """
    return plan.kernel % plan.stride == 0


def unreached(plan: TransposedAxis) -> int:
    """Return how many cells of the output hold only the bias, for a plan that `resizings` finds.

    They lie between the stamps, where the stride is larger than the kernel, and at the end, where output_padding adds
    more than padding crops.

    >>> unreached(TransposedAxis(length=3, before=0, after=0, kernel=2, stride=3, dilation=1, output_padding=2))
    4
    """
    between = (plan.length - 1) * max(0, plan.stride - plan.kernel)
    return between + max(0, plan.output_padding - plan.after)


@lru_cache(maxsize=256)
def _found(
    sizes: tuple[tuple[int, int], ...], kernels: range, strides: range, most: int | None
) -> tuple[tuple[TransposedAxis, ...], ...]:
    """Every kernel, stride and padding that makes the second of each two sizes of the first: a plan for each two."""
    lengths = [length for length, _ in sizes]
    grids = np.meshgrid(strides, kernels, range(kernels.stop - 1), indexing="ij")
    stride, kernel, padding = (grid.ravel() for grid in grids)
    added = np.array([output - (length - 1) * stride - kernel + 2 * padding for length, output in sizes])
    fits = (padding < kernel) & (added.min(axis=0) >= 0) & (added.max(axis=0) < stride)
    if max(lengths) == 1:
        fits &= stride == np.maximum(added.max(axis=0) + 1, strides.start)
    stride, kernel, padding, added = (numbers[..., fits] for numbers in (stride, kernel, padding, added))
    leaves_out = (added.max(axis=0) > padding) | (stride > kernel) & (max(lengths) > 1)
    keys = (padding, stride, added.sum(axis=0), kernel, 2 * padding > kernel, leaves_out)
    found = np.array((stride, kernel, padding, *added)).T[np.lexsort(keys)]
    return tuple(
        tuple(
            TransposedAxis(length, padding, padding, kernel, stride, dilation=1, output_padding=output_padding)
            for length, output_padding in zip(lengths, output_paddings, strict=True)
        )
        for stride, kernel, padding, *output_paddings in found[:most].tolist()
    )
