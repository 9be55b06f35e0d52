"""The grouped page: channels in groups that do not see each other, up to depthwise, where each is by itself."""

from functools import lru_cache

from engine import Trace, record
from pages.shared.costs import explain_groups
from pages.shared.explanation import explain_size, summary
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.session import enter
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import compare, offer_check
from sharing.states import GroupedState, GroupedView
from sharing.values import operands
from stage.payload import payload, payload_apart

VIEWS = {GroupedView.TOGETHER: "One layer", GroupedView.APART: "Separate convolutions, concatenated"}
PAYLOADS = {GroupedView.TOGETHER: payload, GroupedView.APART: payload_apart}
ROWS = (*PADDED_ROWS[:2], ("groups",), *PADDED_ROWS[2:])


@lru_cache(maxsize=32)
def play(state: GroupedState) -> Played[Trace]:
    """The record of a state's layer, and what the stage shows of it. LayerError where there is no layer."""
    trace = record(state.layer(), *operands(state).values())
    return Played(trace, PAYLOADS[state.view](trace) | {"id": str(hash(state))}, summary(trace))


def explain(trace: Trace | None) -> None:
    """Show what the groups save, the output size in numbers, and offer the check."""
    if trace is not None:
        explain_groups(state)
    explain_size(trace)
    if trace is not None:
        offer_check(compare, trace)


enter(GroupedState)
state = choose_layer(GroupedState, ROWS)
show_page("Grouped convolution", state, play, explain, lambda: choose_view(VIEWS))
