"""Where the grids of a layer in groups stand when it is shown as the separate layers it is, a block each."""

from dataclasses import replace
from functools import lru_cache
from math import ceil

from stage.channels import LayerSizes, SizedPlans, build
from stage.labels import Label, channel_label
from stage.scene import SCREENS, GridRole, PlacedGrid, Scene, Sign

NUMBERED = {GridRole.INPUT: Label.INPUT, GridRole.FILTER: Label.KERNEL, GridRole.OUTPUT: Label.OUTPUT}
"""The grids whose labels have the number that a channel has in the whole layer."""


@lru_cache(maxsize=256)
def arrange_side_by_side(sizes: LayerSizes) -> tuple[Scene, ...]:
    """The scenes of a layer of several groups as that many separate layers, each in a block of its own."""
    alone = replace(
        sizes,
        in_channels=sizes.in_channels // sizes.groups,
        out_channels=sizes.out_channels // sizes.groups,
        groups=1,
    )
    plans = SizedPlans(alone)
    return tuple(dict.fromkeys(_best_blocks(sizes.groups, plans, screen) for screen in SCREENS))


def _best_blocks(groups: int, plans: SizedPlans, screen: tuple[int, int]) -> Scene:
    def room(across: int) -> tuple[int, int]:
        return screen[0] // across, screen[1] // ceil(groups / across)

    def cell(across: int) -> float:
        return plans.best(room(across))[0]

    across = max(range(1, groups + 1), key=cell)
    return _blocks(groups, across, build(plans.best(room(across))[1], plans.sizes))


def _blocks(groups: int, across: int, block: Scene) -> Scene:
    """Copies of a scene, so many across, each for a group of its own."""
    grids: list[PlacedGrid] = []
    signs: list[Sign] = []
    filters = sum(grid.role is GridRole.OUTPUT for grid in block.grids)
    for group in range(groups):
        line, column = divmod(group, across)
        x, y = column * (block.width + 2), line * block.height
        signs += [replace(sign, x=sign.x + x, y=sign.y + y, group=group) for sign in block.signs]
        for grid in block.grids:
            same = sum(other.role is grid.role for other in block.grids)
            channel = group * same + grid.channel
            label = grid.label
            if grid.role in NUMBERED:
                label = channel_label(NUMBERED[grid.role], channel, groups * same)
            elif grid.role is GridRole.KERNEL:
                label = channel_label(Label.KERNEL, group * filters, groups * filters)
            grids.append(replace(grid, x=grid.x + x, y=grid.y + y, channel=channel, label=label, group=group))
    by_role = sorted(grids, key=lambda grid: (list(GridRole).index(grid.role), grid.channel))
    lines = ceil(groups / across)
    return Scene(across * (block.width + 2) - 2, lines * block.height, block.label_rows, tuple(by_role), tuple(signs))
