"""An arrangement as a Plotly figure: what stands still. Plain dictionaries, because a page builds one on every run."""

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stage.model import CELL_NAMES, Arrangement, CellKind, Grid, Stage


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


def _on_padding(
    label: str, x: int, y: float, values: NDArray[np.float64], kinds: NDArray[np.int8], end: float
) -> list[dict[str, Any]]:
    """An input's own values, over a heatmap for each other kind of cell there is."""
    layers = []
    for kind, meta in CELL_NAMES.items():
        if (kinds == kind).any():
            area = np.where(kinds == kind, 0.0, np.nan)
            layers.append(_heatmap(f"{label} {meta}", area, y, x, 1.0) | {"meta": meta})
    if not (kinds == CellKind.INPUT).any():
        return layers
    rows, columns = (np.flatnonzero((kinds == CellKind.INPUT).any(axis)) for axis in (1, 0))
    (top, bottom), (left, right) = ((int(lines[0]), int(lines[-1]) + 1) for lines in (rows, columns))
    own = np.where(kinds == CellKind.INPUT, values, np.nan)[top:bottom, left:right]
    return [*layers, _heatmap(label, own, y + top, x + left, end)]


def _grid_heatmaps(stage: Stage, grid: Grid, x: int, y: float) -> list[dict[str, Any]]:
    if grid.values is None:
        return []
    view = stage.layers[grid.layer]
    shown = getattr(view.arrays, grid.values).reshape(-1, grid.rows, grid.columns)[grid.channel]
    end, kinds = view.color_limits[grid.values], view.cell_kinds_of(grid.values)
    if kinds is None:
        return [_heatmap(grid.label, shown, y, x, end)]
    return _on_padding(grid.label, x, y, shown, kinds.reshape(shown.shape), end)


def figure(stage: Stage, arrangement: Arrangement) -> dict[str, Any]:
    """The figure of everything that never moves: each input on its padding, each output map, and the matrices.

    Heatmaps carry no colours: the browser knows whether the page is light or dark. `meta` marks those that are drawn
    in a neutral one.
    """
    axis = {"visible": False, "fixedrange": True}
    placed = zip(stage.grids, arrangement.positions, strict=True)
    return {
        "data": [heatmap for grid, (x, y) in placed for heatmap in _grid_heatmaps(stage, grid, x, y)],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis | {"range": [0, arrangement.width]},
            "yaxis": axis | {"range": [arrangement.height, 0]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
        },
    }
