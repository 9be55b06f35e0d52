"""How an ordinary layer is recorded and shown."""

from engine import Trace, record
from kinds.standard.state import StandardState, StandardView
from sharing.values import operands
from stage.model import Stage
from stage.stages import im2col_stage, matrix_stage, windows_stage

_STAGES = {
    StandardView.WINDOWS: windows_stage,
    StandardView.IM2COL: im2col_stage,
    StandardView.MATRIX: matrix_stage,
}


def play(state: StandardState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    trace = record(state.layer(), *operands(state).values())
    return trace, _STAGES[state.view](trace)
