"""How much of an input of one size each value deep inside a network really depends on, borders and all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.geometry import Axis, TransposedAxis
from engine.uneven_axis import UnevenAxis

Cells = NDArray[np.int64]

_NONE = np.iinfo(np.int64).max
"""The first cell of an output that sees none; with a minus, its last."""


@dataclass(frozen=True, eq=False)
class SeenCells:
    """For each output of a layer, along one direction, the first and the last cell of the input that it depends on.

    Both are counted from 0 and on the input: where a window stands on padding, nothing is seen, but for padding that
    copies the input, through which the cell copied is seen. `size` is the most that an output sees; `ReceptiveField` is
    that of an input without borders.
    """

    first: Cells
    last: Cells

    @classmethod
    def of_input(cls, length: int) -> "SeenCells":
        """Return what the cells of an input see, which is each itself."""
        return cls(np.arange(length), np.arange(length))

    @property
    def size(self) -> int:
        """The most cells that an output sees, from the first to the last; 0 where none sees any."""
        sees = self.first <= self.last
        return int((self.last[sees] - self.first[sees]).max(initial=-1)) + 1

    def cells(self, output: int) -> tuple[int, int] | None:
        """Return the first and the last cell that an output depends on; None where it depends on none."""
        first, last = int(self.first[output]), int(self.last[output])
        return (first, last) if first <= last else None

    def joined(self, other: "SeenCells") -> "SeenCells":
        """Return what the outputs see of a layer that reads two at each place, or everywhere the only one of another.

        >>> one, other = SeenCells.of_input(3), SeenCells(np.array([0]), np.array([2]))
        >>> one.joined(other).cells(2)
        (0, 2)
        """
        return SeenCells(np.minimum(self.first, other.first), np.maximum(self.last, other.last))

    def through(self, axis: Axis | TransposedAxis | UnevenAxis) -> "SeenCells":
        """Return what the outputs of the next layer see.

        >>> from engine import Conv2d
        >>> conv = Conv2d(1, 1, 5, padding=2).axes(8, 8)[0]
        >>> SeenCells.of_input(8).through(conv).cells(0), SeenCells.of_input(8).through(conv).through(conv).size
        ((0, 2), 8)
        """
        if isinstance(axis, UnevenAxis):
            spans = [slice(first, last + 1) for first, last in axis.windows]
            firsts, lasts = [self.first[span].min() for span in spans], [self.last[span].max() for span in spans]
            return SeenCells(np.array(firsts), np.array(lasts))
        # The last cell is the first of an input that is counted backwards.
        return SeenCells(_least_read(axis, self.first), -_least_read(axis, -self.last))


def _least_read(axis: Axis | TransposedAxis, values: Cells) -> Cells:
    """For each output the least of the values that it is made of, which stand for the layer's own input."""
    if isinstance(axis, Axis):
        return _least_of_taps(_padded(axis, values), axis)[:: axis.stride][: axis.output]
    reach, inserted = axis.extent - 1, (axis.length - 1) * axis.stride + 1
    spread = np.full(inserted + 2 * reach + axis.output_padding, _NONE)
    spread[reach : reach + inserted : axis.stride] = values
    return _least_of_taps(spread, axis)[axis.before : axis.before + axis.output]


def _padded(axis: Axis, values: Cells) -> Cells:
    if not axis.mode.copies:
        return np.pad(values, (axis.before, axis.after), constant_values=_NONE)
    padded: Cells = values[np.array(axis.sources)]
    return padded


def _least_of_taps(values: Cells, axis: Axis | TransposedAxis) -> Cells:
    """The least value under the taps of a kernel, wherever it has room: each round twice as many taps."""
    taps = 1
    while taps < axis.kernel:
        more = min(taps, axis.kernel - taps)
        step = more * axis.dilation
        values = np.minimum(values[:-step], values[step:])
        taps += more
    return values
