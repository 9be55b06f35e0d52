"""The pooling page: one number of each window, the largest or the mean, each channel by itself."""

from engine import PoolingTrace
from kinds.pooling.state import PoolingState
from pages.shared.explanation import explain_pooled_size
from pages.shared.layer_controls import choose_layer
from pages.shared.session import enter
from pages.shared.shift import explain_shift
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare_pooling, offer_check

ROWS = (
    ("kind",),
    ("height", "width"),
    ("in_channels",),
    ("kernel_height", "kernel_width"),
    ("stride_height", "stride_width"),
    ("padding_height", "padding_width"),
    ("dilation_height", "dilation_width"),
    ("ceil_mode",),
    ("count_include_pad",),
)


def explain(trace: PoolingTrace | None) -> None:
    """Show the output size in numbers, offer the check, and show what a shift of the input does."""
    explain_pooled_size(trace)
    if trace is not None:
        offer_check(compare_pooling, trace)
        explain_shift(state, trace)


enter(PoolingState)
state = choose_layer(PoolingState, ROWS)
show_page("Pooling", state, explain)
