"""Where the grids of two layers stand that play one after the other, the first's maps being the second's input."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from stage.blocks import Block, best_scene, block, tiled
from stage.channels import ChannelPlan, LayerSizes, channel_block, with_filters
from stage.labels import Label, channel_label, label_of
from stage.scene import BEFORE_MAP, SCREENS, GridRole, PlacedGrid, Scene, Sign


@lru_cache(maxsize=256)
def arrange_separable(depthwise: LayerSizes, pointwise: LayerSizes) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    return tuple(
        dict.fromkeys(
            best_scene(lambda label: _arrangements(depthwise, pointwise, label), screen) for screen in SCREENS
        )
    )


def _arrangements(depthwise: LayerSizes, pointwise: LayerSizes, label: float) -> Iterator[Block]:
    gap = 1 if label <= 1 else 2
    firsts = [
        tiled([channel_block(plan, depthwise, channel) for channel in range(depthwise.in_channels)], n, gap)
        for plan in (ChannelPlan(stacked, 1, False, 1, gap, label) for stacked in (False, True))
        for n in _columns(depthwise.in_channels)
    ]
    bias = _cells([GridRole.BIAS] if depthwise.bias else [], 0, gap, label)
    middles = [
        bias | tiled([_middle(pointwise, channel, gap, label) for channel in range(pointwise.in_channels)], n, gap)
        for n in _columns(pointwise.in_channels)
    ]
    beside = block(gap, 0)  # between a channel's sum and the operator of the total: they are not one line
    totals = _cells([GridRole.SUM, *([GridRole.BIAS] if pointwise.bias else [])], 1, gap, label)
    lasts = [
        last
        for n in _columns(pointwise.out_channels)
        for last in with_filters(_outputs(pointwise, totals, n, label), pointwise, label, layer=1)
    ]
    for first, middle, last in product(firsts, middles, lasts):
        yield first | middle | last
        yield first | (middle / (beside | last))
        yield (first | middle) / last
        yield first / (middle | last)
        yield first / middle / last


def _columns(count: int) -> list[int]:
    """In how many columns so many things are tried."""
    return sorted({1, -(-count // 2), count})


def _middle(sizes: LayerSizes, channel: int, gap: int, label: float) -> Block:
    """A map between the layers, and under it the weight it meets and what they make."""
    rows, columns = sizes.padded
    name = channel_label(Label.MIDDLE, channel, sizes.in_channels)
    kernel = channel_label(Label.KERNEL, 0, sizes.out_channels)
    width = max(columns, 4 + 2 * gap)
    left = (width - 3 - gap) // 2
    y = 2 * label + rows
    things: list[PlacedGrid | Sign] = [
        PlacedGrid(GridRole.MIDDLE, channel, rows, columns, (width - columns) // 2, label, name, layer=1),
        PlacedGrid(GridRole.KERNEL, channel, 1, 1, left, y, kernel, layer=1),
        PlacedGrid(GridRole.PRODUCTS, channel, 1, 1, left + 2 + gap, y, label_of(Label.PRODUCT), layer=1),
        Sign("×", left - gap / 2, y + 0.5),
        Sign("=", left + 1 + (1 + gap) / 2, y + 0.5),
    ]
    return block(width, y + 1, things)


def _cells(roles: list[GridRole], layer: int, gap: int, label: float) -> Block:
    """Single cells in a row, each after its operator, and an arrow to what follows."""
    things: list[PlacedGrid | Sign] = []
    x = 0
    for role in roles:
        sign, name = ("+", Label.BIAS) if role is GridRole.BIAS else ("Σ", Label.TOTAL)
        things += [
            Sign(sign, x + gap / 2, label + 0.5),
            PlacedGrid(role, 0, 1, 1, x + gap, label, label_of(name), layer=layer),
        ]
        x += gap + 1
    before = GridRole.OUTPUT if layer else GridRole.MIDDLE
    return block(x + gap, label + 1, [*things, Sign("→", x + gap - BEFORE_MAP, label + 0.5, before, layer=1)])


def _outputs(sizes: LayerSizes, totals: Block, columns: int, label: float) -> Block:
    return totals | tiled([_output(sizes, channel, label) for channel in range(sizes.out_channels)], columns, 1)


def _output(sizes: LayerSizes, channel: int, label: float) -> Block:
    rows, columns = sizes.output
    name = channel_label(Label.OUTPUT, channel, sizes.out_channels)
    return block(columns, rows + label, [PlacedGrid(GridRole.OUTPUT, channel, rows, columns, 0, label, name, layer=1)])
