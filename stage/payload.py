"""What the browser is given: every arrangement of the stage with its figure, what is played, and the colours."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from engine import PoolingTrace, Trace, as_matrix
from stage.act import ROLES, Act, Arithmetic, Playable, convolution_act
from stage.apart import arrange_apart
from stage.channels import Parts, arrange
from stage.figure import STILL, figure
from stage.matrix_scenes import arrange_im2col, arrange_matrix
from stage.palette import NEUTRALS, palette
from stage.pooling_act import pooling_act
from stage.scene import Grid, Scene
from stage.separable_scene import arrange_separable

POINTWISE_ROLES = {"kernel": "pointwise_kernel", "bias": "pointwise_bias"}
"""What can be edited in a pointwise layer: what it reads is not typed, but made by the layer before it."""

SUMMARIES = {Arithmetic.PRODUCTS: "sum", Arithmetic.MAX: "max", Arithmetic.MEAN: "mean"}
"""What is made of a window, in a word."""


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
        summary=SUMMARIES[act.arithmetic],
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


def payload_im2col(trace: Trace, roles: Mapping[str, str] = ROLES) -> dict[str, Any]:
    """What plays a trace as one product of matrices: filters as rows times windows as columns."""
    act = convolution_act(trace, roles)
    columns = trace.columns.reshape(-1, trace.columns.shape[-1])
    act = replace(act, extras={"columns": columns})
    return staged(arrange_im2col(parts(act)), (act,), trace.layer.padding_mode)


def payload_matrix(trace: Trace) -> dict[str, Any]:
    """What plays a trace as one sparse matrix times the flattened input."""
    matrix = as_matrix(trace.layer, trace.weight, *trace.input.shape[1:])
    dense = np.full(matrix.shape, np.nan)
    dense[matrix.rows, matrix.columns] = 0.0
    np.add.at(dense, (matrix.rows, matrix.columns), matrix.values)
    act = replace(convolution_act(trace), extras={"matrix": dense, "flat_input": trace.input.ravel()})
    return staged(arrange_matrix(replace(parts(act), length=act.length)), (act,), trace.layer.padding_mode)


def payload_separable(depthwise: Trace, pointwise: Trace, standard_macs: int) -> dict[str, Any]:
    """What plays a depthwise layer and then the pointwise one, beside the multiplies that a standard layer takes."""
    rows, columns = pointwise.axes
    first = replace(convolution_act(depthwise), frame=(rows.before, columns.before))
    acts = first, convolution_act(pointwise, POINTWISE_ROLES)
    scenes = arrange_separable(parts(first), parts(acts[1]))
    return staged(scenes, acts, depthwise.layer.padding_mode) | {"tally": standard_macs}


def payload_pooling(trace: PoolingTrace) -> dict[str, Any]:
    """What plays a pooling layer."""
    act = pooling_act(trace)
    return staged(arrange(parts(act)), (act,))


def payload_apart(trace: Trace) -> dict[str, Any]:
    """What plays a grouped layer as separate convolutions, whose outputs are concatenated."""
    act = convolution_act(trace)
    return staged(arrange_apart(parts(act)), (act,), trace.layer.padding_mode)
