"""How a pooling layer is recorded and shown."""

from engine import PoolingTrace, record
from kinds.pooling.state import PoolingState
from kinds.pooling.view import pooling_view
from sharing.roles import INPUT
from sharing.values import operands
from stage.channels import arrange
from stage.model import Stage
from stage.questions import ask_pooling
from stage.stages import layer_sizes, stage_of


def pooling_stage(trace: PoolingTrace) -> Stage:
    """The stage of a pooling layer."""
    view = ask_pooling(pooling_view(trace), trace)
    return stage_of(arrange(layer_sizes(view)), (view,))


def play(state: PoolingState) -> tuple[PoolingTrace, Stage]:
    """Record the layer of a state, and make its stage; LayerError where there is none."""
    trace = record(state.layer(), operands(state)[INPUT])
    return trace, pooling_stage(trace)
