"""How much of a network's input one value deep inside it depends on."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

from engine.geometry import Axis, TransposedAxis

AnyAxis = Axis | TransposedAxis


@dataclass(frozen=True)
class ReceptiveField:
    """The cells of a network's input, along one direction, that the outputs of a layer depend on.

    Output number `i` depends on the cells from `first_cells[i]` to `last_cells[i]`, both counted from 0. What holds
    for one output holds for the output `len(first_cells)` further on, with cells `shift` further on. Without
    transposed layers there is one entry: the shift is the product of the strides, and the number of cells is 1 + the
    sum of (kernel - 1) * dilation * (product of the strides before). As it is made, each output is an input cell.

    The input is taken to go on beyond its borders, as padding does. Where a transposed layer leaves gaps, or a layer
    steps over cells, the first and the last cell may be ones that are stepped over.
    """

    first_cells: tuple[int, ...] = (0,)
    last_cells: tuple[int, ...] = (0,)
    shift: int = 1

    @property
    def size(self) -> int:
        """The receptive field: the most cells that an output sees, from the first to the last."""
        return max(0, *(last - first + 1 for first, last in zip(self.first_cells, self.last_cells, strict=True)))

    def through(self, axis: AnyAxis) -> "ReceptiveField":
        """Return what the outputs of the next layer see.

        >>> from engine import Conv2d, ConvTranspose2d
        >>> rows, _ = Conv2d(1, 1, 3, stride=2, padding=1).axes(28, 28)
        >>> ReceptiveField().through(rows), ReceptiveField().through(rows).through(rows).size
        (ReceptiveField(first_cells=(-1,), last_cells=(1,), shift=2), 7)
        """
        period, stride = len(self.first_cells), axis.stride
        if isinstance(axis, Axis):
            outputs = period // gcd(period, stride)
            starts = [output * stride - axis.before for output in range(outputs)]
            ends = [start + axis.extent - 1 for start in starts]
            shift = self.shift * stride * outputs // period
        else:
            places = range(axis.before, axis.before + period * stride)
            starts = [-((axis.extent - 1 - place) // stride) for place in places]
            ends = [place // stride for place in places]
            shift = self.shift
        first_cells, last_cells = (
            tuple(seen[cell % period] + cell // period * self.shift for cell in cells)
            for seen, cells in ((self.first_cells, starts), (self.last_cells, ends))
        )
        return ReceptiveField(first_cells, last_cells, shift)


def receptive_field(axes: Iterable[AnyAxis]) -> int:
    """Return the length of the input, along one direction, that one output of these axes depends on at most.

    The first axis is the one that reads the input.

    >>> from engine import Conv2d, MaxPool2d
    >>> conv, pool = Conv2d(1, 1, 3, padding=1).axes(28, 28)[0], MaxPool2d(2).axes(28, 28)[0]
    >>> receptive_field([conv]), receptive_field([conv, pool]), receptive_field([conv, pool, conv])
    (3, 4, 8)
    """
    field = ReceptiveField()
    for axis in axes:
        field = field.through(axis)
    return field.size
