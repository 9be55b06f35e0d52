"""How a transposed layer is recorded and shown: in one of its views, or in all of them on one canvas."""

from dataclasses import replace

from engine import TransposedTrace, as_matrix, record
from kinds.transposed.captions import captions, left_out_caption
from kinds.transposed.scene import TransposedSizes, arrange_transposed
from kinds.transposed.state import SINGLE_VIEWS, TransposedState, TransposedView
from sharing.values import operands
from stage.model import Stage
from stage.questions import ask_gathered, ask_stamps
from stage.scatter_view import scatter_view
from stage.stages import stage_of
from stage.zero_inserted import zero_inserted

SLIDING = "output"
"""The granularity in which a window slides over the input, which is what zeros are inserted for."""

MOST_BESIDE = 26
"""The most rows and columns of a matrix that leave room for what stands beside it."""


def play(state: TransposedState) -> tuple[TransposedTrace, Stage]:
    """Record the layer of a state, and make the stage of the views that were chosen; LayerError where there is none."""
    trace = record(state.layer(), *operands(state).values())
    views = SINGLE_VIEWS if state.view is TransposedView.ALL else (state.view,)
    return trace, transposed_stage(trace, views)


def transposed_stage(trace: TransposedTrace, views: tuple[TransposedView, ...] = SINGLE_VIEWS) -> Stage:
    """The stage of a transposed layer, so many of its views at once.

    A matrix that is too large to stand beside others is left out, and a caption says so.
    """
    if len(views) > 1 and max(trace.output.size, trace.input.size) > MOST_BESIDE:
        views = tuple(view for view in views if view is not TransposedView.MATRIX)
    view = scatter_view(
        trace,
        zero_inserted(trace) if TransposedView.ZERO_INSERTED in views else None,
        as_matrix(trace.layer, trace.weight, *trace.input.shape[1:]).masked if TransposedView.MATRIX in views else None,
    )
    view = (ask_stamps if views == (TransposedView.STAMP,) else ask_gathered)(view, trace)
    stage = stage_of(arrange_transposed(transposed_sizes(trace, views)), (view,))
    return replace(stage, opening=SLIDING) if views == (TransposedView.ZERO_INSERTED,) else stage


def transposed_sizes(trace: TransposedTrace, views: tuple[TransposedView, ...]) -> TransposedSizes:
    """The grids that a layer needs to be shown in these views."""
    layer, (rows, columns) = trace.layer, trace.axes
    *others, last = (captions(trace, view) for view in views)
    is_matrix_left_out = len(views) > 1 and TransposedView.MATRIX not in views
    return TransposedSizes(
        views=views,
        captions=(*others, last + left_out_caption(trace) if is_matrix_left_out else last),
        input=(rows.length, columns.length),
        kernel=(rows.kernel, columns.kernel),
        uncropped=(rows.uncropped, columns.uncropped),
        zero_inserted=(rows.convolved.padded, columns.convolved.padded),
        output=(rows.output, columns.output),
        in_channels=layer.in_channels,
        out_channels=layer.out_channels,
        groups=layer.groups,
        bias=layer.bias,
    )
