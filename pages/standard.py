"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from engine import Trace
from kinds.standard.state import StandardState, StandardView
from pages.shared.explanation import explain_size
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.session import enter
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare, offer_check

VIEWS = {
    StandardView.WINDOWS: "Windows",
    StandardView.IM2COL: "im2col",
    StandardView.MATRIX: "Sparse matrix",
}


def explain(trace: Trace | None) -> None:
    """Show the output size in numbers, and offer the check."""
    explain_size(trace)
    if trace is not None:
        offer_check(compare, trace)


enter(StandardState)
show_page(
    "Standard convolution",
    choose_layer(StandardState, PADDED_ROWS),
    explain,
    lambda: choose_view(VIEWS),
)
