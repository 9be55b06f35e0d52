"""Where the grids of two layers stand that play one after the other, the first's maps being the second's input."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from stage.blocks import Block, best_scene, block, tiled
from stage.channels import Parts, Plan, channel_block
from stage.scene import SCREENS, Grid, Role, Scene, Sign


@lru_cache(maxsize=256)
def arrange_separable(depthwise: Parts, pointwise: Parts) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    return tuple(
        dict.fromkeys(
            best_scene(lambda label: _arrangements(depthwise, pointwise, label), screen) for screen in SCREENS
        )
    )


def _arrangements(depthwise: Parts, pointwise: Parts, label: float) -> Iterator[Block]:
    gap = 1 if label <= 1 else 2
    firsts = [
        tiled([channel_block(plan, depthwise, channel) for channel in range(depthwise.in_channels)], n, gap)
        for plan in (Plan(stacked, 1, False, 1, gap, label) for stacked in (False, True))
        for n in _columns(depthwise.in_channels)
    ]
    bias = _cells([Role.BIAS] if depthwise.bias else [], 0, gap, label)
    middles = [
        bias | tiled([_middle(pointwise, channel, gap, label) for channel in range(pointwise.in_channels)], n, gap)
        for n in _columns(pointwise.in_channels)
    ]
    totals = _cells([Role.SUM, *([Role.BIAS] if pointwise.bias else [])], 1, gap, label)
    lasts = [
        totals | tiled([_output(pointwise, channel, label) for channel in range(pointwise.out_channels)], n, 1)
        for n in _columns(pointwise.out_channels)
    ]
    for first, middle, last in product(firsts, middles, lasts):
        yield first | middle | last
        yield first | (middle / last)
        yield (first | middle) / last
        yield first / (middle | last)
        yield first / middle / last


def _columns(count: int) -> list[int]:
    """In how many columns so many things are tried."""
    return sorted({1, -(-count // 2), count})


def _middle(parts: Parts, channel: int, gap: int, label: float) -> Block:
    """A map between the layers, and under it the weight it meets and what they make."""
    rows, columns = parts.padded
    name = f"between {channel}" if parts.in_channels > 1 else "between"
    width = max(columns, 4 + 2 * gap)
    left = (width - 3 - gap) // 2
    y = 2 * label + rows
    things: list[Grid | Sign] = [
        Grid(Role.MIDDLE, channel, rows, columns, (width - columns) // 2, label, name, act=1),
        Grid(Role.KERNEL, channel, 1, 1, left, y, "1×1", act=1),
        Grid(Role.PRODUCTS, channel, 1, 1, left + 2 + gap, y, "product", act=1),
        Sign("×", left - gap / 2, y + 0.5),
        Sign("=", left + 1 + (1 + gap) / 2, y + 0.5),
    ]
    return block(width, y + 1, things)


def _cells(roles: list[Role], act: int, gap: int, label: float) -> Block:
    """Single cells in a row, each after its operator, and an arrow to what follows."""
    things: list[Grid | Sign] = []
    x = 0
    for role in roles:
        sign, name = ("+", "bias") if role is Role.BIAS else ("Σ", "total")
        things += [Sign(sign, x + gap / 2, label + 0.5), Grid(role, 0, 1, 1, x + gap, label, name, act=act)]
        x += gap + 1
    return block(x + gap, label + 1, [*things, Sign("→", x + gap / 2, label + 0.5)])


def _output(parts: Parts, channel: int, label: float) -> Block:
    rows, columns = parts.output
    name = f"output {channel}" if parts.out_channels > 1 else "output"
    return block(columns, rows + label, [Grid(Role.OUTPUT, channel, rows, columns, 0, label, name, act=1)])
