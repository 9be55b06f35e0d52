"""The pooling page: one number of each window, the largest or the mean, each channel by itself."""

from engine import PoolingTrace
from kinds.pooling import SPEC
from kinds.pooling.state import PoolingState
from pages.pooling_parts.gradient import explain_gradient
from pages.pooling_parts.shift import explain_shift
from pages.shared.explanation import explain_layer
from pages.shared.stage_page import show_page


def explain(state: PoolingState, trace: PoolingTrace | None) -> None:
    """Show the output size in numbers, offer the check, and show what a shift does, and what goes back."""
    explain_layer(SPEC, state, trace)
    if trace is not None:
        explain_shift(state, trace)
        explain_gradient(state, trace)


show_page(SPEC, explain)
