"""Where every grid of the stage stands, in cells: no pixels, no Plotly, no arrays.

One canvas holds the whole stage, and its unit is one cell, so a 3x3 kernel is as large as the window it is laid on.
A layer with many channels can be arranged in many ways; `arrange` offers the best one for each of a few screens, and
the browser takes the one whose cells come out largest in the room it really has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, floor

SCREENS = ((948, 345), (1240, 430), (600, 430), (350, 520))
"""Rooms in pixels that arrangements are made for: beside the controls, full width, a tablet, a phone."""

LABEL_PIXELS = 15
"""Height of a line of label text: a label takes as many rows of cells as that needs, one of `LABEL_ROWS`."""

LABEL_ROWS = (0.5, 1.0, 2.0, 3.0, 4.0)

ROOMY_CELL = 18
"""Cells at least this many pixels wide carry numbers, and one of them is room enough for an operator between grids."""


class Role(StrEnum):
    """What a grid of the stage shows."""

    INPUT = "input"
    KERNEL = "kernel"
    PRODUCTS = "products"
    PARTIAL = "partial"
    SUM = "sum"
    BIAS = "bias"
    OUTPUT = "output"


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells: what it shows, for which channel, its size, and its top-left corner (y in half cells)."""

    role: Role
    channel: int
    rows: int
    columns: int
    x: int
    y: float
    label: str


@dataclass(frozen=True)
class Sign:
    """An operator standing between two grids, centred on (x, y)."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Scene:
    """One arrangement: its size in cells, its grids, and the operators between them."""

    width: int
    height: float
    label_rows: float
    grids: tuple[Grid, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Parts:
    """What a scene has to show: (rows, columns) of each kind of grid, and how many there are of each."""

    padded: tuple[int, int]
    kernel: tuple[int, int]
    output: tuple[int, int]
    in_channels: int
    out_channels: int
    bias: bool

    @property
    def totals(self) -> tuple[Role, ...]:
        """The single cells between the channels and the output."""
        summed = (Role.SUM,) if self.in_channels > 1 else ()
        return summed + ((Role.BIAS,) if self.bias else ())


@dataclass(frozen=True)
class Plan:
    """The choices that make an arrangement."""

    stacked: bool  # kernel and products under their input, or beside it
    channel_columns: int
    below: bool  # the output under the channels, or beside them
    output_columns: int
    gap: int
    label: float

    def channel_size(self, parts: Parts) -> tuple[int, float]:
        """Width and height of one channel's input, kernel, products and partial sum."""
        rows, columns = parts.padded
        arithmetic = 2 * parts.kernel[1] + 2 * self.gap + 1
        if self.stacked:
            return max(columns, arithmetic), 2 * self.label + rows + parts.kernel[0]
        return columns + self.gap + arithmetic, self.label + max(rows, parts.kernel[0])

    def channels_size(self, parts: Parts) -> tuple[int, float]:
        """Width and height of all channels together."""
        width, height = self.channel_size(parts)
        return (
            self.channel_columns * (width + self.gap) - self.gap,
            ceil(parts.in_channels / self.channel_columns) * height,
        )

    def result_size(self, parts: Parts) -> tuple[int, float]:
        """Width and height of the sum, the bias and the output maps."""
        rows, columns = parts.output
        lines = ceil(parts.out_channels / self.output_columns)
        totals = len(parts.totals) * (1 + self.gap)
        return totals + self.gap + self.output_columns * (columns + 1) - 1, lines * (rows + self.label)

    def size(self, parts: Parts) -> tuple[int, float]:
        """Width and height of the whole scene."""
        width, height = self.channels_size(parts)
        result_width, result_height = self.result_size(parts)
        if self.below:
            return max(width, result_width), height + result_height
        return width + result_width, max(height, result_height)


def _plans(parts: Parts, gap: int, label: float) -> Iterator[Plan]:
    for stacked in (False, True):
        for channel_columns in range(1, parts.in_channels + 1):
            for below in (False, True):
                for output_columns in range(1, parts.out_channels + 1):
                    yield Plan(stacked, channel_columns, below, output_columns, gap, label)


def _cell_pixels(plan: Plan, parts: Parts, screen: tuple[int, int]) -> float:
    width, height = plan.size(parts)
    return min(screen[0] / width, screen[1] / height)


def _best_plan(parts: Parts, screen: tuple[int, int]) -> Plan:
    """The plan with the largest cells on a screen whose labels are still tall enough to read."""
    best = Plan(False, 1, False, 1, 1, 1.0)
    for label in LABEL_ROWS:
        gap = 1 if label <= 1 else 2
        best = max(_plans(parts, gap, label), key=lambda plan: _cell_pixels(plan, parts, screen))
        if _cell_pixels(best, parts, screen) * label >= LABEL_PIXELS:
            break
    return best


