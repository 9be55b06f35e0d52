"""Where the grids of one layer's channels stand, each channel's input beside its kernel, products and sum.

A layer with many channels can be arranged in many ways; `arrange` offers the best one for each of a few screens, and
the browser takes the one whose cells come out largest in the room it really has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from stage.blocks import Block, block, half_cells
from stage.scene import LABEL_PIXELS, LABEL_ROWS, SCREENS, Grid, Role, Scene, Sign, Wire


@dataclass(frozen=True)
class Parts:
    """What a scene has to show: (rows, columns) of each kind of grid, and how many there are of each."""

    padded: tuple[int, int]
    kernel: tuple[int, int]
    output: tuple[int, int]
    in_channels: int
    out_channels: int
    bias: bool
    groups: int = 1
    summary: str = "sum"  # what is made of a window
    weighted: bool = True  # whether there is a kernel
    length: tuple[int, int] = (0, 0)  # of the input without its padding, for a scene that shows it flattened

    @property
    def totals(self) -> tuple[Role, ...]:
        """The single cells between the channels and the output."""
        summed = (Role.SUM,) if self.in_channels > self.groups else ()
        return summed + ((Role.BIAS,) if self.bias else ())

    def arithmetic(self, gap: int) -> int:
        """Columns of the kernel, the products and their sum."""
        return (2 if self.weighted else 1) * (self.kernel[1] + gap) + 1

    def group_of(self, channel: int, channels: int) -> int | None:
        """The group of one of so many channels, or None where there is only one."""
        return channel * self.groups // channels if self.groups > 1 else None


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
        arithmetic = parts.arithmetic(self.gap)
        if self.stacked:
            # The arithmetic begins with the operator that stands between the input and what follows.
            return max(columns, self.gap + arithmetic), 2 * self.label + rows + parts.kernel[0]
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


def cell_pixels(plan: Plan, parts: Parts, screen: tuple[int, int]) -> float:
    """Return how large a cell of the plan would be on a screen, in pixels."""
    width, height = plan.size(parts)
    return min(screen[0] / width, screen[1] / height)


def best_plan(parts: Parts, screen: tuple[int, int]) -> Plan:
    """The plan with the largest cells on a screen whose labels are still tall enough to read."""
    best = Plan(False, 1, False, 1, 1, 1.0)
    for label in LABEL_ROWS:
        gap = 1 if label <= 1 else 2
        best = max(_plans(parts, gap, label), key=lambda plan: cell_pixels(plan, parts, screen))
        if cell_pixels(best, parts, screen) * label >= LABEL_PIXELS:
            break
    return best


def channel_block(plan: Plan, parts: Parts, channel: int) -> Block:
    """One channel's input, kernel, products and sum, as one block."""
    grids, signs = _channel(plan, parts, channel, 0, 0.0)
    return block(*plan.channel_size(parts), [*grids, *signs])


def _channel(plan: Plan, parts: Parts, channel: int, x: int, y: float) -> tuple[list[Grid], list[Sign]]:
    """One channel's grids and operators, its block's top-left corner at (x, y)."""
    (rows, columns), kernel_rows = parts.padded, parts.kernel[0]
    gap, label = plan.gap, plan.label
    name = f"input {channel}" if parts.in_channels > 1 else "input"
    group = parts.group_of(channel, parts.in_channels)
    if plan.stacked:
        source = Grid(Role.INPUT, channel, rows, columns, x, y + label, name, group)
        left, top = x + gap, y + 2 * label + rows
    else:
        tallest = max(rows, kernel_rows)
        source = Grid(Role.INPUT, channel, rows, columns, x, y + label + (tallest - rows) / 2, name, group)
        left, top = x + columns + gap, y + label + (tallest - kernel_rows) / 2
    placed = arithmetic(parts, gap, channel, left, top)
    sign = Sign("×" if parts.weighted else "→", left - gap / 2, top + kernel_rows / 2)
    return [source, *placed[0]], [*placed[1], sign]


def arithmetic(parts: Parts, gap: int, channel: int, left: int, top: float) -> tuple[list[Grid], list[Sign]]:
    """One channel's kernel, products and sum with the operators between them, from the corner (left, top)."""
    rows, columns = parts.kernel
    group = parts.group_of(channel, parts.in_channels)
    middle = top + rows / 2
    grids: list[Grid] = []
    signs: list[Sign] = []
    if parts.weighted:
        grids.append(Grid(Role.KERNEL, channel, rows, columns, left, top, "kernel", group))
        left += columns + gap
        signs.append(Sign("=", left - gap / 2, middle))
    grids.append(Grid(Role.PRODUCTS, channel, rows, columns, left, top, "products" if parts.weighted else "window"))
    left += columns + gap
    grids.append(Grid(Role.PARTIAL, channel, 1, 1, left, middle - 0.5, parts.summary))
    signs.append(Sign("Σ" if parts.weighted else "→", left - gap / 2, middle))
    return grids, signs


def _result(plan: Plan, parts: Parts, x: int, y: float, height: float) -> tuple[list[Grid], list[Sign]]:
    """The sum over channels, the bias and the output maps, from the corner (x, y) down `height` rows."""
    rows, columns = parts.output
    lines = ceil(parts.out_channels / plan.output_columns)
    top = y + half_cells(max(0, height - lines * (rows + plan.label)) / 2)
    middle = top + half_cells((plan.label + lines * (rows + plan.label)) / 2)
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
        y = top + plan.label + line * (rows + plan.label)
        group = parts.group_of(channel, parts.out_channels)
        grids.append(Grid(Role.OUTPUT, channel, rows, columns, left, y, name, group))
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
    top = 0.0 if plan.below else half_cells((height - channels_height) / 2)
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
    grids += placed[0]
    return Scene(width, height, plan.label, tuple(grids), tuple(signs + placed[1]), _wires(parts, grids, plan.label))


def _wires(parts: Parts, grids: list[Grid], label: float) -> tuple[Wire, ...]:
    """A line from each group's sums to the output maps that its filters make: to their top, or their side."""
    wires = []
    for group in range(parts.groups if parts.groups > 1 else 0):
        sums = [grid for grid in grids if grid.role is Role.PARTIAL and group == _group(parts, grid)]
        maps = [grid for grid in grids if grid.role is Role.OUTPUT and group == grid.group]
        left, right = min(grid.x for grid in maps), max(grid.x + grid.columns for grid in maps)
        for grid in sums:
            if maps[0].y > grid.y + 1:
                wires.append(Wire(group, (grid.x + 0.5, grid.y + 1.0), ((left + right) / 2, maps[0].y - label)))
            else:
                wires.append(Wire(group, (grid.x + 1.0, grid.y + 0.5), (float(left), maps[0].y + maps[0].rows / 2)))
    return tuple(wires)


def _group(parts: Parts, grid: Grid) -> int | None:
    return parts.group_of(grid.channel, parts.in_channels)


@lru_cache(maxsize=256)
def arrange(parts: Parts) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    plans = dict.fromkeys(best_plan(parts, screen) for screen in SCREENS)
    return tuple(build(plan, parts) for plan in plans)
