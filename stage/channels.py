"""Where the grids of one layer's channels stand, each channel's input beside its kernel, products and sum.

A layer with many channels can be arranged in many ways; `arrange` offers the best one for each of a few screens, and
the browser takes the one whose cells come out largest in the room it really has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product
from math import ceil

from stage.blocks import Block, Placed, block, half_cells, tiled
from stage.group_wires import lane_rows, most_groups, trunk_columns, wires
from stage.labels import Label, channel_label, label_of
from stage.scene import BEFORE_MAP, LABEL_PIXELS, LABEL_ROWS, SCREENS, GridRole, PlacedGrid, Scene, Sign, group_of

APART = 2
"""Columns between what is played and the filters beside it."""


@dataclass(frozen=True, kw_only=True)
class FilterSizes:
    """How large kernels are, (rows, columns), and how many filters read how many channels with them."""

    kernel: tuple[int, int]
    in_channels: int
    out_channels: int
    groups: int = 1
    weighted: bool = True  # whether there is a kernel

    @property
    def filters_apart(self) -> int:
        """How many filters stand by themselves: all, where several read one channel and only one is beside it."""
        return self.out_channels if self.weighted and self.out_channels > self.groups else 0

    @property
    def filter_size(self) -> tuple[int, int]:
        """Rows and columns of the kernels of one filter, beside each other."""
        return self.kernel[0], self.kernel[1] * (self.in_channels // self.groups)

    def kernel_label(self, channel: int) -> str:
        """What the kernel beside an input channel is called at first: as the first of the filters that read it."""
        group = group_of(channel, self.in_channels, self.groups) or 0
        return channel_label(Label.KERNEL, group * (self.out_channels // self.groups), self.out_channels)


@dataclass(frozen=True, kw_only=True)
class LayerSizes(FilterSizes):
    """What a scene has to show: (rows, columns) of each kind of grid, and how many there are of each."""

    padded: tuple[int, int]
    output: tuple[int, int]
    bias: bool
    summary: Label = Label.PARTIAL_SUM  # what is made of a window
    length: tuple[int, int] = (0, 0)  # of the input without its padding, for a scene that shows it flattened

    @property
    def totals(self) -> tuple[GridRole, ...]:
        """The single cells between the channels and the output."""
        summed = (GridRole.SUM,) if self.in_channels > self.groups else ()
        return summed + ((GridRole.BIAS,) if self.bias else ())

    def arithmetic(self, gap: int) -> int:
        """Columns of the kernel, the products and their sum."""
        return (2 if self.weighted else 1) * (self.kernel[1] + gap) + 1


@dataclass(frozen=True)
class ChannelPlan:
    """The choices that make an arrangement."""

    stacked: bool  # kernel and products under their input, or beside it
    channel_columns: int
    below: bool  # the output under the channels, or beside them
    output_columns: int
    gap: int
    label: float
    filters_below: bool = True  # all filters under the maps, or beside them

    def channel_size(self, sizes: LayerSizes) -> tuple[int, float]:
        """Width and height of one channel's input, kernel, products and partial sum."""
        rows, columns = sizes.padded
        arithmetic = sizes.arithmetic(self.gap)
        if self.stacked:
            # The arithmetic begins with the operator that stands between the input and what follows.
            return max(columns, self.gap + arithmetic), 2 * self.label + rows + sizes.kernel[0]
        return columns + self.gap + arithmetic, self.label + max(rows, sizes.kernel[0])

    def channels_size(self, sizes: LayerSizes) -> tuple[int, float]:
        """Width and height of all channels together."""
        width, height = self.channel_size(sizes)
        return (
            self.channel_columns * (width + self.gap) - self.gap,
            ceil(sizes.in_channels / self.channel_columns) * (height + self.channel_lane(sizes)),
        )

    def channel_lane(self, sizes: LayerSizes) -> float:
        """Rows under each row of channels, for the lines of their groups; the last channel's leave to its right."""
        return lane_rows(most_groups(sizes.in_channels, sizes.groups, self.channel_columns, besides=1))

    def result_size(self, sizes: LayerSizes) -> tuple[int, float]:
        """Width and height of the sum, the bias and the output maps."""
        columns = sizes.output[1]
        lines = ceil(sizes.out_channels / self.output_columns)
        totals = len(sizes.totals) * (1 + self.gap)
        return totals + self.gap + self.output_columns * (columns + 1) - 1, lines * self.output_rows(sizes)

    def output_rows(self, sizes: LayerSizes) -> float:
        """Rows from one line of output maps to the next: its label, its cells, and a lane for the lines of groups."""
        lane = lane_rows(most_groups(sizes.out_channels, sizes.groups, self.output_columns))
        return self.label + sizes.output[0] + lane

    def filters_size(self, sizes: LayerSizes, width: int, height: float) -> tuple[int, int, float]:
        """In how many columns all filters stand by themselves, and how wide and high, beside maps of such a size."""
        if not sizes.filters_apart:
            return 0, 0, 0.0
        rows, columns = sizes.filter_size
        if self.filters_below:
            across = max(1, min(sizes.filters_apart, (width + 1) // (columns + 1)))
        else:
            across = ceil(sizes.filters_apart / max(1, int(height / (rows + self.label))))
        lines = ceil(sizes.filters_apart / across)
        across = ceil(sizes.filters_apart / lines)
        return across, across * (columns + 1) - 1, lines * (rows + self.label)

    def size(self, sizes: LayerSizes) -> tuple[int, float]:
        """Width and height of the whole scene."""
        width, height = self.maps_size(sizes)
        across, filters_width, filters_height = self.filters_size(sizes, width, height)
        if not across:
            return width, height
        if self.filters_below:
            return max(width, filters_width), height + filters_height
        return width + APART + filters_width, max(height, filters_height)

    def maps_size(self, sizes: LayerSizes) -> tuple[int, float]:
        """Width and height of what is played: the channels and the result."""
        width, height = self.channels_size(sizes)
        result_width, result_height = self.result_size(sizes)
        trunk = trunk_columns(sizes.groups, self.gap)
        if self.below:
            return max(width, result_width) + trunk, height + result_height
        return width + trunk + result_width, max(height, result_height)


def columns_of(count: int) -> list[int]:
    """In how many columns so many grids may stand: for every number of lines the fewest.

    >>> columns_of(8)
    [1, 2, 3, 4, 8]
    """
    return sorted({ceil(count / lines) for lines in range(1, count + 1)})


def _plans(sizes: LayerSizes, gap: int, label: float) -> Iterator[ChannelPlan]:
    filters_below = (True, False) if sizes.filters_apart else (True,)
    choices = product(
        (False, True), columns_of(sizes.in_channels), (False, True), columns_of(sizes.out_channels), filters_below
    )
    for stacked, channel_columns, below, output_columns, under in choices:
        yield ChannelPlan(stacked, channel_columns, below, output_columns, gap, label, under)


class SizedPlans:
    """The plans of a layer with the sizes of their scenes, which are worked out once for however many screens."""

    def __init__(self, sizes: LayerSizes) -> None:
        self.sizes = sizes
        self._known: dict[float, list[tuple[ChannelPlan, tuple[int, float]]]] = {}

    def best(self, screen: tuple[int, int]) -> tuple[float, ChannelPlan]:
        """The plan with the largest cells on a screen whose labels are still tall enough to read, and those cells."""
        across, down = screen
        pixels, best = 0.0, ChannelPlan(False, 1, False, 1, 1, 1.0)
        for label in LABEL_ROWS:
            fits = [min(across / width, down / height) for _, (width, height) in self._sized(label)]
            pixels = max(fits)
            best = self._sized(label)[fits.index(pixels)][0]
            if pixels * label >= LABEL_PIXELS:
                break
        return pixels, best

    def _sized(self, label: float) -> list[tuple[ChannelPlan, tuple[int, float]]]:
        if label not in self._known:
            plans = _plans(self.sizes, 1 if label <= 1 else 2, label)
            self._known[label] = [(plan, plan.size(self.sizes)) for plan in plans]
        return self._known[label]


def layer_blocks(sizes: LayerSizes, gap: int, label: float) -> Iterator[Block]:
    """All grids of a layer as one block, in every arrangement; the lines of groups are not in it."""
    for plan in _plans(sizes, gap, label):
        yield Block(*plan.size(sizes), partial(_placed, plan, sizes))


def _placed(plan: ChannelPlan, sizes: LayerSizes, x: int, y: float) -> Placed:
    scene = build(plan, sizes)
    return block(scene.width, scene.height, [*scene.grids, *scene.signs]).place(x, y)


def channel_block(plan: ChannelPlan, sizes: LayerSizes, channel: int) -> Block:
    """One channel's input, kernel, products and sum, as one block."""
    grids, signs = _channel(plan, sizes, channel, 0, 0.0)
    return block(*plan.channel_size(sizes), [*grids, *signs])


def _channel(
    plan: ChannelPlan, sizes: LayerSizes, channel: int, x: int, y: float
) -> tuple[list[PlacedGrid], list[Sign]]:
    """One channel's grids and operators, its block's top-left corner at (x, y)."""
    (rows, columns), kernel_rows = sizes.padded, sizes.kernel[0]
    gap, label = plan.gap, plan.label
    name = channel_label(Label.INPUT, channel, sizes.in_channels)
    group = group_of(channel, sizes.in_channels, sizes.groups)
    if plan.stacked:
        source = PlacedGrid(GridRole.INPUT, channel, rows, columns, x, y + label, name, group)
        left, top = x + gap, y + 2 * label + rows
    else:
        tallest = max(rows, kernel_rows)
        source = PlacedGrid(GridRole.INPUT, channel, rows, columns, x, y + label + (tallest - rows) / 2, name, group)
        left, top = x + columns + gap, y + label + (tallest - kernel_rows) / 2
    placed = arithmetic(sizes, gap, channel, left, top)
    sign = Sign("×" if sizes.weighted else "→", left - gap / 2, top + kernel_rows / 2)
    return [source, *placed[0]], [*placed[1], sign]


def arithmetic(sizes: LayerSizes, gap: int, channel: int, left: int, top: float) -> tuple[list[PlacedGrid], list[Sign]]:
    """One channel's kernel, products and sum with the operators between them, from the corner (left, top)."""
    rows, columns = sizes.kernel
    group = group_of(channel, sizes.in_channels, sizes.groups)
    middle = top + rows / 2
    grids: list[PlacedGrid] = []
    signs: list[Sign] = []
    if sizes.weighted:
        grids.append(PlacedGrid(GridRole.KERNEL, channel, rows, columns, left, top, sizes.kernel_label(channel), group))
        left += columns + gap
        signs.append(Sign("=", left - gap / 2, middle))
    under_taps = label_of(Label.PRODUCTS if sizes.weighted else Label.WINDOW)
    grids.append(PlacedGrid(GridRole.PRODUCTS, channel, rows, columns, left, top, under_taps))
    left += columns + gap
    grids.append(PlacedGrid(GridRole.PARTIAL, channel, 1, 1, left, middle - 0.5, label_of(sizes.summary)))
    signs.append(Sign("Σ" if sizes.weighted else "→", left - gap / 2, middle))
    return grids, signs


def _result(
    plan: ChannelPlan, sizes: LayerSizes, x: int, y: float, height: float
) -> tuple[list[PlacedGrid], list[Sign]]:
    """The sum over channels, the bias and the output maps, from the corner (x, y) down `height` rows."""
    rows, columns = sizes.output
    lines = ceil(sizes.out_channels / plan.output_columns)
    line_rows = plan.output_rows(sizes)
    top = y + half_cells(max(0, height - lines * line_rows) / 2)
    if sizes.groups > 1:  # beside one line of maps, so that the lines of groups pass under it
        middle = top + (lines - 1) // 2 * line_rows + half_cells(plan.label + rows / 2)
    else:
        middle = top + half_cells((plan.label + lines * line_rows) / 2)
    grids, signs = total_cells(sizes, plan.gap, x, middle - 0.5)
    x += len(sizes.totals) * (1 + plan.gap)
    signs.append(Sign("→", x + plan.gap - BEFORE_MAP, top + plan.label + rows / 2, GridRole.OUTPUT))
    for channel in range(sizes.out_channels):
        line, column = divmod(channel, plan.output_columns)
        name = channel_label(Label.OUTPUT, channel, sizes.out_channels)
        left = x + plan.gap + column * (columns + 1)
        y = top + plan.label + line * line_rows
        group = group_of(channel, sizes.out_channels, sizes.groups)
        grids.append(PlacedGrid(GridRole.OUTPUT, channel, rows, columns, left, y, name, group))
    return grids, signs


def total_cells(sizes: LayerSizes, gap: int, x: int, y: float) -> tuple[list[PlacedGrid], list[Sign]]:
    """The sum over the channels and the bias, each after its operator, in a line from (x, y) on."""
    grids: list[PlacedGrid] = []
    signs: list[Sign] = []
    for role in sizes.totals:
        signs.append(Sign("+" if role is GridRole.BIAS else "Σ", x + gap / 2, y + 0.5))
        name = label_of(Label.BIAS if role is GridRole.BIAS else Label.TOTAL)
        grids.append(PlacedGrid(role, 0, 1, 1, x + gap, y, name))
        x += 1 + gap
    return grids, signs


def build(plan: ChannelPlan, sizes: LayerSizes) -> Scene:
    """Place every grid of a plan.

    >>> sizes = LayerSizes(padded=(4, 4), kernel=(2, 2), output=(3, 3), in_channels=1, out_channels=1, bias=False)
    >>> scene = build(ChannelPlan(False, 1, False, 1, 1, 1.0), sizes)
    >>> [(grid.label, grid.x, grid.y) for grid in scene.grids]
    [('input', 0, 1.0), ('kernel', 5, 2.0), ('products', 8, 2.0), ('sum', 11, 2.5), ('output', 13, 1.5)]
    """
    width, height = plan.maps_size(sizes)
    channel_width, channel_height = plan.channel_size(sizes)
    channels_width, channels_height = plan.channels_size(sizes)
    trunk, lane = trunk_columns(sizes.groups, plan.gap), plan.channel_lane(sizes)
    top = 0.0 if plan.below else half_cells((height - channels_height) / 2)
    grids: list[PlacedGrid] = []
    signs: list[Sign] = []
    for channel in range(sizes.in_channels):
        line, column = divmod(channel, plan.channel_columns)
        placed = _channel(
            plan, sizes, channel, column * (channel_width + plan.gap), top + line * (channel_height + lane)
        )
        grids += placed[0]
        signs += placed[1]
    if plan.below:
        centred = (width - trunk - plan.result_size(sizes)[0]) // 2
        placed = _result(plan, sizes, centred, channels_height, height - channels_height)
    else:
        placed = _result(plan, sizes, channels_width + trunk, 0, height)
    grids += placed[0]
    left = width - trunk if plan.below else channels_width
    drawn = wires(grids, sizes.groups, range(left, left + trunk), plan.channel_columns, plan.output_columns)
    grids += _filters(plan, sizes, width, height)
    return Scene(*plan.size(sizes), plan.label, tuple(grids), tuple(signs + placed[1]), drawn)


def _filters(plan: ChannelPlan, sizes: LayerSizes, width: int, height: float) -> list[PlacedGrid]:
    """All filters under maps that are so wide and high, or beside them."""
    across, filters_width, filters_height = plan.filters_size(sizes, width, height)
    if not across:
        return []
    below = max(0, (width - filters_width) // 2), height
    beside = width + APART, max(0.0, half_cells((height - filters_height) / 2))
    placed = filters_block(sizes, across, plan.label).place(*(below if plan.filters_below else beside))
    return [one for one in placed if isinstance(one, PlacedGrid)]


def filters_block(sizes: FilterSizes, across: int, label: float, layer: int = 0) -> Block:
    """All filters by themselves, each under its name, so many in a line."""
    rows, columns = sizes.filter_size
    return tiled(
        [block(columns, rows + label, [_filter(sizes, one, label, layer)]) for one in range(sizes.filters_apart)],
        across,
        1,
    )


def with_filters(played: Block, sizes: FilterSizes, label: float, layer: int = 0) -> Iterator[Block]:
    """What is played, with all filters under it and beside it, where they stand by themselves."""
    if not sizes.filters_apart:
        yield played
        return
    for across in columns_of(sizes.filters_apart):
        filters = filters_block(sizes, across, label, layer)
        yield played / filters
        yield played | block(APART, 0) | filters


def _filter(sizes: FilterSizes, number: int, label: float, layer: int) -> PlacedGrid:
    name = channel_label(Label.KERNEL, number, sizes.out_channels)
    group = group_of(number, sizes.out_channels, sizes.groups)
    return PlacedGrid(GridRole.FILTER, number, *sizes.filter_size, 0, label, name, group, layer)


@lru_cache(maxsize=256)
def arrange(sizes: LayerSizes, screens: tuple[tuple[int, int], ...] = SCREENS) -> tuple[Scene, ...]:
    """The best scene for each room, without repeats; all hold the same grids in the same order."""
    sized = SizedPlans(sizes)
    plans = dict.fromkeys(sized.best(screen)[1] for screen in screens)
    return tuple(build(plan, sizes) for plan in plans)
