"""A small picture of a stage as an SVG file: the grids of what it plays, as its first step shows them.

It has the colours of a light page and of a dark one, and takes those of the page that it is put into.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import isfinite, log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stage.encoding import decode
from stage.palette import NEUTRALS, SIZE, palette

WIDTH, HEIGHT = 320, 130
"""The room in pixels that a picture is made for."""

_LIVE = {"kernel": "kernel", "products": "products"}
_FILLS = [f"light-dark({light},{dark})" for light, dark in zip(palette("light"), palette("dark"), strict=True)]
_NEUTRAL = {name: f"light-dark({light},{NEUTRALS['dark'][name]})" for name, light in NEUTRALS["light"].items()}
_OUTLINE = "fill:none;stroke:light-dark(#1f2329,#e6e6e6);stroke-opacity:.35;stroke-width:.06"


def thumbnail(payload: dict[str, Any]) -> str:
    """Draw what a stage is given, in the arrangement that comes out largest."""
    arrangement = max(payload["arrangements"], key=lambda one: min(WIDTH / one["width"], HEIGHT / one["height"]))
    heatmaps = [_heatmap(heatmap) for heatmap in arrangement["figure"]["data"]]
    places = zip(payload["grids"], arrangement["places"], strict=True)
    grids = [_grid(payload, grid, *place) for grid, place in places]
    size = f'viewBox="-0.2 -0.2 {arrangement["width"] + 0.4} {arrangement["height"] + 0.4}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} style="color-scheme:light dark">'
        f"<style>rect{{{_OUTLINE}}}</style>{''.join(heatmaps)}{''.join(grids)}</svg>"
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


def _heatmap(heatmap: dict[str, Any]) -> str:
    left, top = heatmap["x0"] - 0.5, heatmap["y0"] - 0.5
    return _cells(np.array(heatmap["z"], dtype=float), left, top, heatmap["zmax"], heatmap.get("meta"))


def _grid(payload: dict[str, Any], grid: dict[str, Any], x: float, y: float) -> str:
    """The cells of a grid that change with the step, as the first one shows them; around every grid its outline."""
    rows, columns = grid["rows"], grid["columns"]
    outline = f'<rect x="{x:g}" y="{y:g}" width="{columns}" height="{rows}"/>'
    act = payload["acts"][grid["act"]]
    packed = act["arrays"].get(_LIVE.get(grid["role"], ""))
    channel = grid["channel"] - act.get("firsts", [0])[0]
    if grid["values"] or packed is None or not 0 <= channel < packed["shape"][1]:
        return outline
    values = decode(packed)[0, channel].reshape(rows * columns, -1)[:, 0].reshape(rows, columns)
    return _cells(values, x, y, act["ends"][grid["role"]], None) + outline


def _cells(values: NDArray[np.float64], left: float, top: float, end: float, neutral: str | None) -> str:
    """A path for each colour, of all the cells that have it."""
    middle = (SIZE - 1) / 2
    cells: dict[str, list[str]] = defaultdict(list)
    for (row, column), value in np.ndenumerate(values):
        if isfinite(value):
            fill = _NEUTRAL[neutral] if neutral else _FILLS[round(middle + value / end * middle)]
            cells[fill].append(f"M{left + column:g} {top + row:g}h.95v.95h-.95z")
    return "".join(f'<path style="fill:{fill}" d="{"".join(paths)}"/>' for fill, paths in cells.items())
