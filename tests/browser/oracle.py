"""What the stage has to show, from torch and from the definition of a convolution, and from nothing of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from itertools import product
from urllib.parse import urlencode

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch.nn import functional

Cell = tuple[int, int]


def written(value: float) -> str:
    """Write a number as the equation does: whole ones in full, others to six digits, with a real minus sign."""
    if value == int(value):
        return str(int(value)).replace("-", "−")
    rounded = Context(prec=6, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))
    return f"{rounded.normalize():f}".replace("-", "−")


def misread(texts: Sequence[str | None], values: Sequence[float | None] | NDArray[np.float64]) -> list[object]:
    """Return (cell, text, value) for each cell that does not show its value; None stands for a cell not made yet.

    A whole number is shown in full. Any other is rounded rightly to the digits shown, and never to zero.
    """
    pairs = enumerate(zip(texts, np.array(values, object).ravel().tolist(), strict=True))
    return [(cell, text, value) for cell, (text, value) in pairs if not _shows(text, value)]


def _shows(text: str | None, value: float | None) -> bool:
    if text is None or value is None:
        return text is value
    if value == int(value):
        return text == written(value)
    shown = Decimal(text.replace("−", "-"))
    half = Decimal("0.5001").scaleb(int(shown.as_tuple().exponent))
    return shown != 0 and abs(shown - Decimal(value)) <= half


def factor(value: float) -> str:
    """Write a number as it stands inside an equation: a negative one in brackets."""
    text = written(value)
    return f"({text})" if text.startswith("−") else text


def both(name: str, amounts: Sequence[int]) -> dict[str, int]:
    """Return an amount of rows and one of columns as a link says them."""
    return dict(zip((f"{name}_height", f"{name}_width"), amounts, strict=True))


@dataclass(frozen=True, eq=False)
class Oracle:
    """One layer and its numbers: x (channels, rows, columns), kernel (filters, channels, rows, columns)."""

    x: ArrayLike
    kernel: ArrayLike
    bias: Sequence[float] | None = None
    stride: Cell = (1, 1)
    padding: tuple[int, int, int, int] = (0, 0, 0, 0)  # left, right, top, bottom: torch's own order
    dilation: Cell = (1, 1)
    mode: str = "constant"

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        return np.array(self.kernel, float)

    @cached_property
    def padded(self) -> NDArray[np.float64]:
        return functional.pad(torch.tensor(np.array(self.x, float))[None], self.padding, mode=self.mode)[0].numpy()

    @cached_property
    def sources(self) -> NDArray[np.float64]:
        """Return, for each padded cell, 1 + the number of the input cell it copies, or 0 for a zero of the padding."""
        rows, columns = np.shape(self.x)[1:]
        numbered = 1.0 + torch.arange(rows * columns).double().reshape(1, 1, rows, columns)
        return functional.pad(numbered, self.padding, mode=self.mode)[0, 0].numpy()

    @cached_property
    def output(self) -> NDArray[np.float64]:
        bias = None if self.bias is None else torch.tensor(self.bias).double()
        return functional.conv2d(
            torch.tensor(self.padded)[None],
            torch.tensor(self.weight),
            bias,
            stride=self.stride,
            dilation=self.dilation,
        )[0].numpy()

    @property
    def outputs(self) -> list[Cell]:
        """Every output cell of one channel, row by row."""
        return list(product(*map(range, self.output.shape[1:])))

    @property
    def taps(self) -> list[Cell]:
        """Every kernel cell of one channel, row by row."""
        return list(product(*map(range, self.weight.shape[2:])))

    def read(self, at: Cell, tap: Cell) -> Cell:
        """Return the padded cell under a tap of the window that makes the output cell `at`."""
        row, column = (s * o + d * t for s, o, d, t in zip(self.stride, at, self.dilation, tap, strict=True))
        return row, column

    def window(self, at: Cell) -> list[Cell]:
        return [self.read(at, tap) for tap in self.taps]

    def products(self, out_channel: int, channel: int, at: Cell) -> list[float]:
        return [
            float(self.padded[channel][self.read(at, tap)] * self.weight[out_channel, channel][tap])
            for tap in self.taps
        ]

    def sums(self, out_channel: int, at: Cell) -> list[float]:
        """Return each channel's own sum."""
        return [sum(self.products(out_channel, channel, at)) for channel in range(self.weight.shape[1])]

    def readers(self, padded_cell: Cell) -> list[tuple[Cell, Cell]]:
        """Return (output cell, tap) wherever the value in a padded cell is read, from there or from a copy of it."""
        source = self.sources[padded_cell]

        def is_same(cell: Cell) -> bool:
            return self.sources[cell] == source if source else cell == padded_cell

        return [(at, tap) for at in self.outputs for tap in self.taps if is_same(self.read(at, tap))]

    @property
    def link(self) -> str:
        """The link of the page that shows the layer, written out here and not by the code that is tested."""
        left, right, top, bottom = self.padding
        assert (left, top) == (right, bottom), "the page has one amount for both sides"
        (rows, columns), (filters, channels) = np.shape(self.x)[1:], self.weight.shape[:2]
        return "/standard?" + urlencode(
            {"v": 1, "preset": "simplest", "height": rows, "width": columns}
            | {"in_channels": channels, "out_channels": filters, "bias": int(self.bias is not None)}
            | both("kernel", self.weight.shape[2:])
            | both("stride", self.stride)
            | both("dilation", self.dilation)
            | {"padding": "amount", "padding_mode": "zeros" if self.mode == "constant" else self.mode}
            | both("padding", (top, left))
            | {"values": "typed"}
            | {
                f"{of}_values": f"*{self.text(of)}"
                for of in ("input", "kernel", "bias")
                if getattr(self, of, 1) is not None
            }
        )

    def text(self, of: str) -> str:
        """Return `input`, `kernel` or `bias` as a person types it."""
        arrays = {"input": [self.x], "kernel": self.kernel, "bias": [[[self.bias or []]]]}
        return "\n---\n".join(
            "\n\n".join("\n".join(" ".join(f"{value:g}" for value in row) for row in matrix) for matrix in channels)
            for channels in np.array(arrays[of], float)
        )


LESSON = Oracle(
    x=[[[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]]],
    kernel=[[[[1, 0], [2, 1]]]],
)
