"""The depthwise-separable page: each channel by itself, then every pixel's channels together, as one timeline."""

from engine import Trace
from kinds.separable import SPEC
from kinds.separable.state import SeparableState
from pages.separable_parts.linear import explain_linear
from pages.shared.check_view import offer_check
from pages.shared.explanation import show_cost, show_size
from pages.shared.stage_page import show_page


def explain(state: SeparableState, traces: tuple[Trace, Trace] | None) -> None:
    """Show what separating saves, that the second layer is a linear one at each pixel, sizes, and the check of both."""
    if traces is not None:
        show_cost(SPEC, state)
        explain_linear(traces[1])
    show_size(SPEC, traces)
    if traces is not None:
        offer_check(state, SPEC.check(traces))


show_page(SPEC, explain)
