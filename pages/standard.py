"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from functools import lru_cache

from engine import Trace, record
from pages.shared.explanation import explain_size, summary
from pages.shared.layer_controls import PADDED_ROWS, choose_layer, choose_view
from pages.shared.session import enter
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import compare, offer_check
from sharing.states import StandardState, StandardView
from sharing.values import operands
from stage.payload import payload, payload_im2col, payload_matrix

VIEWS = {
    StandardView.WINDOWS: "Windows",
    StandardView.IM2COL: "im2col",
    StandardView.MATRIX: "Sparse matrix",
}
PAYLOADS = {
    StandardView.WINDOWS: payload,
    StandardView.IM2COL: payload_im2col,
    StandardView.MATRIX: payload_matrix,
}


@lru_cache(maxsize=32)
def play(state: StandardState) -> Played[Trace]:
    """The record of a state's layer, and what the stage shows of it. LayerError where there is no layer."""
    trace = record(state.layer(), *operands(state).values())
    return Played(trace, PAYLOADS[state.view](trace) | {"id": str(hash(state))}, summary(trace))


def explain(trace: Trace | None) -> None:
    """Show the output size in numbers, and offer the check."""
    explain_size(trace)
    if trace is not None:
        offer_check(compare, trace)


enter(StandardState)
show_page(
    "Standard convolution",
    choose_layer(StandardState, PADDED_ROWS),
    play,
    explain,
    lambda: choose_view(VIEWS),
)
