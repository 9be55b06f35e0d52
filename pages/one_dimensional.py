"""The one-dimensional page: a convolution along a sequence, with causal padding and dilation."""

from engine import Trace
from kinds.one_dimensional.state import SequenceState
from pages.shared.explanation import explain_length
from pages.shared.layer_controls import choose_layer
from pages.shared.session import enter
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare_sequence, offer_check

ROWS = (
    ("length",),
    ("in_channels", "out_channels"),
    ("kernel_size", "stride"),
    ("padding",),
    ("padding_amount",),
    ("padding_mode",),
    ("dilation",),
    ("bias",),
)


def explain(trace: Trace | None) -> None:
    """Show the output size in numbers, and offer the check."""
    explain_length(trace)
    if trace is not None:
        offer_check(compare_sequence, trace)


enter(SequenceState)
state = choose_layer(SequenceState, ROWS)
show_page("One-dimensional convolution", state, explain)
