"""How a pooling layer is recorded and shown."""

from engine import PoolingTrace, record
from kinds.pooling.state import PoolingState
from sharing.roles import INPUT
from sharing.values import operands
from stage.model import Stage
from stage.stages import pooling_stage


def play(state: PoolingState) -> tuple[PoolingTrace, Stage]:
    """Record the layer of a state, and make its stage; LayerError where there is none."""
    trace = record(state.layer(), operands(state)[INPUT])
    return trace, pooling_stage(trace)
