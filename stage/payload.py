"""What the browser is given: every arrangement of the stage with its figure, what is played, and the colours."""

from typing import Any

from engine import Trace
from stage.act import Act, Playable, convolution_act
from stage.apart import arrange_apart
from stage.channels import Parts, arrange
from stage.figure import STILL, figure
from stage.palette import NEUTRALS, palette
from stage.scene import Grid, Scene


def parts(act: Act) -> Parts:
    """The grids that an act needs."""
    return Parts(
        padded=act.input.shape[1:],
        kernel=act.taps,
        output=act.output.shape[1:],
        in_channels=len(act.input),
        out_channels=len(act.output),
        bias=act.bias is not None,
        groups=act.groups,
        weighted=act.kernel is not None,
    )


def _arrangement(scene: Scene, acts: tuple[Playable, ...]) -> dict[str, Any]:
    return {
        "width": scene.width,
        "height": scene.height,
        "labelRows": scene.label_rows,
        "places": [[grid.x, grid.y] for grid in scene.grids],
        "signs": [[sign.text, sign.x, sign.y] for sign in scene.signs],
        "captions": [[one.text, one.x, one.y, one.width, one.mark] for one in scene.captions],
        "wires": [[wire.group, *wire.start, *wire.end] for wire in scene.wires],
        "figure": figure(scene, acts),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "role": grid.role.value,
        "channel": grid.channel,
        "rows": grid.rows,
        "columns": grid.columns,
        "label": grid.label,
        "group": grid.group,
        "act": grid.act,
        "values": STILL.get(grid.role),
    }


def staged(scenes: tuple[Scene, ...], acts: tuple[Playable, ...], padding_mode: str = "zeros") -> dict[str, Any]:
    """Everything the player needs to play acts one after the other on one of the scenes, as JSON-ready values."""
    return {
        "grids": [_grid(grid) for grid in scenes[0].grids],
        "arrangements": [_arrangement(scene, acts) for scene in scenes],
        "paddingMode": padding_mode,
        "palette": {theme: palette(theme) for theme in NEUTRALS},
        "neutrals": NEUTRALS,
        "acts": [act.encoded() for act in acts],
    }


def payload(trace: Trace) -> dict[str, Any]:
    """What plays a trace, all channels on one canvas."""
    act = convolution_act(trace)
    return staged(arrange(parts(act)), (act,), trace.layer.padding_mode)


def payload_apart(trace: Trace) -> dict[str, Any]:
    """What plays a grouped layer as separate convolutions, whose outputs are concatenated."""
    act = convolution_act(trace)
    return staged(arrange_apart(parts(act)), (act,), trace.layer.padding_mode)
