"""How many taps of a transposed layer reach each cell of its output, and the pattern they repeat."""

from collections import Counter
from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from engine.geometry import TransposedAxis


def overlap_counts(axes: Iterable[TransposedAxis]) -> NDArray[np.intp]:
    """Return how many taps reach each output cell, in the shape of one map of the output.

    `axes` is the plan of a transposed layer. The counts are those of one pair of channels.

    >>> from engine import ConvTranspose2d
    >>> overlap_counts(ConvTranspose2d(1, 1, 3, stride=2).axes(2, 1)).tolist()
    [[1, 1, 1], [1, 1, 1], [2, 2, 2], [1, 1, 1], [1, 1, 1]]
    """
    counts: NDArray[np.intp] = reduce(np.multiply.outer, (np.array(axis.overlaps, np.intp) for axis in axes))
    return counts


def periodic_overlaps(kernel: int, stride: int, dilation: int = 1) -> tuple[int, ...]:
    """Return how many taps reach each of `stride` neighbouring cells, in one direction, far from the border.

    From there on the counts repeat. They are equal where the kernel is a multiple of the stride and the dilation has
    no divisor in common with it; a 0 is a cell that no tap reaches.

    >>> periodic_overlaps(3, 2), periodic_overlaps(4, 2), periodic_overlaps(2, 3)
    ((2, 1), (2, 2), (1, 1, 0))
    """
    taps = Counter(dilation * tap % stride for tap in range(kernel))
    return tuple(taps[cell] for cell in range(stride))


def shows_period(axis: TransposedAxis) -> bool:
    """Return whether the output of one direction is long enough to show one whole period of its overlaps.

    >>> shows_period(TransposedAxis(length=2, before=0, after=0, kernel=3, stride=1, dilation=1, output_padding=0))
    False
    >>> shows_period(TransposedAxis(length=3, before=0, after=0, kernel=3, stride=1, dilation=1, output_padding=0))
    True
    """
    period = periodic_overlaps(axis.kernel, axis.stride, axis.dilation)
    rotations = {period[start:] + period[:start] for start in range(axis.stride)}
    found = axis.overlaps
    return any(found[start : start + axis.stride] in rotations for start in range(len(found) - axis.stride + 1))
