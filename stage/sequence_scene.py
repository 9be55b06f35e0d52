"""Where the grids of a layer over a sequence stand: each output under the last input that it reads.

So one sees that a causal layer looks back and no further, and that a stride passes inputs over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from stage.blocks import Block, best_scene, block
from stage.channels import ChannelPlan, LayerSizes, channel_block, total_cells, with_filters
from stage.labels import Label, channel_label
from stage.scene import BEFORE_MAP, SCREENS, Chart, GridRole, PlacedGrid, Scene, Sign

CHART_PIXELS = 110
"""How high a chart is made on a screen, about; never lower than `LEAST_CHART` cells."""

LEAST_CHART = 3


@dataclass(frozen=True)
class OutputSteps:
    """Under which cells of the padded input the outputs stand: the first one, and how far each next one is from it."""

    first: int
    stride: int


def _total_block(sizes: LayerSizes, gap: int, label: float) -> Block:
    """The sum over the channels and the bias, after their operators, in a line."""
    grids, signs = total_cells(sizes, gap, 0, label)
    return block(len(sizes.totals) * (1 + gap), 1 + label if sizes.totals else 0, [*grids, *signs])


def _outputs(sizes: LayerSizes, steps: OutputSteps, label: float) -> list[PlacedGrid | Sign]:
    """The output maps, one under the other, as they stand under an input that begins at column 0."""
    left, columns = steps.first, sizes.output[1]
    grids: list[PlacedGrid | Sign] = []
    for channel in range(sizes.out_channels):
        name = channel_label(Label.OUTPUT, channel, sizes.out_channels)
        top = label + channel * (1 + label)
        grids.append(PlacedGrid(GridRole.OUTPUT, channel, 1, columns, left, top, name, column_step=steps.stride))
    return [*grids, Sign("→", left - BEFORE_MAP, label + 0.5, GridRole.OUTPUT)]


def _blocks(sizes: LayerSizes, steps: OutputSteps, label: float) -> Iterator[Block]:
    gap = 1 if label <= 1 else 2
    before = max(0, gap - steps.first)  # room for the operator before the first output
    outputs = block(sizes.padded[1], sizes.out_channels * (1 + label), _outputs(sizes, steps, label))
    totals = _total_block(sizes, gap, label)
    for stacked in (False, True):
        plan = ChannelPlan(stacked, 1, True, 1, gap, label)
        width, height = plan.channels_size(sizes)
        lines = [channel_block(plan, sizes, channel) for channel in range(sizes.in_channels)]
        beside = not stacked
        above = height if beside else height + totals.height
        middle = (sizes.in_channels - 1) // 2 * lines[0].height  # level with a channel, whose label it would run over
        total_at = (before + width, middle) if beside else (before, height)
        wide = before + max(width, outputs.width) + (totals.width if beside else 0)
        placed = [
            *((one, before, line * one.height) for line, one in enumerate(lines)),
            (totals, *total_at),
            (outputs, before, above),
        ]
        things = [thing for one, x, y in placed for thing in one.place(x, y)]
        played = block(wide, above + outputs.height, things)
        yield from with_filters(played, sizes, label)


@lru_cache(maxsize=256)
def arrange_sequence(sizes: LayerSizes, steps: OutputSteps) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order.

    >>> sizes = LayerSizes(padded=(1, 8), kernel=(1, 3), output=(1, 6), in_channels=1, out_channels=1, bias=False)
    >>> {(grid.label, grid.x) for grid in arrange_sequence(sizes, OutputSteps(first=2, stride=1))[0].grids} >= {
    ...     ("input", 0), ("output", 2)}
    True
    """
    scenes = (best_scene(lambda label: _blocks(sizes, steps, label), screen) for screen in SCREENS)
    return tuple(dict.fromkeys(scenes))


def _over_chart(sizes: LayerSizes, steps: OutputSteps, screen: tuple[int, int], label: float) -> Iterator[Block]:
    """The same blocks over a chart whose columns are those of the padded input."""
    for one in _blocks(sizes, steps, label):
        rows = max(LEAST_CHART, round(CHART_PIXELS * one.width / screen[0]))
        things = list(one.place(0, 0.0))
        left = next(thing.x for thing in things if isinstance(thing, PlacedGrid) and thing.role is GridRole.INPUT)
        chart = Chart(left, one.height + label, sizes.padded[1], rows)
        yield block(one.width, chart.y + rows, [*things, chart])


@lru_cache(maxsize=256)
def arrange_charted(sizes: LayerSizes, steps: OutputSteps) -> tuple[Scene, ...]:
    """The best scene with a chart under the outputs for each of `SCREENS`, as `arrange_sequence` has those without.

    >>> sizes = LayerSizes(padded=(1, 8), kernel=(1, 3), output=(1, 6), in_channels=1, out_channels=1, bias=False)
    >>> arrange_charted(sizes, OutputSteps(first=2, stride=1))[0].chart.width
    8
    """
    scenes = (best_scene(partial(_over_chart, sizes, steps, screen), screen) for screen in SCREENS)
    return tuple(dict.fromkeys(scenes))
