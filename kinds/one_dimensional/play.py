"""How a layer over a sequence is recorded and shown: as one over an image of a single row."""

from engine import LayerError, Trace, record
from kinds.one_dimensional.state import SequenceState
from sharing.values import operands
from stage.model import Stage
from stage.stages import windows_stage


def play(state: SequenceState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make its stage; LayerError, in the words of a sequence, where there is none."""
    try:
        trace = record(state.layer(), *operands(state).values())
    except LayerError as error:
        raise _of_a_sequence(error) from error
    return trace, windows_stage(trace)


def _of_a_sequence(error: LayerError) -> LayerError:
    """The same error in the words of one dimension: the engine takes a sequence for an image of a single row."""
    words = {"columns": "values", "column": "value", "at the left": "at the start", "at the right": "at the end"}
    parts = [error.given, error.rule, error.suggestion]
    for ours, theirs in words.items():
        parts = [part.replace(ours, theirs) for part in parts]
    return LayerError(error.parameter, *parts)
