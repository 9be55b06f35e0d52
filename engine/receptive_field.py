"""How much of a network's input one value deep inside it depends on."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import gcd, inf, lcm

from engine.geometry import Axis, TransposedAxis
from engine.uneven_axis import UnevenAxis

AnyAxis = Axis | TransposedAxis | UnevenAxis


@dataclass(frozen=True)
class ReceptiveField:
    """The cells of a network's input, along one direction, that the outputs of a layer depend on.

    Output number `i` depends on the cells from `first_cells[i]` to `last_cells[i]`, both counted from 0 and both read;
    both are None where a transposed layer leaves a gap, which holds only the bias. What holds for one output holds for
    the output `len(first_cells)` further on, with cells `shift` further on. Without transposed layers there is one
    entry: the shift is the product of the strides, and the number of cells is 1 + the sum of (kernel - 1) * dilation *
    (product of the strides before). As it is made, each output is an input cell.

    The input, and what each layer makes of it, is taken to go on beyond its borders, as padding does; `SeenCells` stops
    there. Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks" (Distill, 2019).
    """

    first_cells: tuple[int | None, ...] = (0,)
    last_cells: tuple[int | None, ...] = (0,)
    shift: int = 1

    @cached_property
    def size(self) -> int:
        """The receptive field: the most cells that an output sees, from the first to the last."""
        spans = zip(self.first_cells, self.last_cells, strict=True)
        return max((last - first + 1 for first, last in spans if first is not None and last is not None), default=0)

    @property
    def jump(self) -> Fraction:
        """Cells of the input from one output to the next: below 1 where transposed layers have made more of them.

        >>> from engine import Conv2d, ConvTranspose2d
        >>> layers = Conv2d(1, 1, 3, stride=2), ConvTranspose2d(1, 1, 3, stride=2)
        >>> [str(ReceptiveField().through(layer.axes(8, 8)[0]).jump) for layer in layers]
        ['2', '1/2']
        """
        return Fraction(self.shift, len(self.first_cells))

    def cells(self, output: int) -> tuple[int, int] | None:
        """Return the first and the last cell that an output depends on; None where it depends on none.

        >>> from engine import Conv2d
        >>> ReceptiveField().through(Conv2d(1, 1, 3, dilation=2, padding=1).axes(8, 8)[0]).cells(0)
        (-1, 3)
        """
        around, at = divmod(output, len(self.first_cells))
        first, last = self.first_cells[at], self.last_cells[at]
        if first is None or last is None:
            return None
        return first + around * self.shift, last + around * self.shift

    def centre(self, output: int) -> Fraction | None:
        """Return the middle of the cells that an output depends on; None where it depends on none."""
        cells = self.cells(output)
        return None if cells is None else Fraction(sum(cells), 2)

    def through(self, axis: AnyAxis) -> "ReceptiveField":
        """Return what the outputs of the next layer see.

        >>> from engine import Conv2d, ConvTranspose2d
        >>> rows, _ = Conv2d(1, 1, 3, stride=2, padding=1).axes(28, 28)
        >>> ReceptiveField().through(rows), ReceptiveField().through(rows).through(rows).size
        (ReceptiveField(first_cells=(-1,), last_cells=(1,), shift=2), 7)
        """
        sees_what_it_reads = isinstance(axis, Axis) and axis.kernel == axis.stride == 1 and axis.before == 0
        return self if sees_what_it_reads else _through(self, axis)

    def _spread(self, stride: int) -> "ReceptiveField":
        """With `stride` - 1 outputs between any two that depend on nothing: the zeros of a transposed layer."""
        zeros = (None,) * (stride - 1)
        first_cells, last_cells = (
            tuple(cell for seen in cells for cell in (seen, *zeros)) for cells in (self.first_cells, self.last_cells)
        )
        return ReceptiveField(first_cells, last_cells, self.shift)

    def joined(self, other: "ReceptiveField", outputs: int, other_outputs: int) -> "ReceptiveField":
        """Return what the outputs of a layer see that reads two at each place, of which this one has so many outputs.

        Where the two move at another pace over the input, as a mean of everything does, which stands still, it is the
        most that one of the outputs sees.

        >>> small, large = ReceptiveField(), ReceptiveField((-1,), (1,), 1)
        >>> small.joined(large, 4, 4).cells(0), small.joined(ReceptiveField((0,), (3,), 4), 4, 1).size
        ((-1, 1), 4)
        """
        if self.jump == other.jump:
            period = lcm(len(self.first_cells), len(other.first_cells))
            spans = [_union(self.cells(output), other.cells(output)) for output in range(period)]
            shift = self.shift * period // len(self.first_cells)
        else:
            every = [
                _union(self.cells(output), other.cells(min(output, other_outputs - 1))) for output in range(outputs)
            ]
            more = max((last - first for first, last in filter(None, every)), default=0)
            period, shift = len(self.first_cells), self.shift
            # Fewer outputs than a period has are all there are.
            spans = [span and (span[0], span[0] + more) for span in every[:period]]
            spans += [None] * (period - len(spans))
        return ReceptiveField(
            tuple(span and span[0] for span in spans), tuple(span and span[1] for span in spans), shift
        )

    def _over(self, axis: UnevenAxis) -> "ReceptiveField":
        """What windows see that are not all alike."""
        period = len(self.first_cells)
        times = period // gcd(period, axis.shift)
        firsts, lasts = _Repeating.of(self.first_cells, self.shift), _Repeating.of(self.last_cells, self.shift)
        first_cells, last_cells = [], []
        for first, last in map(axis.window, range(times * len(axis.pattern))):
            # A period further on stand larger numbers, and a period before smaller ones.
            seen = [firsts.at(place) for place in range(first, min(last, first + period - 1) + 1)]
            first_cells.append(min((cell for cell in seen if cell is not None), default=None))
            seen = [lasts.at(place) for place in range(max(first, last - period + 1), last + 1)]
            last_cells.append(max((cell for cell in seen if cell is not None), default=None))
        return ReceptiveField(tuple(first_cells), tuple(last_cells), self.shift * times * axis.shift // period)

    def _under(self, axis: Axis | TransposedAxis, starts: range, shift: int) -> "ReceptiveField":
        """What kernels see whose first taps stand on the outputs `starts`; after those it repeats, `shift` on."""
        firsts = _Repeating.of(self.first_cells, self.shift)
        # The last cell is the first one counted backwards.
        lasts = _Repeating.of(self.last_cells, self.shift).backwards()
        firsts, lasts = (one.least_of_taps(axis.kernel, axis.dilation) for one in (firsts, lasts))
        ends = [lasts.at(1 - axis.extent - start) for start in starts]
        return ReceptiveField(
            tuple(firsts.at(start) for start in starts), tuple(None if end is None else -end for end in ends), shift
        )


@lru_cache(maxsize=16)  # rows and columns are often alike
def _through(field: ReceptiveField, axis: AnyAxis) -> ReceptiveField:
    if isinstance(axis, UnevenAxis):
        return field._over(axis)
    period = len(field.first_cells)
    if isinstance(axis, Axis):
        outputs = period // gcd(period, axis.stride)
        starts = range(-axis.before, outputs * axis.stride - axis.before, axis.stride)
        return field._under(axis, starts, field.shift * axis.stride * outputs // period)
    first = axis.before - (axis.extent - 1)
    return field._spread(axis.stride)._under(axis, range(first, first + period * axis.stride), field.shift)


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


def _union(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """From the first to the last cell of two spans; None where there is neither."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


