"""A layer halfway through as a small picture: SVG whose colours follow the page's theme."""

from collections import defaultdict
from typing import Any

from exports.look import COLOURS
from exports.marks import Fill, Frame, Grid, grids_of, placed
from exports.showing import all_marks, still_values
from exports.steps import Score
from stage.palette import NEUTRALS, SIZE, palette

ROOM = (300, 132)


def thumbnail(payload: dict[str, Any]) -> str:
    """The middle step of what the browser is given, without numbers; `thumbnail_css` gives its classes their colours.

    The squares of a colour are one path, so that a whole stage takes a few thousand characters.
    """
    arrangement = max(payload["arrangements"], key=lambda one: min(ROOM[0] / one["width"], ROOM[1] / one["height"]))
    grids, score = placed(payload, arrangement), Score(payload)
    grain = score.grains[0]
    place = score.place(grain, score.count(grain) // 2)
    squares: dict[str, list[str]] = defaultdict(list)
    frames = []
    for grid in grids:
        for cell, value, kind in still_values(score, grid):
            end = score.acts[grid.act].ends[str(grid.values)]
            squares[kind or f"c{_shade(value, end)}"].append(_square(grid, cell))
    for mark in all_marks(score, [grids_of(grids, act.index) for act in score.acts], place):
        if isinstance(mark, Fill):
            shade = "p" if mark.value is None or mark.value != mark.value else f"c{_shade(mark.value, mark.end)}"
            squares[shade].append(_square(mark.grid, mark.cell))
        elif isinstance(mark, Frame) and mark.kind == "now":
            x, y = _corner(mark.grid, mark.cell)
            frames.append(f'<rect x="{x:g}" y="{y:g}" width="{mark.columns}" height="{mark.rows}"/>')
    paths = "".join(f'<path class="{name}" d="{"".join(parts)}"/>' for name, parts in squares.items())
    box = f'viewBox="-.2 -.2 {arrangement["width"] + 0.4:g} {arrangement["height"] + 0.4:g}"'
    return f'<svg {box} aria-hidden="true">{paths}<g class="f">{"".join(frames)}</g></svg>'


def thumbnail_css() -> str:
    """What the classes of thumbnails look like, light and dark."""
    light, dark = palette("light"), palette("dark")
    rules = [f".c{shade}{{fill:light-dark({light[shade]},{dark[shade]})}}" for shade in range(SIZE)]
    rules += [
        f".{name}{{fill:light-dark({NEUTRALS['light'][name]},{NEUTRALS['dark'][name]})}}" for name in NEUTRALS["light"]
    ]
    soft, line, accent = (
        f"light-dark({getattr(COLOURS['light'], name)},{getattr(COLOURS['dark'], name)})"
        for name in ("soft", "line", "accent")
    )
    rules.append(f".p{{fill:{soft};stroke:{line};stroke-width:.04}}")
    return "\n".join([*rules, f".f{{fill:none;stroke:{accent};stroke-width:.16}}"])


def _shade(value: float, end: float) -> int:
    middle = (SIZE - 1) / 2
    return max(0, min(SIZE - 1, round(middle + value / end * middle)))


def _corner(grid: Grid, cell: int) -> tuple[float, float]:
    row, column = divmod(cell, grid.columns)
    return grid.x + column, grid.y + row


def _square(grid: Grid, cell: int) -> str:
    x, y = _corner(grid, cell)
    return f"M{x:g} {y:g}h.95v.95h-.95z"
