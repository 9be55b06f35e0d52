"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from functools import lru_cache

from engine import Trace, record
from pages.shared.explanation import explain_size, summary
from pages.shared.layer_controls import choose_layer, choose_view
from pages.shared.session import enter
from pages.shared.stage_page import Played, show_page
from pages.shared.torch_check import offer_check
from sharing.states import StandardState, StandardView
from sharing.values import operands
from stage.payload import payload

ROWS = (
    ("height", "width"),
    ("in_channels", "out_channels"),
    ("kernel_height", "kernel_width"),
    ("stride_height", "stride_width"),
    ("padding",),
    ("padding_height", "padding_width"),
    ("padding_mode",),
    ("dilation_height", "dilation_width"),
    ("bias",),
)
VIEWS = {
    StandardView.WINDOWS: "Windows",
    StandardView.IM2COL: "im2col",
    StandardView.MATRIX: "Sparse matrix",
}


@lru_cache(maxsize=32)
def play(state: StandardState) -> Played[Trace]:
    """The record of a state's layer, and what the stage shows of it. LayerError where there is no layer."""
    trace = record(state.layer(), *operands(state).values())
    return Played(trace, payload(trace) | {"id": str(hash(state))}, summary(trace))


def explain(trace: Trace | None) -> None:
    """Show the output size in numbers, and offer the check."""
    explain_size(trace)
    if trace is not None:
        offer_check(trace)


enter(StandardState)
show_page(
    "Standard convolution",
    choose_layer(StandardState, ROWS),
    play,
    explain,
    lambda: choose_view(VIEWS),
)
