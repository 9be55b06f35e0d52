"""Where the grids of a layer over a volume stand: as those of an image, with each grid in slices that stand apart."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from stage.channels import ChannelPlan, LayerSizes, SizedPlans, build, columns_of
from stage.scene import SCREENS, GridRole, PlacedGrid, Scene, sliced_size


class Cube(NamedTuple):
    """How large something in a volume is."""

    slices: int
    rows: int
    columns: int


@dataclass(frozen=True)
class VolumeSizes:
    """The (slices, rows, columns) of what a layer over a volume has, and the rest of what a scene has to show."""

    padded: Cube
    kernel: Cube
    output: Cube
    rest: LayerSizes  # of which the sizes do not count


@dataclass(frozen=True)
class _Across:
    """How many slices stand beside each other."""

    padded: int
    kernel: int
    output: int


def _drawn(sizes: VolumeSizes, across: _Across) -> LayerSizes:
    """The sizes on the canvas."""

    def room(cube: Cube, beside: int, channels: int = 1) -> tuple[int, int]:
        rows, columns = sliced_size(cube.slices, beside, cube.rows, cube.columns)
        return rows, columns + (channels > 1)  # further from the next channel than slices are from each other

    return replace(
        sizes.rest,
        padded=room(sizes.padded, across.padded, sizes.rest.in_channels),
        kernel=room(sizes.kernel, across.kernel),
        output=room(sizes.output, across.output, sizes.rest.out_channels),
    )


def _choices(sizes: VolumeSizes) -> list[tuple[_Across, SizedPlans]]:
    """Every way to break the slices into lines; those of a kernel stand beside or under each other."""
    beside = product(
        columns_of(sizes.padded.slices), sorted({1, sizes.kernel.slices}, reverse=True), columns_of(sizes.output.slices)
    )
    return [(across, SizedPlans(_drawn(sizes, across))) for across in (_Across(*one) for one in beside)]


def _best(choices: list[tuple[_Across, SizedPlans]], screen: tuple[int, int]) -> tuple[ChannelPlan, _Across]:
    """The plan with the largest cells on a screen."""
    found = ((*plans.best(screen), across) for across, plans in choices)
    _, plan, across = max(found, key=lambda one: one[0])
    return plan, across


def _sliced(grid: PlacedGrid, sizes: VolumeSizes, across: _Across) -> PlacedGrid:
    """A grid that was placed by its room, with the slices that stand in it."""
    match grid.role:
        case GridRole.INPUT:
            cube, beside = sizes.padded, across.padded
        case GridRole.OUTPUT:
            cube, beside = sizes.output, across.output
        case GridRole.KERNEL | GridRole.PRODUCTS:
            cube, beside = sizes.kernel, across.kernel
        case GridRole.FILTER:
            cube, beside = sizes.kernel._replace(columns=sizes.kernel.columns * sizes.rest.in_channels), across.kernel
        case _:
            return grid
    return replace(grid, rows=cube.slices * cube.rows, columns=cube.columns, slices=cube.slices, across=beside)


@lru_cache(maxsize=256)
def arrange_volume(sizes: VolumeSizes) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order.

    >>> rest = LayerSizes(padded=(1, 1), kernel=(1, 1), output=(1, 1), in_channels=1, out_channels=1, bias=False)
    >>> first = arrange_volume(VolumeSizes(Cube(4, 4, 4), Cube(2, 2, 2), Cube(3, 3, 3), rest))[0]
    >>> [(grid.label, grid.slices, grid.rows, grid.columns) for grid in first.grids[:2]]
    [('input', 4, 16, 4), ('kernel', 2, 4, 2)]
    """
    choices = _choices(sizes)
    found = dict.fromkeys(_best(choices, screen) for screen in SCREENS)
    scenes = [(build(plan, _drawn(sizes, across)), across) for plan, across in found]
    return tuple(
        replace(scene, grids=tuple(_sliced(grid, sizes, across) for grid in scene.grids)) for scene, across in scenes
    )
