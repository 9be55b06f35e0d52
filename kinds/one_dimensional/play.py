"""How a layer over a sequence is recorded and shown: as one over an image of a single row."""

from engine import Trace, in_one_row, record
from kinds.one_dimensional.roles import SEQUENCE, SEQUENCE_KERNEL
from kinds.one_dimensional.state import SequenceState, SequenceView
from sharing.roles import BIAS
from sharing.values import operands
from stage.model import Stage
from stage.stages import charted_stage, sequence_stage

_STAGES = {SequenceView.CELLS: sequence_stage, SequenceView.LINES: charted_stage}


def play(state: SequenceState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make its stage; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    recorded = record(layer, numbers[SEQUENCE][:, 0], numbers[SEQUENCE_KERNEL][:, :, 0], numbers.get(BIAS))
    trace = in_one_row(recorded)
    return trace, _STAGES[state.view](trace)
