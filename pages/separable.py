"""The depthwise-separable page: each channel by itself, then every pixel's channels together, as one timeline."""

from engine import Trace
from kinds.separable.state import SeparableState, SeparableView
from pages.shared.costs import explain_separable
from pages.shared.explanation import explain_size
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.linear import explain_linear
from pages.shared.session import enter
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare_separable, offer_check

VIEWS = {SeparableView.BOTH: "Both layers", SeparableView.POINTWISE: "Pointwise as a matrix"}
ROWS = (*PADDED_ROWS[:2], ("depth_multiplier", "pointwise_padding"), *PADDED_ROWS[2:])

Traces = tuple[Trace, Trace]


def explain(traces: Traces | None) -> None:
    """Show what separating saves, that the second layer is a linear one at each pixel, and the check of both."""
    if traces is None:
        explain_size(None)
        return
    depthwise, pointwise = traces
    explain_separable(state)
    explain_linear(pointwise)
    explain_size(depthwise, "Size between the two layers")
    explain_size(pointwise)
    offer_check(compare_separable, traces)


enter(SeparableState)
state = choose_layer(SeparableState, ROWS)
show_page("Depthwise-separable convolution", state, explain, lambda: choose_view(VIEWS))
