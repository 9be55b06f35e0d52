"""The controls of the page of upsampling, in the sidebar."""

from typing import Any

import streamlit as st

from engine import LayerError
from pages.shared.example_choice import choose_example
from pages.shared.faults import Fault
from pages.shared.late_values import send_all
from pages.shared.layer_controls import show_control, show_rows, show_text
from sharing.examples import Example
from sharing.matrices import write
from sharing.upsampling import UpsamplingState, UpsamplingWeights
from sharing.upsampling_examples import UPSAMPLINGS

FIRST = (("picture",), ("size",), ("kernel_size",), ("stride", "layers"), ("padding", "output_padding"))
LAST = (("seed",), ("row", "column"))
TEXT = "kernel_text"
_HELP = "A line a row, as many rows as columns, up to 7 × 7."


def show_upsampling_controls(state: UpsamplingState, fault: Fault | None) -> Example | None:
    """Show all controls; return the example that the state is, if it is one."""
    chosen = choose_example(state, UPSAMPLINGS)
    show_rows(state, FIRST, fault)
    show_control(st.sidebar, state, "weights", _begin_typing)
    show_text(state, TEXT, fault, _HELP)
    show_rows(state, LAST, fault)
    return chosen


def _begin_typing() -> None:
    """Let the numbers that are typed from now on begin as those that were in use, where none are typed yet."""
    session: Any = st.session_state
    if session["weights"] is not UpsamplingWeights.TYPED or session[TEXT]:
        return
    try:
        kernels = UpsamplingState(**session["left"][UpsamplingState.page]).kernels()
    except LayerError:
        return  # nothing was shown
    send_all({TEXT: write(kernels[:1, :1].round(4))})


def take_pixel(key: str) -> None:
    """Look at the pixel that was clicked in a picture."""
    picked = st.session_state[key].get("pixel")
    numbers = [picked.get(name) for name in ("row", "column")] if isinstance(picked, dict) else []
    if numbers and all(type(number) is int and number >= 0 for number in numbers):
        send_all({"row": numbers[0], "column": numbers[1]})
