"""What the transposed page has to show, from torch and from the definition of a stamp, and from nothing of ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from urllib.parse import urlencode

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch.nn import functional

from tests.browser.equations import sign
from tests.browser.oracle import Cell, both, factor, written

Floats = NDArray[np.float64]
Maybe = list[float | None]


@dataclass(frozen=True, eq=False)
class Transposed:
    """One layer and its numbers: x (channels, rows, columns), kernel (channels, filters in a group, rows, columns)."""

    x: ArrayLike
    kernel: ArrayLike
    bias: Sequence[float] | None = None
    stride: Cell = (1, 1)
    padding: Cell = (0, 0)
    output_padding: Cell = (0, 0)
    dilation: Cell = (1, 1)
    groups: int = 1

    @cached_property
    def input(self) -> Floats:
        return np.array(self.x, float)

    @cached_property
    def weight(self) -> Floats:
        return np.array(self.kernel, float)

    def _torch(self, padding: Cell) -> Floats:
        return functional.conv_transpose2d(
            torch.tensor(self.input)[None],
            torch.tensor(self.weight),
            None if self.bias is None else torch.tensor(self.bias).double(),
            self.stride,
            padding,
            self.output_padding,
            self.groups,
            self.dilation,
        )[0].numpy()

    @cached_property
    def output(self) -> Floats:
        return self._torch(self.padding)

    @cached_property
    def uncropped(self) -> Floats:
        return self._torch((0, 0))

    @property
    def filters(self) -> int:
        return len(self.output)

    @property
    def depth(self) -> int:
        """How many input channels an output map is stamped by."""
        return len(self.input) // self.groups

    @property
    def positions(self) -> list[Cell]:
        return list(product(*map(range, self.input.shape[1:])))

    @property
    def taps(self) -> list[Cell]:
        return list(product(*map(range, self.weight.shape[2:])))

    @property
    def outputs(self) -> list[Cell]:
        return list(product(*map(range, self.output.shape[1:])))

    def channels(self, filter_: int) -> range:
        """Return the input channels that stamp a map."""
        group = filter_ // self.weight.shape[1]
        return range(group * self.depth, (group + 1) * self.depth)

    def kernel_of(self, channel: int, filter_: int) -> Floats | None:
        """Return the kernel with which a channel stamps a map, or None where it does not."""
        return self.weight[channel, filter_ % self.weight.shape[1]] if channel in self.channels(filter_) else None

    def landing(self, position: Cell, tap: Cell) -> Cell:
        """Return the cell of the uncropped output on which a tap of a stamp lands."""
        down, across = (s * p + d * t for s, p, d, t in zip(self.stride, position, self.dilation, tap, strict=True))
        return down, across

    def cropped(self, cell: Cell) -> Cell | None:
        """Return which output a cell of the uncropped one is, or None where padding crops it."""
        row, column = cell[0] - self.padding[0], cell[1] - self.padding[1]
        height, width = self.output.shape[1:]
        return (row, column) if 0 <= row < height and 0 <= column < width else None

    def gathered(self, output: Cell) -> list[tuple[Cell, Cell]]:
        """Return (position, tap) of all that lands on an output, in the order of the positions."""
        return [(p, t) for p in self.positions for t in self.taps if self.cropped(self.landing(p, t)) == output]

    def product(self, filter_: int, channel: int, position: Cell, tap: Cell) -> float:
        kernel = self.kernel_of(channel, filter_)
        assert kernel is not None
        return float(self.input[channel][position] * kernel[tap])

    def multiplies(self, filter_: int) -> list[tuple[Cell, int, Cell]]:
        """Return (position, channel, tap) of every product of a map, in the order in which they land."""
        return list(product(self.positions, self.channels(filter_), self.taps))

    def landed(self, filter_: int) -> Iterator[list[list[float | None]]]:
        """Yield the uncropped map after each product; None where nothing has landed and there is no bias."""
        rows, columns = self.uncropped.shape[1:]
        start = None if self.bias is None else self.bias[filter_]
        canvas: list[list[float | None]] = [[start] * columns for _ in range(rows)]
        for position, channel, tap in self.multiplies(filter_):
            row, column = self.landing(position, tap)
            canvas[row][column] = (canvas[row][column] or 0.0) + self.product(filter_, channel, position, tap)
            yield [list(line) for line in canvas]

    def inside(self, canvas: list[list[float | None]]) -> Maybe:
        """Return what padding leaves of a map, row by row."""
        (top, left), (height, width) = self.padding, self.output.shape[1:]
        return [value for line in canvas[top : top + height] for value in line[left : left + width]]

    @cached_property
    def matrix(self) -> list[float | None]:
        """Return every place of the matrix, row by row: what torch makes of a single one; None where no tap lands."""
        ones = Transposed(np.ones_like(self.input), np.ones_like(self.weight), None, *self._rest)
        columns = []
        for index in range(self.input.size):
            single = np.zeros(self.input.size)
            single[index] = 1.0
            shaped = single.reshape(self.input.shape)
            made = Transposed(shaped, self.weight, None, *self._rest).output.ravel()
            touched = Transposed(shaped, ones.weight, None, *self._rest).output.ravel() != 0
            columns.append([float(value) if is_there else None for value, is_there in zip(made, touched, strict=True)])
        return [value for row in zip(*columns, strict=True) for value in row]

    @property
    def _rest(self) -> tuple[Cell, Cell, Cell, Cell, int]:
        return self.stride, self.padding, self.output_padding, self.dilation, self.groups

    @cached_property
    def zero_inserted(self) -> Floats:
        """Return what the equivalent convolution reads, built cell by cell; its padding must not be below zero."""
        (top, left), (last_row, last_column) = self.spread((0, 0)), self.spread(self.positions[-1])
        rows, columns = last_row + 1 + top + self.output_padding[0], last_column + 1 + left + self.output_padding[1]
        padded = np.zeros((len(self.input), rows, columns))
        for position in self.positions:
            padded[:, *self.spread(position)] = self.input[:, *position]
        return padded

    def spread(self, position: Cell) -> Cell:
        """Return the cell of what the equivalent convolution reads that holds an input."""
        sizes = zip(self.dilation, self.weight.shape[2:], self.padding, self.stride, position, strict=True)
        row, column = (d * (k - 1) - p + s * at for d, k, p, s, at in sizes)
        return row, column

    def window(self, output: Cell) -> set[Cell]:
        """Return the cells that the equivalent convolution, of stride 1, reads for an output."""
        return {(output[0] + self.dilation[0] * i, output[1] + self.dilation[1] * j) for i, j in self.taps}

    def term(self, filter_: int, channel: int, position: Cell, tap: Cell) -> str:
        kernel = self.kernel_of(channel, filter_)
        assert kernel is not None
        return f"{factor(self.input[channel][position])}×{factor(kernel[tap])}"

    def equation(self, filter_: int, output: Cell) -> list[str]:
        """Return the arithmetic of an output: its name, a line a channel, and the total where there is one."""
        name = f"output {filter_}" if self.filters > 1 else "output"
        lines = [f"{name}[{output[0]}, {output[1]}]"]
        landings, sums = self.gathered(output), []
        if not landings:
            without = "without a bias it is 0"
            only = without if self.bias is None else f"only the bias: {written(self.bias[filter_])}"
            return [*lines, "no stamp reaches it", *[""] * (self.depth - 1), only]
        for channel in self.channels(filter_):
            sums.append(sum(self.product(filter_, channel, position, tap) for position, tap in landings))
            terms = " + ".join(self.term(filter_, channel, position, tap) for position, tap in landings)
            label = f"channel {channel}: " if len(self.input) > 1 else ""
            lines.append(f"{label}{terms} {sign(terms, written(sums[-1]))} {written(sums[-1])}")
        if self.depth == 1 and self.bias is None:
            return [*lines, ""]
        start = "" if self.bias is None else f"{factor(self.bias[filter_])} (bias) + "
        result = written(self.output[filter_][output])
        left = f"{start}{' + '.join(map(factor, sums))}"
        return [*lines, f"output: {left} {sign(left.replace(' (bias)', ''), result)} {result}"]

    def link(self, view: str) -> str:
        """Return the link of the layer in a view, written out here and not by the code that is tested."""
        rows, columns = self.input.shape[1:]
        return "/transposed?" + urlencode(
            {"v": 1, "preset": "simplest", "view": view, "height": rows, "width": columns}
            | {"in_channels": len(self.input), "out_channels": self.filters, "groups": self.groups}
            | {"bias": int(self.bias is not None), "padding": "amount"}
            | both("kernel", self.weight.shape[2:])
            | both("stride", self.stride)
            | both("padding", self.padding)
            | both("output_padding", self.output_padding)
            | both("dilation", self.dilation)
            | {"values": "typed", "input_values": f"*{self.text('input')}", "kernel_values": f"*{self.text('kernel')}"}
            | ({} if self.bias is None else {"bias_values": f"*{self.text('bias')}"})
        )

    def text(self, of: str) -> str:
        """Return `input`, `kernel` or `bias` as a person types it."""
        arrays = {"input": [self.x], "kernel": self.kernel, "bias": [[[self.bias or []]]]}
        return "\n---\n".join(
            "\n\n".join("\n".join(" ".join(f"{value:g}" for value in row) for row in matrix) for matrix in channels)
            for channels in np.array(arrays[of], float)
        )


# Overlapping stamps, a cropped border, and a row and a column more.
ODD = Transposed(
    x=[[[1, 2, -3], [4, 0, 5], [-1, 2, 3]]],
    kernel=[[[[1, -2, 3], [0, 2, -1], [4, 1, 2]]]],
    stride=(2, 2),
    padding=(1, 1),
    output_padding=(1, 1),
)
# Taps two rows apart, stamps two columns apart: some cells are never reached.
SPREAD = Transposed(
    x=[[[2, -1, 3], [0.5, 1.25, -4]]],
    kernel=[[[[1.5, -2], [3, 0.25]]]],
    bias=[10],
    stride=(1, 3),
    dilation=(2, 1),
)
GROUPED = Transposed(
    x=[[[1, 2], [3, -4]], [[5, -6], [7, 8]]],
    kernel=[[[[1, 2], [3, 4]], [[-1, 0], [2, 5]]], [[[2, 1], [0, -3]], [[1, 1], [1, 1]]]],
    groups=2,
)
CHANNELS = Transposed(
    x=[[[1, 2], [3, -4]], [[5, -6], [7, 8]]],
    kernel=[[[[1, 2], [3, 4]], [[-1, 0], [2, 5]]], [[[2, 1], [0, -3]], [[1, 1], [1, 1]]]],
    bias=[3, -7],
    padding=(1, 0),
)
LAYERS = {"odd": ODD, "spread": SPREAD, "grouped": GROUPED, "channels": CHANNELS}
