"""How a grouped layer is recorded and shown."""

from engine import Trace, record
from kinds.grouped.state import GroupedState, GroupedView
from sharing.values import operands
from stage.model import Stage
from stage.stages import side_by_side_stage, windows_stage

_STAGES = {GroupedView.TOGETHER: windows_stage, GroupedView.APART: side_by_side_stage}


def play(state: GroupedState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    trace = record(state.layer(), *operands(state).values())
    return trace, _STAGES[state.view](trace)
