"""The transposed-convolution page: three views of one layer, and what is true of its sizes and its overlaps."""

from engine import TransposedTrace
from kinds.transposed.state import TransposedState, TransposedView
from pages.shared.costs import explain_stamps
from pages.shared.layer_controls import choose_layer, choose_view
from pages.shared.overlaps import explain_overlaps
from pages.shared.round_trip import explain_round_trip
from pages.shared.session import enter
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare_transposed, offer_check
from pages.shared.transposed_size import explain_transposed

ROWS = (
    ("height", "width"),
    ("in_channels", "out_channels"),
    ("groups",),
    ("kernel_height", "kernel_width"),
    ("stride_height", "stride_width"),
    ("padding_height", "padding_width"),
    ("output_padding_height", "output_padding_width"),
    ("dilation_height", "dilation_width"),
    ("bias",),
)
VIEWS = {
    TransposedView.ALL: "All three",
    TransposedView.STAMP: "Stamps",
    TransposedView.ZERO_INSERTED: "Zeros inserted",
    TransposedView.MATRIX: "Matrix",
}


def explain(trace: TransposedTrace | None) -> None:
    """Show the output size in numbers and the equivalent convolution, and offer the check."""
    if trace is not None:
        explain_stamps(state)
    explain_transposed(trace)
    if trace is not None:
        offer_check(compare_transposed, trace)


enter(TransposedState)
state = choose_layer(TransposedState, ROWS)
recorded = show_page("Transposed convolution", state, explain, lambda: choose_view(VIEWS))
if recorded is not None:
    explain_overlaps(recorded)
    explain_round_trip(recorded)
