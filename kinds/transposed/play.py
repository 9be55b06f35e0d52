"""How a transposed layer is recorded and shown."""

from engine import TransposedTrace, record
from kinds.transposed.state import TransposedState, TransposedView
from sharing.values import operands
from stage.model import Stage
from stage.transposed_scene import View
from stage.transposed_stage import transposed_stage

_VIEWS = {
    TransposedView.ALL: tuple(View),
    TransposedView.STAMP: (View.STAMP,),
    TransposedView.ZERO_INSERTED: (View.ZERO_INSERTED,),
    TransposedView.MATRIX: (View.MATRIX,),
}


def play(state: TransposedState) -> tuple[TransposedTrace, Stage]:
    """Record the layer of a state, and make the stage of the views that were chosen; LayerError where there is none."""
    trace = record(state.layer(), *operands(state).values())
    return trace, transposed_stage(trace, _VIEWS[state.view])