@dataclass(frozen=True)
class _Repeating:
    """Whole numbers without an end on either side: what stands in one period is `shift` larger in the next.

    Where there is no number, there is infinity, which is larger than all.
    """

    period: tuple[float, ...]
    shift: int

    @classmethod
    def of(cls, cells: tuple[int | None, ...], shift: int) -> "_Repeating":
        """Return the numbers of a period, which may have places without one."""
        return cls(tuple(inf if cell is None else cell for cell in cells), shift)

    def at(self, place: int) -> int | None:
        """Return the number at a place, counted from the first of the period."""
        around, within = divmod(place, len(self.period))
        number = self.period[within]
        return None if number == inf else int(number) + around * self.shift

    def backwards(self) -> "_Repeating":
        """Return them counted the other way, each with the other sign."""
        numbers = (self.at(-place) for place in range(len(self.period)))
        return _Repeating.of(tuple(None if number is None else -number for number in numbers), self.shift)

    def least_of_taps(self, kernel: int, dilation: int) -> "_Repeating":
        """Return for each place the least number under a kernel that begins there: each round twice as many taps.

        Taps that fall on a place of the period again hold larger numbers there.
        """
        kernel = min(kernel, len(self.period) // gcd(dilation, len(self.period)))
        least, taps = self.period, 1
        while taps < kernel:
            more = min(taps, kernel - taps)
            around, within = divmod(more * dilation, len(least))
            here, there = around * self.shift, (around + 1) * self.shift
            moved = *(number + here for number in least[within:]), *(number + there for number in least[:within])
            least = tuple(map(min, least, moved))
            taps += more
        return _Repeating(least, self.shift)
