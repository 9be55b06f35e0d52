"""The picture of a stage that stands in the first HTML, until the stage itself is there: its first step, drawn as SVG.

It is made for every arrangement at once, and `player/place_picture.js` places its grids as the stage will, in the room
that the browser has. Its unit is a hundredth of a cell.
"""

import json
from html import escape

import numpy as np

from engine.arrays import Floats
from stage.model import CELL_NAMES, Arrangement, CellKind, Grid, LayerView, Stage, WindowsView
from stage.number_text import write_short
from stage.palette import NEUTRALS, SIZE, ink_on, palette
from stage.scene import GridRole, slice_corner
from stage.wire import to_wire

UNIT = 100
MOST_CELLS = 1500
"""In one picture: more would be dearer to send than to wait for."""

_PALETTES = {theme: palette(theme) for theme in ("light", "dark")}
_KERNELS = frozenset({GridRole.KERNEL, GridRole.FLIPPED_KERNEL})
_FINISHED = frozenset({"output", "uncropped"})
"""Arrays of which the first step shows the first value at most."""


def cells_of(stage: Stage) -> int:
    """How many cells the picture of a stage has."""
    return sum(grid.rows * grid.columns for grid in stage.grids)


def first_picture(stage: Stage) -> str:
    """Draw the first step of a stage, as an SVG element that says where its grids stand in each arrangement."""
    arrangements = [
        {"width": one.width, "height": one.height, "label_rows": one.label_rows, "positions": _corners(stage, one)}
        for one in stage.arrangements
    ]
    lines = max(view.lines for view in stage.layers)
    grids = "".join(f"<g>{_slice(stage, grid, number)}</g>" for grid in stage.grids for number in range(grid.slices))
    around = "".join(f"<g>{_around(one)}</g>" for one in stage.arrangements)
    strips, legend = ([to_wire(one) for one in given] for given in (stage.strips, stage.legend))
    data = f'data-lines="{lines}" data-arrangements="{escape(json.dumps(arrangements))}"'
    data += f' data-strips="{escape(json.dumps(strips))}" data-legend="{escape(json.dumps(legend))}"'
    return f'<svg {data}><g class="grids">{grids}</g><g class="around">{around}</g></svg>'


def _corners(stage: Stage, arrangement: Arrangement) -> list[tuple[int, float]]:
    """Where an arrangement has each slice of each grid; most grids are of one."""
    return [
        (x + beside, y + down)
        for grid, across, (x, y) in zip(stage.grids, arrangement.across, arrangement.positions, strict=True)
        for beside, down in (
            slice_corner(number, across, grid.slice_rows, grid.columns) for number in range(grid.slices)
        )
    ]


def _slice(stage: Stage, grid: Grid, number: int) -> str:
    """One slice of a grid with what it shows at the first step, drawn from its corner on; the first has the label."""
    view = stage.layers[grid.layer]
    place = f'x="{grid.width * UNIT // 2}" style="--wide:{_width(grid)}px"'
    name = "" if number else f'<text class="label" {place}>{escape(grid.label)}</text>'
    return name + _values(view, grid, number) + _frames(view, grid, number)


def _width(grid: Grid) -> float:
    """The largest type in which the label fits: it may reach into the gaps beside its grid."""
    return round((grid.width + 1.5) * UNIT / (0.55 * len(grid.label)), 1)


def _values(view: LayerView, grid: Grid, number: int) -> str:
    """The cells of a slice of a grid: those that have a value at the first step with it, the others covered."""
    values, limit = _shown(view, grid)
    cells = grid.slice_rows * grid.columns
    kinds = view.cell_kinds_of(grid.values) if grid.values else None
    is_covered = grid.values in _FINISHED or grid.values is None or grid.role is GridRole.MIDDLE
    drawn = []
    for cell, value in enumerate(values.reshape(grid.slices, -1)[number].tolist()):
        row, column = divmod(cell, grid.columns)
        kind = CELL_NAMES.get(CellKind(int(kinds[number * cells + cell]))) if kinds is not None else None
        if np.isfinite(value):
            drawn.append(_cell(column * grid.column_step * UNIT, row * UNIT, value, limit, kind))
        elif is_covered:
            drawn.append(f'<path class="pending" d="{_square(column * grid.column_step * UNIT, row * UNIT)}"/>')
    return "".join(drawn)


def _shown(view: LayerView, grid: Grid) -> tuple[Floats, float]:
    """The values of a grid's cells at the first step, NaN where there is none yet, and the end of their scale."""
    shape = (grid.rows, grid.columns)
    nothing = np.full(shape, np.nan)
    if grid.values is None:
        return _first_step(view, grid, nothing)
    whole = getattr(view.arrays, grid.values).reshape(-1, *shape)[grid.channel]
    limit = view.color_limits[grid.values]
    if grid.role is GridRole.MIDDLE:  # padding apart, the layer before it has yet to write it
        kinds = view.cell_kinds_of(grid.values)
        whole = whole if kinds is None else np.where(kinds.reshape(shape) == CellKind.INPUT, np.nan, whole)
    elif grid.values in _FINISHED:
        is_written = isinstance(view, WindowsView) and grid.layer == 0 and grid.channel == 0
        whole = _first_of(whole, nothing) if is_written else nothing
    return whole, limit


