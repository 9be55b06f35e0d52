"""A scene as a Plotly figure: what stands still. Plain dictionaries, because a page builds one on every run."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Trace
from stage.scene import Grid, Role, Scene


def largest(*arrays: NDArray[np.float64]) -> float:
    """The end of a colour scale symmetric about zero that holds every value of every array (1 where all are zero)."""
    return max(float(np.abs(array).max(initial=0.0)) for array in arrays) or 1.0


def _heatmap(name: str, values: NDArray[np.float64], top: float, left: int, end: float) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "name": name,
        "z": values.tolist(),
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


def _grid_heatmaps(grid: Grid, trace: Trace) -> list[dict[str, Any]]:
    rows, columns = trace.axes
    if grid.role is Role.OUTPUT:
        return [_heatmap(grid.label, trace.output[grid.channel], grid.y, grid.x, largest(trace.output))]
    if grid.role is not Role.INPUT:
        return []
    source = _heatmap(
        grid.label, trace.input[grid.channel], grid.y + rows.before, grid.x + columns.before, largest(trace.input)
    )
    if (grid.rows, grid.columns) == trace.input.shape[1:]:
        return [source]
    padding = _heatmap(f"{grid.label} padding", np.zeros((grid.rows, grid.columns)), grid.y, grid.x, 1.0)
    return [padding | {"meta": "padding"}, source]


def figure(scene: Scene, trace: Trace) -> dict[str, Any]:
    """The figure of everything that never moves: each input on its padding, and each output map.

    Heatmaps carry no colours: the browser knows whether the page is light or dark. `meta` marks those of padding.
    """
    axis = {"visible": False, "fixedrange": True}
    return {
        "data": [heatmap for grid in scene.grids for heatmap in _grid_heatmaps(grid, trace)],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis | {"range": [0, scene.width]},
            "yaxis": axis | {"range": [scene.height, 0]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
        },
    }
