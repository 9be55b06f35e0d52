"""What the browser is given: every arrangement of the stage with its figure, the steps, and the colours."""

from typing import Any

from engine import Trace
from stage.figure import figure
from stage.palette import PADDING, palette
from stage.scene import Parts, Scene, arrange
from stage.steps import steps


def parts(trace: Trace) -> Parts:
    """The grids that a trace needs."""
    rows, columns = trace.axes
    out_channels, in_channels = trace.products.shape[:2]
    return Parts(
        padded=(rows.padded, columns.padded),
        kernel=(rows.kernel, columns.kernel),
        output=(rows.output, columns.output),
        in_channels=in_channels,
        out_channels=out_channels,
        bias=trace.bias is not None,
    )


def _arrangement(scene: Scene, trace: Trace) -> dict[str, Any]:
    return {
        "width": scene.width,
        "height": scene.height,
        "labelRows": scene.label_rows,
        "places": [[grid.x, grid.y] for grid in scene.grids],
        "signs": [[sign.text, sign.x, sign.y] for sign in scene.signs],
        "figure": figure(scene, trace),
    }


def payload(trace: Trace) -> dict[str, Any]:
    """Everything the player needs to play a trace, as JSON-ready values."""
    scenes = arrange(parts(trace))
    return {
        "grids": [
            {
                "role": grid.role.value,
                "channel": grid.channel,
                "rows": grid.rows,
                "columns": grid.columns,
                "label": grid.label,
            }
            for grid in scenes[0].grids
        ],
        "arrangements": [_arrangement(scene, trace) for scene in scenes],
        "paddingMode": trace.layer.padding_mode,
        "palette": {theme: palette(theme) for theme in PADDING},
        "padding": PADDING,
        "steps": steps(trace),
    }
