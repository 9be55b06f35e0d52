"""How a layer over a sequence is recorded and shown: as one over an image of a single row."""

from engine import LayerError, Trace, record
from kinds.one_dimensional.messages import OF_A_SEQUENCE
from kinds.one_dimensional.state import SequenceState
from sharing.values import operands
from stage.model import Stage
from stage.stages import sequence_stage


def play(state: SequenceState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make its stage; LayerError, in the words of a sequence, where there is none."""
    try:
        trace = record(state.layer(), *operands(state).values())
    except LayerError as error:
        raise error.reworded(OF_A_SEQUENCE) from error
    return trace, sequence_stage(trace)
