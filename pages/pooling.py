"""The pooling page: one number of each window, the largest or the mean, each channel by itself."""

from functools import lru_cache

from engine import PoolingTrace, record
from pages.shared.explanation import explain_pooled_size, pooling_summary
from pages.shared.layer_controls import choose_layer
from pages.shared.session import enter
from pages.shared.shift import explain_shift
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import compare_pooling, offer_check
from sharing.roles import INPUT
from sharing.states import PoolingState
from sharing.values import operands
from stage.payload import payload_pooling

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


@lru_cache(maxsize=32)
def play(state: PoolingState) -> Played[PoolingTrace]:
    """The record of a state's layer, and what the stage shows of it. LayerError where there is no layer."""
    trace = record(state.layer(), operands(state)[INPUT])
    return Played(trace, payload_pooling(trace) | {"id": str(hash(state))}, pooling_summary(trace))


def explain(trace: PoolingTrace | None) -> None:
    """Show the output size in numbers, offer the check, and show what a shift of the input does."""
    explain_pooled_size(trace)
    if trace is not None:
        offer_check(compare_pooling, trace)
        explain_shift(state, trace)


enter(PoolingState)
state = choose_layer(PoolingState, ROWS)
show_page("Pooling", state, play, explain)
