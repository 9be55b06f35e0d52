"""The plan of a layer along one direction: which positions, which taps, which padding. Whole numbers, no arrays."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class PaddingMode(StrEnum):
    """What the padding holds: zeros, one other number, or copies of the input."""

    ZEROS = "zeros"
    CONSTANT = "constant"
    REFLECT = "reflect"
    REPLICATE = "replicate"
    CIRCULAR = "circular"
    SYMMETRIC = "symmetric"

    @property
    def copies(self) -> bool:
        """Whether the padding copies cells of the input.

        >>> PaddingMode.REFLECT.copies, PaddingMode.CONSTANT.copies
        (True, False)
        """
        return self not in (PaddingMode.ZEROS, PaddingMode.CONSTANT)


@dataclass(frozen=True)
class Axis:
    """One direction of a layer, rows or columns, over an input of one length.

    `length` is the input's, `before` and `after` the padding added to it, in cells. Indices called padded count from
    the first cell of the padding. A layer's `axes` method has checked that the plan is possible; this class has not.
    Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (arXiv 1603.07285).

    >>> axis = Axis(length=5, before=1, after=1, kernel=2, stride=2, dilation=1, mode=PaddingMode.ZEROS)
    >>> axis.output, axis.starts, axis.remainder, axis.unused_cells
    (3, (0, 2, 4), 1, (6,))
    """

    length: int
    before: int
    after: int
    kernel: int
    stride: int
    dilation: int
    mode: PaddingMode

    @property
    def padded(self) -> int:
        """Length of the input with its padding."""
        return self.length + self.before + self.after

    @property
    def extent(self) -> int:
        """Cells from the kernel's first tap to its last, both counted."""
        return self.dilation * (self.kernel - 1) + 1

    @cached_property
    def output(self) -> int:
        """Number of window positions."""
        return (self.padded - self.extent) // self.stride + 1

    @property
    def windows(self) -> int:
        """Number of places where the kernel stands."""
        return self.output

    @property
    def remainder(self) -> int:
        """Cells left beyond the last window, where the size does not divide and is floored."""
        return (self.padded - self.extent) % self.stride

    @property
    def most_padding(self) -> int | None:
        """The most padding the mode can put on one side, or None where any amount will do.

        The rules are PyTorch's: a mirror that does not repeat the edge has one cell fewer to show than the input, and
        going round the input is done once. A mirror that repeats the edge, which PyTorch has not, is NumPy's: beyond
        its end it is mirrored again.
        """
        match self.mode:
            case PaddingMode.REFLECT:
                return self.length - 1
            case PaddingMode.CIRCULAR:
                return self.length
            case _:
                return None

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Padded index of each window's first tap."""
        return tuple(range(0, self.output * self.stride, self.stride))

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Distance of each tap from its window's first."""
        return tuple(range(0, self.extent, self.dilation))

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """For each padded index the input index it copies, or -1 where the padding copies none.

        >>> Axis(3, 2, 2, 1, 1, 1, PaddingMode.REFLECT).sources
        (2, 1, 0, 1, 2, 1, 0)
        >>> Axis(3, 2, 2, 1, 1, 1, PaddingMode.SYMMETRIC).sources
        (1, 0, 0, 1, 2, 2, 1)
        """
        return tuple(self._source(index - self.before) for index in range(self.padded))

    def _source(self, index: int) -> int:
        """Input index copied at `index`, counted from the first cell of the input, so that padding may be negative."""
        last = self.length - 1
        match self.mode:
            case PaddingMode.ZEROS | PaddingMode.CONSTANT:
                return index if 0 <= index <= last else -1
            case PaddingMode.REFLECT:
                return last - abs(last - abs(index))
            case PaddingMode.REPLICATE:
                return min(max(index, 0), last)
            case PaddingMode.CIRCULAR:
                return index % self.length
            case PaddingMode.SYMMETRIC:
                there = index % (2 * self.length)
                return min(there, 2 * self.length - 1 - there)

    @cached_property
    def unused_cells(self) -> tuple[int, ...]:
        """Padded indices no window reads: left over at the end, stepped over by the stride, or between the taps."""
        read = {start + offset for start in self.starts for offset in self.offsets}
        return tuple(index for index in range(self.padded) if index not in read)

    @cached_property
    def valid_taps(self) -> int:
        """Number of (output, tap) pairs that read a value of the input, not a zero or a constant of the padding."""
        output, stride, before = self.output, self.stride, self.before
        if self.mode.copies or before == self.after == 0:
            return output * self.kernel
        count, last = 0, self.length - 1 + before
        for offset in self.offsets:
            first = max(0, -((offset - before) // stride))
            end = min(output, (last - offset) // stride + 1)
            count += max(0, end - first)
        return count


@dataclass(frozen=True)
class TransposedAxis:
    """One direction of a transposed layer: each input cell stamps the kernel on the output, `stride` cells apart.

    `before` and `after` are the layer's padding: what is cropped off the ends of the output. `output_padding` are cells
    added at its end, which are no zeros but what the stamps, or none of them, left there. Indices called uncropped
    count from the first cell before the cropping. A layer's `axes` method has checked that the plan is possible; this
    class has not. Formulas: Dumoulin and Visin (arXiv 1603.07285), chapter 4.

    >>> axis = TransposedAxis(length=3, before=1, after=1, kernel=3, stride=2, dilation=1, output_padding=1)
    >>> axis.output, axis.forward_axis.starts, axis.overlaps, axis.inserted
    (6, (0, 2, 4), (1, 2, 1, 2, 1, 1), 5)
    """

    length: int
    before: int
    after: int
    kernel: int
    stride: int
    dilation: int
    output_padding: int

    @property
    def extent(self) -> int:
        """Cells from a stamp's first tap to its last, both counted."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def uncropped(self) -> int:
        """Length of the output before the padding is cropped off its ends."""
        return (self.length - 1) * self.stride + self.extent + self.output_padding

    @property
    def output(self) -> int:
        """Length of the output."""
        return self.uncropped - self.before - self.after

    @property
    def reachable(self) -> range:
        """The lengths of the output that an output_padding of 0 to stride - 1 makes, whatever this plan's is.

        >>> TransposedAxis(length=15, before=7, after=7, kernel=16, stride=16, dilation=1, output_padding=3).reachable
        range(226, 242)
        """
        least = self.output - self.output_padding
        return range(max(1, least), max(1, least + self.stride))

    @property
    def windows(self) -> int:
        """Number of places where the kernel stands: the input cells."""
        return self.length

    @cached_property
    def forward_axis(self) -> Axis:
        """The ordinary axis that reads this one's output, each window where an input cell stamps.

        Its windows are as many as the input cells because the extra cells are left out, if need be by an `after` below
        zero: with an output_padding as large as the stride there would be room for one more.
        """
        after = self.after - self.output_padding
        return Axis(self.output, self.before, after, self.kernel, self.stride, self.dilation, PaddingMode.ZEROS)

    @property
    def valid_taps(self) -> int:
        """Number of (input cell, tap) pairs that land on the output, not on what is cropped off."""
        return self.forward_axis.valid_taps

    @cached_property
    def overlaps(self) -> tuple[int, ...]:
        """How many taps land on each output cell."""
        taps = Counter(start + offset for start in self.forward_axis.starts for offset in self.forward_axis.offsets)
        return tuple(taps[self.before + cell] for cell in range(self.output))

    @property
    def unreached(self) -> tuple[int, ...]:
        """Output cells on which no tap lands: they hold the bias, or 0 without one.

        >>> TransposedAxis(length=2, before=0, after=0, kernel=2, stride=2, dilation=1, output_padding=1).unreached
        (4,)
        """
        return tuple(cell for cell, count in enumerate(self.overlaps) if count == 0)

    @property
    def inserted(self) -> int:
        """Length of the input with stride - 1 zeros between its cells."""
        return self.length + (self.length - 1) * (self.stride - 1)

    @property
    def cropped_range(self) -> range:
        """The cells of the zero-inserted input that the equivalent convolution reads.

        All of them, unless the layer's padding is larger than the kernel's reach; then the equivalent's would be below
        zero, which crops. If that crops everything, one zero cell beyond the end is kept, for there to be an input.
        """
        first = max(0, self.before - (self.extent - 1))
        beyond = max(0, self.after - (self.extent - 1) - self.output_padding)
        return range(first, max(first + 1, self.inserted - beyond))

    @property
    def convolved(self) -> Axis:
        """The equivalent ordinary convolution, of stride 1 over the cells kept: what makes the same output.

        >>> TransposedAxis(3, before=1, after=1, kernel=3, stride=2, dilation=1, output_padding=1).convolved.after
        2
        """
        length = len(self.cropped_range)
        before = max(0, self.extent - 1 - self.before)
        after = self.output + self.extent - 1 - length - before
        return Axis(length, before, after, self.kernel, 1, self.dilation, PaddingMode.ZEROS)
