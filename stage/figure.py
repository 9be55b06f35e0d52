"""A scene as a Plotly figure: what stands still. Plain dictionaries, because a page builds one on every run."""

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stage.act import Kind, Playable, largest
from stage.scene import Grid, Role, Scene

NEUTRAL = {Kind.PADDING: "padding", Kind.INSERTED: "inserted", Kind.EXTRA: "extra"}
"""What is drawn in a neutral colour of its own, under the `meta` that says which."""


def _heatmap(name: str, values: NDArray[np.float64], top: float, left: int, end: float) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "name": name,
        "z": [[value if isfinite(value) else None for value in row] for row in values.tolist()],
        "x0": left + 0.5,
        "dx": 1,
        "y0": top + 0.5,
        "dy": 1,
        "zmin": -end,
        "zmax": end,
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
        "hoverinfo": "skip",
    }


STILL = {
    Role.INPUT: "input",
    Role.MIDDLE: "input",
    Role.OUTPUT: "output",
    Role.WEIGHTS: "kernel",
    Role.COLUMNS: "columns",
    Role.MAPS: "output",
    Role.MATRIX: "matrix",
    Role.FLAT_INPUT: "flat_input",
    Role.FLAT_OUTPUT: "output",
    Role.UNCROPPED: "uncropped",
    Role.ZERO_INSERTED: "zero_inserted",
}
"""The array that a grid of each role shows all the time; the others change with the step."""


def _on_padding(grid: Grid, values: NDArray[np.float64], kinds: NDArray[np.int8], end: float) -> list[dict[str, Any]]:
    """An input's own values, over a heatmap for each other kind of cell there is."""
    layers = []
    for kind, meta in NEUTRAL.items():
        if (kinds == kind).any():
            area = np.where(kinds == kind, 0.0, np.nan)
            layers.append(_heatmap(f"{grid.label} {meta}", area, grid.y, grid.x, 1.0) | {"meta": meta})
    if not (kinds == Kind.INPUT).any():
        return layers
    rows, columns = (np.flatnonzero((kinds == Kind.INPUT).any(axis)) for axis in (1, 0))
    (top, bottom), (left, right) = ((int(lines[0]), int(lines[-1]) + 1) for lines in (rows, columns))
    own = np.where(kinds == Kind.INPUT, values, np.nan)[top:bottom, left:right]
    return [*layers, _heatmap(grid.label, own, grid.y + top, grid.x + left, end)]


def _grid_heatmaps(grid: Grid, act: Playable, ends: dict[str, float]) -> list[dict[str, Any]]:
    name = STILL.get(grid.role)
    if name is None:
        return []
    values, kinds = act.arrays[name], act.kinds_of(name)
    end = ends[name] if name in ends else largest(values)
    shown = values.reshape(-1, grid.rows, grid.columns)[grid.channel]
    if kinds is None:
        return [_heatmap(grid.label, shown, grid.y, grid.x, end)]
    return _on_padding(grid, shown, kinds.reshape(shown.shape), end)


def figure(scene: Scene, acts: tuple[Playable, ...]) -> dict[str, Any]:
    """The figure of everything that never moves: each input on its padding, each output map, and the matrices.

    Heatmaps carry no colours: the browser knows whether the page is light or dark. `meta` marks those that are drawn
    in a neutral one.
    """
    axis = {"visible": False, "fixedrange": True}
    ends = [act.ends() for act in acts]
    return {
        "data": [heatmap for grid in scene.grids for heatmap in _grid_heatmaps(grid, acts[grid.act], ends[grid.act])],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis | {"range": [0, scene.width]},
            "yaxis": axis | {"range": [scene.height, 0]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
        },
    }
