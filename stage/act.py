"""A record as something to play: which cells each multiply joins, and the numbers that belong to it.

An act is one layer. A step of it is a place in four nested loops (filter, position, channel, tap), and the record has
a number for every place. The browser looks numbers up; it computes none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine import Axis, Trace
from stage.encoding import encode

Floats = NDArray[np.float64]
Cells = NDArray[np.int64]


class Arithmetic(StrEnum):
    """What is made of a window."""

    PRODUCTS = "products"
    MAX = "max"
    MEAN = "mean"


class Kind(IntEnum):
    """What a cell of the padded input is."""

    INPUT = 0
    PADDING = 1
    INSERTED = 2  # a zero put between two inputs
    EXTRA = 3  # one of the rows and columns added at the end, beyond the padding


class Playable(Protocol):
    """What is asked of an act, whatever its kind."""

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array the browser is given, by its name there."""

    def ends(self) -> dict[str, float]:
        """The end of each colour scale."""

    def kinds_of(self, name: str) -> NDArray[np.int8] | None:
        """What the cells of an array are, where not all of them are the layer's own values."""

    def encoded(self) -> dict[str, Any]:
        """Everything the player looks up while it plays, as JSON-ready values."""


ROLES = MappingProxyType({"input": "input", "kernel": "kernel", "bias": "bias"})
"""What can be edited in a layer, by what it is to it, and what the page calls it."""


@dataclass(frozen=True, eq=False)
class Act:
    """One layer to play. With P positions, T taps, and c channels that a filter reads:

    - `input` (channels, padded rows, padded columns), `output` (filters, rows, columns);
    - `reads` (P, T) is the padded cell under each tap, `kinds` and `sources` (padded cells,) what each cell is and
      the input cell it copies, or -1;
    - `firsts` (filters,) is the first of the c channels that each filter reads;
    - `products` (filters, c, T, P), `partial` and `running` (filters, c, rows, columns) are as in a Trace;
    - `kernel` (filters, c, rows, columns) and `bias` (filters,) are None where there is none;
    - `extras` are more arrays for the browser, by name; `roles` are the page's names of what can be edited.
    """

    input: Floats
    output: Floats
    length: tuple[int, int]  # of the input without its padding
    taps: tuple[int, int]
    reads: Cells
    sources: Cells
    kinds: NDArray[np.int8]
    firsts: tuple[int, ...]
    unread: tuple[tuple[int, ...], tuple[int, ...]]
    products: Floats
    partial: Floats
    running: Floats
    roles: Mapping[str, str]
    kernel: Floats | None = None
    bias: Floats | None = None
    arithmetic: Arithmetic = Arithmetic.PRODUCTS
    extras: dict[str, NDArray[Any]] = field(default_factory=dict)
    frame: tuple[int, int] = (0, 0)  # rows and columns that the next layer's padding puts before the output

    @property
    def depth(self) -> int:
        """How many channels a filter reads."""
        depth: int = self.products.shape[1]
        return depth

    @property
    def groups(self) -> int:
        """How many groups the channels fall into."""
        return len(self.input) // self.depth

    def ends(self) -> dict[str, float]:
        """The end of each colour scale."""
        sums = (self.partial, self.running, self.output) + (() if self.bias is None else (self.bias,))
        return {
            "input": largest(self.input),
            "kernel": 1.0 if self.kernel is None else largest(self.kernel),
            "products": largest(self.products),
            "sums": largest(*sums),
            "output": largest(self.output),
        }

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array the browser is given, by its name there."""
        arrays: dict[str, NDArray[Any]] = dict(self.extras) | {
            "reads": self.reads,
            "sources": self.sources,
            "kinds": self.kinds,
            "input": self.input,
            "products": self.products,
            "partial": self.partial,
            "sum": self.running,
            "output": self.output,
        }
        arrays |= {} if self.kernel is None else {"kernel": self.kernel}
        return arrays | ({} if self.bias is None else {"bias": self.bias})

    def kinds_of(self, name: str) -> NDArray[np.int8] | None:
        """What the cells of an array are, where not all of them are the layer's own values."""
        return self.kinds if name == "input" else None

    def encoded(self) -> dict[str, Any]:
        """Everything the player looks up while it plays, as JSON-ready values."""
        filters, channels, taps, positions = self.products.shape
        return {
            "kind": "windows" if self.kernel is not None else "pooling",
            "loops": {"filters": filters, "positions": positions, "channels": channels, "taps": taps},
            "firsts": list(self.firsts),
            "padded": list(self.input.shape[1:]),
            "length": list(self.length),
            "shape": list(self.output.shape[1:]),
            "frame": list(self.frame),
            "unread": [list(lines) for lines in self.unread],
            "ends": self.ends()
            | {name: largest(self.extras[name]) for name in self.extras.keys() & {"columns", "matrix", "flat_input"}},
            "arithmetic": self.arithmetic.value,
            "roles": dict(self.roles),
            "arrays": {name: encode(values) for name, values in self.arrays.items()},
        }


def largest(*arrays: Floats) -> float:
    """The end of a colour scale symmetric about zero that holds every finite value (1 where all are zero)."""
    return max(float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays) or 1.0


def reads(axes: tuple[Axis, Axis]) -> Cells:
    """The padded cell under each tap at each position: (positions, taps), cells counted row by row.

    >>> from engine import Conv2d
    >>> reads(Conv2d(1, 1, 2).axes(3, 3)).tolist()
    [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    """
    rows, columns = axes
    corners, taps = (
        np.add.outer(np.array(down) * columns.padded, np.array(across)).ravel()
        for down, across in ((rows.starts, columns.starts), (rows.offsets, columns.offsets))
    )
    cells: Cells = np.add.outer(corners, taps)
    return cells


def sources(axes: tuple[Axis, Axis]) -> Cells:
    """The input cell each padded cell copies, or -1 where the padding is zero: (padded rows * padded columns,)."""
    rows, columns = (np.array(axis.sources) for axis in axes)
    cells = np.add.outer(rows * axes[1].length, columns)
    return np.where(np.logical_and.outer(rows >= 0, columns >= 0), cells, -1).ravel()


def kinds(axes: tuple[Axis, Axis]) -> NDArray[np.int8]:
    """Which padded cells are the input's own, and which are padding: (padded rows * padded columns,)."""
    found = np.full(tuple(axis.padded for axis in axes), Kind.PADDING, np.int8)
    found[tuple(slice(axis.before, axis.before + axis.length) for axis in axes)] = Kind.INPUT
    return found.ravel()


def convolution_act(trace: Trace, roles: Mapping[str, str] = ROLES) -> Act:
    """The act of an ordinary convolution, whatever its groups."""
    layer, (rows, columns) = trace.layer, trace.axes
    depth, filters = trace.products.shape[1], layer.out_channels // layer.groups
    return Act(
        input=trace.padded,
        output=trace.output,
        length=trace.input.shape[1:],
        taps=layer.kernel,
        reads=reads(trace.axes),
        sources=sources(trace.axes),
        kinds=kinds(trace.axes),
        firsts=tuple(one // filters * depth for one in range(layer.out_channels)),
        unread=(rows.unread, columns.unread),
        products=trace.products,
        partial=trace.partial_sums,
        running=trace.running_sums,
        kernel=trace.weight,
        bias=trace.bias,
        roles=roles,
    )