def _half_cells(y: float) -> float:
    """The half cell at or above y: on whole half cells, edges are sharp."""
    return floor(2 * y) / 2


def _channel(plan: Plan, parts: Parts, channel: int, x: int, y: float) -> tuple[list[Grid], list[Sign]]:
    """One channel's grids and operators, its block's top-left corner at (x, y)."""
    (rows, columns), (kernel_rows, kernel_columns) = parts.padded, parts.kernel
    gap, label = plan.gap, plan.label
    name = f"input {channel}" if parts.in_channels > 1 else "input"
    if plan.stacked:
        source = Grid(Role.INPUT, channel, rows, columns, x, y + label, name)
        left, top = x, y + 2 * label + rows
    else:
        tallest = max(rows, kernel_rows)
        source = Grid(Role.INPUT, channel, rows, columns, x, y + label + (tallest - rows) / 2, name)
        left, top = x + columns + gap, y + label + (tallest - kernel_rows) / 2
    middle = top + kernel_rows / 2
    products = left + kernel_columns + gap
    partial = products + kernel_columns + gap
    grids = [
        source,
        Grid(Role.KERNEL, channel, kernel_rows, kernel_columns, left, top, "kernel"),
        Grid(Role.PRODUCTS, channel, kernel_rows, kernel_columns, products, top, "products"),
        Grid(Role.PARTIAL, channel, 1, 1, partial, middle - 0.5, "sum"),
    ]
    signs = [Sign("=", products - gap / 2, middle), Sign("Σ", partial - gap / 2, middle)]
    if not plan.stacked:
        signs.append(Sign("×", left - gap / 2, middle))
    return grids, signs


def _result(plan: Plan, parts: Parts, x: int, y: float, height: float) -> tuple[list[Grid], list[Sign]]:
    """The sum over channels, the bias and the output maps, from the corner (x, y) down `height` rows."""
    rows, columns = parts.output
    lines = ceil(parts.out_channels / plan.output_columns)
    top = y + _half_cells(max(0, height - lines * (rows + plan.label)) / 2)
    middle = top + _half_cells((plan.label + lines * (rows + plan.label)) / 2)
    grids: list[Grid] = []
    signs: list[Sign] = []
    for role in parts.totals:
        signs.append(Sign("+" if role is Role.BIAS else "Σ", x + plan.gap / 2, middle))
        grids.append(Grid(role, 0, 1, 1, x + plan.gap, middle - 0.5, "bias" if role is Role.BIAS else "total"))
        x += 1 + plan.gap
    signs.append(Sign("→", x + plan.gap / 2, middle))
    for channel in range(parts.out_channels):
        line, column = divmod(channel, plan.output_columns)
        name = f"output {channel}" if parts.out_channels > 1 else "output"
        left = x + plan.gap + column * (columns + 1)
        grids.append(
            Grid(Role.OUTPUT, channel, rows, columns, left, top + plan.label + line * (rows + plan.label), name)
        )
    return grids, signs


def build(plan: Plan, parts: Parts) -> Scene:
    """Place every grid of a plan.

    >>> parts = Parts(padded=(4, 4), kernel=(2, 2), output=(3, 3), in_channels=1, out_channels=1, bias=False)
    >>> scene = build(Plan(False, 1, False, 1, 1, 1.0), parts)
    >>> [(grid.label, grid.x, grid.y) for grid in scene.grids]
    [('input', 0, 1.0), ('kernel', 5, 2.0), ('products', 8, 2.0), ('sum', 11, 2.5), ('output', 13, 1.5)]
    """
    width, height = plan.size(parts)
    channel_width, channel_height = plan.channel_size(parts)
    channels_width, channels_height = plan.channels_size(parts)
    top = 0.0 if plan.below else _half_cells((height - channels_height) / 2)
    grids: list[Grid] = []
    signs: list[Sign] = []
    for channel in range(parts.in_channels):
        line, column = divmod(channel, plan.channel_columns)
        placed = _channel(plan, parts, channel, column * (channel_width + plan.gap), top + line * channel_height)
        grids += placed[0]
        signs += placed[1]
    if plan.below:
        centred = (width - plan.result_size(parts)[0]) // 2
        placed = _result(plan, parts, centred, channels_height, height - channels_height)
    else:
        placed = _result(plan, parts, channels_width, 0, height)
    return Scene(width, height, plan.label, tuple(grids + placed[0]), tuple(signs + placed[1]))


@lru_cache(maxsize=256)
def arrange(parts: Parts) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    plans = dict.fromkeys(_best_plan(parts, screen) for screen in SCREENS)
    return tuple(build(plan, parts) for plan in plans)
