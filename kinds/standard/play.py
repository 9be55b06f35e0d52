"""How an ordinary layer is recorded and shown."""

from engine import Trace, record
from kinds.standard.state import StandardState, StandardView
from kinds.standard.true_convolution import FLIPPED_KERNEL, all_numbers, names_of, with_its_own_mistake
from sharing.roles import BIAS, INPUT
from stage.model import Stage
from stage.stages import im2col_stage, matrix_stage, windows_stage

_STAGES = {
    StandardView.WINDOWS: windows_stage,
    StandardView.IM2COL: im2col_stage,
    StandardView.MATRIX: matrix_stage,
}


def play(state: StandardState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    numbers, make_stage = all_numbers(state), _STAGES[state.view]
    if FLIPPED_KERNEL not in numbers:
        trace = record(state.layer(), *numbers.values())
        return trace, make_stage(trace)
    trace = record(state.layer(), numbers[INPUT], numbers[FLIPPED_KERNEL], numbers.get(BIAS))
    return trace, with_its_own_mistake(make_stage(trace, names_of(trace)))
