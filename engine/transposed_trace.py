"""The record of a transposed convolution: every product, the cell it is added to, and every sum."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, operands, scatter_add
from engine.forward import forward
from engine.geometry import TransposedAxis
from engine.overlaps import overlap_counts
from engine.trace import Record, corners, frozen, multiplied, read_only_copies
from engine.transposed import ConvTransposeNd


@dataclass(frozen=True, eq=False)
class TransposedTrace(Record):
    """The record of one input going through one transposed layer; its arrays are read-only and its own.

    With P positions, the input's cells, taps in a kernel, d directions, f = out_channels // groups output channels in a
    group and c = in_channels // groups input channels:

    - `input` (in_channels, *size), `weight` and `bias` (or None) are copies of what was given, as float64;
    - `stamps` (in_channels, f, taps, P) is each input value times the kernel;
    - `positions` (P, d) is each stamp's first cell in the output before it is cropped, its top-left corner (row,
      column), row by row of the input;
    - `scatter_index` (P, taps) is the cell of the uncropped output, counted row by row, to
      which each tap of each stamp is added; that output has `axes[i].uncropped` cells in direction i;
    - `overlap_counts`, of the output's size, is how many taps land on each output cell;
    - `products` (out_channels, c, taps, P) are the stamps by the output channel they land on;
    - `scattered_sums`, of that shape, is what the cell of each product holds once it has been added. Stamps are added
      position by position, at each channel by channel, to an output that starts as the bias, or as 0;
    - `uncropped` (out_channels, *uncropped size) is what is there in the end; cropped, it is the
      `output`: exactly for whole numbers, else to rounding;
    - `partial_sums` (out_channels, c, *output size) is what the stamps of each input channel add up to;
    - `running_sums`, of that shape, is the same accumulated over the channels in order;
    - `output` (out_channels, *output size) is that of `forward`, bit for bit, and the last running sum
      plus the bias: exactly for whole numbers, else to rounding, because it adds the channels before they land.

    The stamps are what is recorded; the rest follows from them and is worked out when it is first read, then kept.
    Input channel i stamps the output channels of its group: the first is i // c * f.
    """

    layer: ConvTransposeNd
    stamps: Floats

    @property
    def axes(self) -> tuple[TransposedAxis, ...]:
        """The plan that was followed, an axis for each direction."""
        return self.layer.axes(*self.input.shape[1:])

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """Each stamp's first cell in the uncropped output, (P, d)."""
        return corners(axis.forward_axis.starts for axis in self.axes)

    @cached_property
    def scatter_index(self) -> NDArray[np.intp]:
        """The cell of the uncropped output on which each tap of each stamp lands, (P, taps)."""
        taps = corners(axis.forward_axis.offsets for axis in self.axes)
        size = self._uncropped_size
        steps = [prod(size[i + 1 :]) for i in range(len(size))]
        return frozen((self.positions[:, None] + taps) @ np.array(steps))

    @property
    def _uncropped_size(self) -> tuple[int, ...]:
        return tuple(axis.uncropped for axis in self.axes)

    @cached_property
    def overlap_counts(self) -> NDArray[np.intp]:
        """How many taps land on each output cell, of the output's size."""
        return frozen(overlap_counts(self.axes))

    @cached_property
    def products(self) -> Floats:
        """The stamps by output channel, (out_channels, c, taps, P)."""
        _, filters, taps, positions = self.stamps.shape
        grouped = self.stamps.reshape(self.layer.groups, -1, filters, taps, positions).swapaxes(1, 2)
        return frozen(np.ascontiguousarray(grouped).reshape(self.layer.out_channels, -1, taps, positions))

    @property
    def scattered_sums(self) -> Floats:
        """What the cell of each product holds once that has been added, (out_channels, c, taps, P)."""
        return self._scattered[0]

    @property
    def uncropped(self) -> Floats:
        """The output before it is cropped, (out_channels, *uncropped size)."""
        return self._scattered[1]

    @cached_property
    def _scattered(self) -> tuple[Floats, Floats]:
        out_channels, channels, taps, _ = self.products.shape
        sums = np.empty_like(self.products)
        cells = np.zeros((out_channels, prod(self._uncropped_size)))
        if self.bias is not None:
            cells += self.bias[:, None]
        # The last tap first: on any one cell that is the order of the positions, and no tap lands on it twice.
        for tap in reversed(range(taps)):
            where = self.scatter_index[:, tap]
            for channel in range(channels):
                cells[:, where] += self.products[:, channel, tap]
                sums[:, channel, tap] = cells[:, where]
        return frozen(sums), frozen(cells.reshape(out_channels, *self._uncropped_size))

    @cached_property
    def partial_sums(self) -> Floats:
        """What the stamps of each input channel add up to, (out_channels, c, *output size)."""
        _, filters, taps, positions = self.stamps.shape
        maps = scatter_add(self.stamps.reshape(-1, taps, positions), self.axes)
        grouped = maps.reshape(self.layer.groups, -1, filters, *maps.shape[1:]).swapaxes(1, 2)
        return frozen(np.ascontiguousarray(grouped).reshape(self.layer.out_channels, -1, *maps.shape[1:]))

    @cached_property
    def output(self) -> Floats:
        """What the layer computes, (out_channels, *output size)."""
        # One map an output channel has to land instead of one for every channel that it reads: many times faster.
        return frozen(forward(self.layer, self.input, self.weight, self.bias))


def record_transposed(
    layer: ConvTransposeNd, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None
) -> TransposedTrace:
    """Return the record of one input, (in_channels, *size); LayerError where an array does not fit the layer.

    >>> from engine.transposed import ConvTranspose2d
    >>> record_transposed(ConvTranspose2d(1, 1, 2, bias=False), [[[5]]], [[[[1, 2], [3, 4]]]], None).output.tolist()
    [[[5.0, 10.0], [15.0, 20.0]]]
    """
    given = operands(layer, x, weight, bias)
    layer.axes(*given.input.shape[1:])  # Refuses an input that leaves no output.
    weights = given.weight.reshape(*given.weight.shape[:2], -1)
    stamps = multiplied(weights, given.input.reshape(layer.in_channels, 1, 1, -1))
    return TransposedTrace(layer, *read_only_copies(given), stamps=frozen(stamps))
