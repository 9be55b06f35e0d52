"""How the two halves of a separable layer are recorded and shown, one after the other."""

from dataclasses import replace

from engine import Trace, record
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.separable.scene import arrange_separable
from kinds.separable.state import SeparableState, SeparableView
from kinds.separable.words import standard_cost
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands
from stage.model import Stage
from stage.stages import im2col_stage, layer_sizes, stage_of
from stage.windows_view import convolution_view

POINTWISE_EDITABLE = {"kernel": POINTWISE_KERNEL.name, "bias": POINTWISE_BIAS.name}
"""What can be edited in a pointwise layer: what it reads is not typed, but made by the layer before it."""


def separable_stage(depthwise: Trace, pointwise: Trace, standard_macs: int) -> Stage:
    """The stage of a depthwise layer and then the pointwise one, beside the multiplies that a standard layer takes."""
    rows, columns = pointwise.axes
    layers = (
        convolution_view(depthwise, output_offset=(rows.before, columns.before)),
        convolution_view(pointwise, POINTWISE_EDITABLE),
    )
    scenes = arrange_separable(*map(layer_sizes, layers))
    return replace(stage_of(scenes, layers, depthwise.layer.padding_mode), standard_macs=standard_macs)


def play(state: SeparableState) -> tuple[tuple[Trace, Trace], Stage]:
    """Record both layers of a state, and make the stage of the view that was chosen; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    depthwise = record(layer.depthwise, numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
    pointwise = record(layer.pointwise, depthwise.output, numbers[POINTWISE_KERNEL], numbers.get(POINTWISE_BIAS))
    if state.view is SeparableView.POINTWISE:
        return (depthwise, pointwise), im2col_stage(pointwise, editable=POINTWISE_EDITABLE)
    return (depthwise, pointwise), separable_stage(depthwise, pointwise, standard_cost(state).macs)
