"""How a layer over a volume is recorded and shown."""

from engine import Trace, record
from kinds.three_dimensional.roles import VOLUME, VOLUME_KERNEL
from kinds.three_dimensional.state import VolumeState
from sharing.roles import BIAS
from sharing.values import operands
from stage.model import Stage
from stage.stages import volume_stage


def play(state: VolumeState) -> tuple[Trace, Stage]:
    """Record the layer of a state, and make its stage; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    weight = numbers[VOLUME_KERNEL].reshape(layer.weight_shape)
    trace = record(layer, numbers[VOLUME], weight, numbers.get(BIAS))
    return trace, volume_stage(trace)
