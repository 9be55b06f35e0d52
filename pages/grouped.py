"""The grouped page: channels in groups that do not see each other, up to depthwise, where each is by itself."""

from engine import Trace
from kinds.grouped.state import GroupedState, GroupedView
from pages.shared.costs import explain_groups
from pages.shared.explanation import explain_size
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.session import enter
from pages.shared.stage_page import show_page
from pages.shared.torch_check import compare, offer_check

VIEWS = {GroupedView.TOGETHER: "One layer", GroupedView.APART: "Separate convolutions, concatenated"}
ROWS = (*PADDED_ROWS[:2], ("groups",), *PADDED_ROWS[2:])


def explain(trace: Trace | None) -> None:
    """Show what the groups save, the output size in numbers, and offer the check."""
    if trace is not None:
        explain_groups(state)
    explain_size(trace)
    if trace is not None:
        offer_check(compare, trace)


enter(GroupedState)
state = choose_layer(GroupedState, ROWS)
show_page("Grouped convolution", state, explain, lambda: choose_view(VIEWS))