def _first_step(view: LayerView, grid: Grid, nothing: Floats) -> tuple[Floats, float]:
    """The same of a grid that shows something else at every step."""
    arrays, limits = view.arrays, view.color_limits
    if grid.role in _KERNELS and arrays.kernel is not None:
        weights = _first_kernel(view, arrays.kernel, grid.channel)
        return weights[:: -1 if grid.role is GridRole.FLIPPED_KERNEL else 1].reshape(nothing.shape), limits["kernel"]
    channel = grid.channel - view.group_offsets[0]
    if grid.layer > 0 or not 0 <= channel < view.loops.channels:
        return nothing, 1.0
    match grid.role:
        case GridRole.PRODUCTS:
            return arrays.products[0, channel, :, 0].reshape(nothing.shape), limits["products"]
        case GridRole.PARTIAL if isinstance(view, WindowsView):
            return _first_of(view.arrays.partial_sums[0, channel], nothing), limits["sums"]
        case GridRole.SUM if isinstance(view, WindowsView):
            return _first_of(view.arrays.running_sums[0, -1], nothing), limits["sums"]
        case GridRole.BIAS if arrays.bias is not None:
            return _first_of(arrays.bias, nothing), limits["sums"]
        case _:
            return nothing, 1.0


def _first_kernel(view: LayerView, kernel: Floats, channel: int) -> Floats:
    """The weights with which the first filter that reads an input channel reads it."""
    read = ((filter_, channel - first) for filter_, first in enumerate(view.group_offsets))
    weights: Floats = kernel[next((filter_, own) for filter_, own in read if 0 <= own < view.loops.channels)]
    return weights.reshape(-1)


def _first_of(values: Floats, nothing: Floats) -> Floats:
    """A grid of which only the first cell has a value, the first of `values`."""
    first = nothing.copy()
    first.flat[0] = values.flat[0]
    return first


def _frames(view: LayerView, grid: Grid, number: int) -> str:
    """A frame around what the first step reads in a slice, and around the output that it writes."""
    channel = grid.channel - view.group_offsets[0]
    if grid.layer > 0 or not 0 <= channel < view.loops.channels:
        return ""
    if grid.role is GridRole.INPUT and isinstance(view, WindowsView) and grid.columns == view.padded_size[1]:
        rows, columns = np.divmod(view.arrays.reads[0], grid.columns)
        of_slice = rows // grid.slice_rows == number
        if not of_slice.any():
            return ""
        rows, columns = rows[of_slice] % grid.slice_rows, columns[of_slice]
        height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
        return _frame(int(columns.min()), int(rows.min()), int(width), int(height))
    is_single = grid.role is GridRole.INPUT or (grid.role is GridRole.OUTPUT and isinstance(view, WindowsView))
    return _frame(0, 0, 1, 1) if is_single and grid.channel == 0 and number == 0 else ""


def _frame(column: int, row: int, columns: int, rows: int) -> str:
    place = f'x="{column * UNIT}" y="{row * UNIT}" width="{columns * UNIT}" height="{rows * UNIT}"'
    return f'<rect class="frame" {place}/>'


def _cell(x: int, y: int, value: float, limit: float, kind: str | None) -> str:
    middle = (SIZE - 1) / 2
    index = round(middle + max(-1.0, min(1.0, value / limit)) * middle)
    light, dark = (NEUTRALS[theme][kind] if kind else _PALETTES[theme][index] for theme in ("light", "dark"))
    text = write_short(value)
    characters = len(text) if value == int(value) else max(5, len(text))
    return (
        f'<path style="fill:light-dark({light},{dark})" d="{_square(x, y)}"/>'
        f'<text class="number" x="{x + UNIT // 2}" y="{y + UNIT // 2}" '
        f'style="--long:{characters};fill:light-dark({ink_on(light)},{ink_on(dark)})">{text}</text>'
    )


def _square(x: int, y: int) -> str:
    return f"M{x} {y}h98v98h-98z"


def _around(arrangement: Arrangement) -> str:
    """The operators between the grids, and the titles over them."""
    signs = [("sign", one.x, one.y, one.text) for one in arrangement.signs]
    middle = arrangement.label_rows / 2
    titles = [("title", one.x, one.y + middle, one.text) for one in arrangement.captions if one.mark == "title"]
    return "".join(
        f'<text class="{name}" x="{x * UNIT:g}" y="{y * UNIT:g}">{escape(text)}</text>'
        for name, x, y, text in signs + titles
    )
