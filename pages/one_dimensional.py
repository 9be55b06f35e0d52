"""The one-dimensional page: a convolution along a sequence, with causal padding and dilation."""

from functools import lru_cache

from engine import Trace, record
from pages.shared.explanation import explain_length, summary
from pages.shared.layer_controls import choose_layer
from pages.shared.session import enter
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import compare_sequence, offer_check
from sharing.states import SequenceState
from sharing.values import operands
from stage.payload import payload

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


@lru_cache(maxsize=32)
def play(state: SequenceState) -> Played[Trace]:
    """The record of a state's layer, and what the stage shows of it. LayerError where there is no layer."""
    trace = record(state.layer(), *operands(state).values())
    return Played(trace, payload(trace) | {"id": str(hash(state))}, summary(trace))


def explain(trace: Trace | None) -> None:
    """Show the output size in numbers, and offer the check."""
    explain_length(trace)
    if trace is not None:
        offer_check(compare_sequence, trace)


enter(SequenceState)
state = choose_layer(SequenceState, ROWS)
show_page("One-dimensional convolution", state, play, explain)
