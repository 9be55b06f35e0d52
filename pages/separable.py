"""The depthwise-separable page: each channel by itself, then every pixel's channels together, as one timeline."""

from functools import lru_cache

from engine import Trace, record
from pages.shared.costs import explain_separable, standard_cost
from pages.shared.explanation import explain_size, summary
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.linear import explain_linear
from pages.shared.session import enter
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import compare, offer_check
from sharing.roles import BIAS, INPUT, KERNEL, POINTWISE_BIAS, POINTWISE_KERNEL
from sharing.states import SeparableState, SeparableView
from sharing.values import operands
from stage.payload import POINTWISE_ROLES, payload_im2col, payload_separable

VIEWS = {SeparableView.BOTH: "Both layers", SeparableView.POINTWISE: "Pointwise as a matrix"}
ROWS = (*PADDED_ROWS[:2], ("depth_multiplier", "pointwise_padding"), *PADDED_ROWS[2:])

Traces = tuple[Trace, Trace]


@lru_cache(maxsize=32)
def play(state: SeparableState) -> Played[Traces]:
    """The records of a state's two layers, and what the stage shows of them. LayerError where there are none."""
    layer, numbers = state.layer(), operands(state)
    depthwise = record(layer.depthwise, numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
    pointwise = record(layer.pointwise, depthwise.output, numbers[POINTWISE_KERNEL], numbers.get(POINTWISE_BIAS))
    if state.view is SeparableView.POINTWISE:
        payload = payload_im2col(pointwise, POINTWISE_ROLES)
    else:
        payload = payload_separable(depthwise, pointwise, standard_cost(state).macs)
    return Played((depthwise, pointwise), payload | {"id": str(hash(state))}, summary(depthwise))


def explain(traces: Traces | None) -> None:
    """Show what separating saves, that the second layer is a linear one at each pixel, and the check of both."""
    depthwise = None if traces is None else traces[0]
    if traces is not None:
        explain_separable(state)
        explain_linear(traces[1])
    explain_size(depthwise)
    if traces is not None:
        offer_check(compare, traces[1])


enter(SeparableState)
state = choose_layer(SeparableState, ROWS)
show_page("Depthwise-separable convolution", state, play, explain, lambda: choose_view(VIEWS))
