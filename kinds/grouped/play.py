"""How a grouped layer is recorded and shown."""

from engine import Trace, record
from kinds.grouped.side_by_side import arrange_side_by_side
from kinds.grouped.state import GroupedState, GroupedView
from sharing.values import operands
from stage.model import Stage
from stage.questions import ask
from stage.stages import layer_sizes, stage_of, windows_stage
from stage.windows_view import convolution_view


def side_by_side_stage(trace: Trace) -> Stage:
    """The stage of a grouped layer as separate convolutions, whose outputs are concatenated."""
    view = ask(convolution_view(trace), trace)
    return stage_of(arrange_side_by_side(layer_sizes(view)), (view,), trace.layer.padding_mode)


_STAGES = {GroupedView.TOGETHER: windows_stage, GroupedView.APART: side_by_side_stage}


def play(state: GroupedState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    trace = record(state.layer(), *operands(state).values())
    return trace, _STAGES[state.view](trace)
