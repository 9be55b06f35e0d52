"""The record of a transposed convolution: every product, the cell it is added to, and every sum."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, operands, scatter_add
from engine.forward import forward
from engine.geometry import TransposedAxis
from engine.overlaps import overlap_counts
from engine.trace import Record, corners, frozen, multiplied, read_only_copies
from engine.transposed import ConvTranspose2d


@dataclass(frozen=True, eq=False)
class TransposedTrace(Record):
    """The record of one input going through one transposed layer; its arrays are read-only and its own.

    With P = input height * input width positions, f = out_channels // groups output channels in a group and
    c = in_channels // groups input channels:

    - `input` (in_channels, height, width), `weight` and `bias` (or None) are copies of what was given, as float64;
    - `stamps` (in_channels, f, kernel rows * kernel columns, P) is each input value times the kernel;
    - `positions` (P, 2) is each stamp's top-left corner (row, column) in the output before it is cropped, row by row
      of the input;
    - `scatter_index` (P, kernel rows * kernel columns) is the cell of the uncropped output, counted row by row, to
      which each tap of each stamp is added; that output has `axes[0].uncropped` rows and `axes[1].uncropped` columns;
    - `overlap_counts` (output height, output width) is how many taps land on each output cell;
    - `products` (out_channels, c, kernel rows * kernel columns, P) are the stamps by the output channel they land on;
    - `scattered_sums`, of that shape, is what the cell of each product holds once it has been added. Stamps are added
      position by position, at each channel by channel, to an output that starts as the bias, or as 0;
    - `uncropped` (out_channels, uncropped rows, uncropped columns) is what is there in the end; cropped, it is the
      `output`: exactly for whole numbers, else to rounding;
    - `partial_sums` (out_channels, c, output height, output width) is what the stamps of each input channel add up to;
    - `running_sums`, of that shape, is the same accumulated over the channels in order;
    - `output` (out_channels, output height, output width) is that of `forward`, bit for bit, and the last running sum
      plus the bias: exactly for whole numbers, else to rounding, because it adds the channels before they land.

    The stamps are what is recorded; the rest follows from them and is worked out when it is first read, then kept.
    Input channel i stamps the output channels of its group: the first is i // c * f.
    """

    layer: ConvTranspose2d
    stamps: Floats

    @property
    def axes(self) -> tuple[TransposedAxis, TransposedAxis]:
        """The plan that was followed, (rows, columns)."""
        height, width = self.input.shape[1:]
        return self.layer.axes(height, width)

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """Each stamp's top-left corner in the uncropped output, (P, 2)."""
        rows, cols = self.axes
        return corners((rows.forward_axis.starts, cols.forward_axis.starts))

    @cached_property
    def scatter_index(self) -> NDArray[np.intp]:
        """The cell of the uncropped output on which each tap of each stamp lands, (P, taps)."""
        rows, cols = self.axes
        taps = corners((rows.forward_axis.offsets, cols.forward_axis.offsets))
        return frozen((self.positions[:, None] + taps) @ np.array([cols.uncropped, 1]))

    @cached_property
    def overlap_counts(self) -> NDArray[np.intp]:
        """How many taps land on each output cell, (output height, output width)."""
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
        """The output before it is cropped, (out_channels, uncropped rows, uncropped columns)."""
        return self._scattered[1]

    @cached_property
    def _scattered(self) -> tuple[Floats, Floats]:
        rows, cols = self.axes
        out_channels, channels, taps, _ = self.products.shape
        sums = np.empty_like(self.products)
        cells = np.zeros((out_channels, rows.uncropped * cols.uncropped))
        if self.bias is not None:
            cells += self.bias[:, None]
        # The last tap first: on any one cell that is the order of the positions, and no tap lands on it twice.
        for tap in reversed(range(taps)):
            where = self.scatter_index[:, tap]
            for channel in range(channels):
                cells[:, where] += self.products[:, channel, tap]
                sums[:, channel, tap] = cells[:, where]
        return frozen(sums), frozen(cells.reshape(out_channels, rows.uncropped, cols.uncropped))

    @cached_property
    def partial_sums(self) -> Floats:
        """What the stamps of each input channel add up to, (out_channels, c, output height, output width)."""
        _, filters, taps, positions = self.stamps.shape
        maps = scatter_add(self.stamps.reshape(-1, taps, positions), self.axes)
        grouped = maps.reshape(self.layer.groups, -1, filters, *maps.shape[1:]).swapaxes(1, 2)
        return frozen(np.ascontiguousarray(grouped).reshape(self.layer.out_channels, -1, *maps.shape[1:]))

    @cached_property
    def output(self) -> Floats:
        """What the layer computes, (out_channels, output height, output width)."""
        # One map an output channel has to land instead of one for every channel that it reads: many times faster.
        return frozen(forward(self.layer, self.input, self.weight, self.bias))


def record_transposed(
    layer: ConvTranspose2d, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None
) -> TransposedTrace:
    """Return the record of one input, (in_channels, height, width); LayerError where an array does not fit the layer.

    >>> record_transposed(ConvTranspose2d(1, 1, 2, bias=False), [[[5]]], [[[[1, 2], [3, 4]]]], None).output.tolist()
    [[[5.0, 10.0], [15.0, 20.0]]]
    """
    given = operands(layer, x, weight, bias)
    layer.axes(*given.input.shape[1:])  # Refuses an input that leaves no output.
    weights = given.weight.reshape(*given.weight.shape[:2], -1)
    stamps = multiplied(weights, given.input.reshape(layer.in_channels, 1, 1, -1))
    return TransposedTrace(layer, *read_only_copies(given), stamps=frozen(stamps))
