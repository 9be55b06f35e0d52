"""A small picture of a stage as an SVG file: the grids of what it plays, as its first step shows them.

It has the colours of a light page and of a dark one, and takes those of the page that it is put into.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import isfinite, log1p

import numpy as np
from numpy.typing import NDArray

from stage.model import CELL_NAMES, Arrangement, CellKind, Grid, Stage
from stage.palette import NEUTRALS, SIZE, palette
from stage.scene import Chart, GridRole, slice_corner, sliced_size

WIDTH, HEIGHT = 320, 130
"""The room in pixels that a picture is made for."""

_FILLS = [f"light-dark({light},{dark})" for light, dark in zip(palette("light"), palette("dark"), strict=True)]
_NEUTRAL = {name: f"light-dark({light},{NEUTRALS['dark'][name]})" for name, light in NEUTRALS["light"].items()}
_OUTLINE = "fill:none;stroke:light-dark(#1f2329,#e6e6e6);stroke-opacity:.35;stroke-width:.06"
_READ = "fill:none;stroke:light-dark(#1f2329,#e6e6e6);stroke-opacity:.6;stroke-width:.15"
_MADE = "fill:none;stroke:light-dark(#c2185b,#ff7bac);stroke-width:.3"


def thumbnail(stage: Stage) -> str:
    """Draw a stage in the arrangement that comes out largest."""
    arrangement = max(stage.arrangements, key=lambda one: min(WIDTH / one.width, HEIGHT / one.height))
    placed = list(zip(stage.grids, arrangement.across, arrangement.positions, strict=True))
    still = [_still(stage, grid, across, *position) for grid, across, position in placed]
    moving = [_first_step(stage, grid, across, *position) for grid, across, position in placed]
    lines = "" if arrangement.chart is None else _lines(stage, arrangement, arrangement.chart)
    size = f'viewBox="-0.2 -0.2 {arrangement.width + 0.4} {arrangement.height + 0.4}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} style="color-scheme:light dark">'
        f"<style>rect{{{_OUTLINE}}}</style>{''.join(still)}{''.join(moving)}{lines}</svg>"
    )


def bars_thumbnail(values: Sequence[float]) -> str:
    """Draw values, none below zero, as bars on a logarithmic scale, the first in another colour than the others."""
    most = max(log1p(value) for value in values) or 1.0
    heights = [10 * log1p(value) / most for value in values]
    bars = "".join(
        f'<rect style="fill:{_FILLS[-12 if index == 0 else 12]}" x="{1.5 * index:g}" y="{10 - height:.3g}" '
        f'width="1.2" height="{height:.3g}"/>'
        for index, height in enumerate(heights)
    )
    size = f"-0.2 -0.2 {max(24.0, 1.5 * len(values) + 0.1):g} 10.4"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" style="color-scheme:light dark">{bars}</svg>'


def _still(stage: Stage, grid: Grid, across: int, x: float, y: float) -> str:
    """The cells of a grid that shows an array all the time, those of each kind in its own colours."""
    if grid.values is None:
        return ""
    view = stage.layers[grid.layer]
    values = getattr(view.arrays, grid.values).reshape(-1, grid.rows, grid.columns)[grid.channel]
    kinds, limit = view.cell_kinds_of(grid.values), view.color_limits[grid.values]
    if kinds is None:
        return _cells(_spaced(values, grid, across), x, y, limit)
    kinds = kinds.reshape(values.shape)
    neutral = [
        _cells(_spaced(np.where(kinds == kind, 0.0, np.nan), grid, across), x, y, limit, name)
        for kind, name in CELL_NAMES.items()
    ]
    own = np.where(kinds == CellKind.INPUT, values, np.nan)
    return "".join(neutral) + _cells(_spaced(own, grid, across), x, y, limit)


def _lines(stage: Stage, arrangement: Arrangement, chart: Chart) -> str:
    """The chart of a sequence: what is made of it over what is read, each point in the column of its cell."""
    arrays = stage.layers[0].arrays
    series = {GridRole.INPUT: (arrays.input, _READ), GridRole.OUTPUT: (arrays.output, _MADE)}
    most = max(0.0, *(float(values.max()) for values, _ in series.values()))
    least = min(0.0, *(float(values.min()) for values, _ in series.values()))
    unit = chart.height / ((most - least) or 1.0)
    drawn = ""
    for role, (values, style) in series.items():
        for grid, (x, _) in zip(stage.grids, arrangement.positions, strict=True):
            if grid.role is role:
                levels = chart.y + (most - values[grid.channel].ravel()) * unit
                points = (f"{x + cell * grid.column_step + 0.5:g} {y:.4g}" for cell, y in enumerate(levels))
                drawn += f'<path style="{style}" d="M{"L".join(points)}"/>'
    return drawn


def _spaced(values: NDArray[np.float64], grid: Grid, across: int) -> NDArray[np.float64]:
    """The values of a grid as they stand on the canvas, with NaN, which is not drawn, between its columns and slices.

    >>> grid = Grid(GridRole.OUTPUT, 0, 1, 2, "output", None, 0, "output", column_step=2)
    >>> _spaced(np.ones((1, 2)), grid, 1).tolist()
    [[1.0, nan, 1.0]]
    """
    if grid.slices == 1:
        found = np.full((grid.rows, grid.width), np.nan)
        found[:, :: grid.column_step] = values
        return found
    found = np.full(sliced_size(grid.slices, across, grid.slice_rows, grid.columns), np.nan)
    for number, one in enumerate(values.reshape(grid.slices, grid.slice_rows, grid.columns)):
        x, y = slice_corner(number, across, grid.slice_rows, grid.columns)
        found[y : y + grid.slice_rows, x : x + grid.columns] = one
    return found


def _first_step(stage: Stage, grid: Grid, across: int, x: float, y: float) -> str:
    """The cells of a grid that change with the step, as the first one shows them; around every slice its outline."""
    corners = (slice_corner(number, across, grid.slice_rows, grid.columns) for number in range(grid.slices))
    outline = "".join(
        f'<rect x="{x + beside:g}" y="{y + down:g}" width="{grid.width}" height="{grid.slice_rows}"/>'
        for beside, down in corners
    )
    view = stage.layers[grid.layer]
    array = {GridRole.KERNEL: view.arrays.kernel, GridRole.PRODUCTS: view.arrays.products}.get(grid.role)
    channel = grid.channel - view.group_offsets[0]
    if array is None or not 0 <= channel < view.loops.channels:
        return outline
    values = array[0, channel].reshape(grid.rows * grid.columns, -1)[:, 0].reshape(grid.rows, grid.columns)
    return _cells(_spaced(values, grid, across), x, y, view.color_limits[grid.role]) + outline


def _cells(values: NDArray[np.float64], left: float, top: float, limit: float, neutral: str | None = None) -> str:
    """A path for each colour, of all the cells that have it."""
    middle = (SIZE - 1) / 2
    cells: dict[str, list[str]] = defaultdict(list)
    for (row, column), value in np.ndenumerate(values):
        if isfinite(value):
            fill = _NEUTRAL[neutral] if neutral else _FILLS[round(middle + value / limit * middle)]
            cells[fill].append(f"M{left + column:g} {top + row:g}h.95v.95h-.95z")
    return "".join(f'<path style="fill:{fill}" d="{"".join(paths)}"/>' for fill, paths in cells.items())
