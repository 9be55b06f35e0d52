"""How the two halves of a separable layer are recorded and shown, one after the other."""

from engine import Trace, record
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.separable.state import SeparableState, SeparableView
from kinds.separable.words import standard_cost
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands
from stage.model import Stage
from stage.stages import POINTWISE_EDITABLE, im2col_stage, separable_stage


def play(state: SeparableState) -> tuple[tuple[Trace, Trace], Stage]:
    """Record both layers of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    depthwise = record(layer.depthwise, numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
    pointwise = record(layer.pointwise, depthwise.output, numbers[POINTWISE_KERNEL], numbers.get(POINTWISE_BIAS))
    if state.view is SeparableView.POINTWISE:
        return (depthwise, pointwise), im2col_stage(pointwise, POINTWISE_EDITABLE)
    return (depthwise, pointwise), separable_stage(depthwise, pointwise, standard_cost(state).macs)
