"""The controls of the page of pictures, in the sidebar."""

from typing import Any

import streamlit as st

from engine import LayerError
from pages.images_parts.lab import said_kernel
from pages.shared.faults import Fault, find_fault, show_fault
from pages.shared.labels import label_of, option_label
from pages.shared.late_values import appear, changed, send_all
from pages.shared.layer_controls import show_rows
from pages.shared.session_state import current_state
from sharing.image_kernels import KERNELS, ImageKernelName
from sharing.images import ImagesState, own

ROWS = (("divisor", "offset"), ("stride", "dilation"), ("padding",), ("padding_mode",), ("padding_value",))
TEXT = "kernel_text"
_HELP = "A line a row, whole numbers, up to 11 × 11."


def fault_of(state: ImagesState) -> Fault | None:
    """Return what is wrong of a state, or None."""
    try:
        state.chosen_kernel()
    except LayerError as error:
        return find_fault(state, error, ImagesState.chosen_kernel)
    return None


def show_image_controls(state: ImagesState, fault: Fault | None) -> None:
    """Show all controls; while the kernel is one's own, its numbers as well."""
    show_rows(state, [("picture",)], None)
    appear("kernel")
    st.sidebar.selectbox(
        label_of("kernel"),
        list(ImageKernelName),
        format_func=lambda name: option_label(name, state.page),
        key="kernel",
        persist_state="session",
        on_change=changed("kernel", _on_kernel),
    )
    if TEXT not in state.idle():
        appear(TEXT)
        with st.sidebar:
            st.text_area(label_of(TEXT), key=TEXT, height=130, help=_HELP, persist_state="session")
            show_fault(fault, TEXT, [TEXT])
    idle = state.idle()
    show_rows(state, [tuple(name for name in row if name not in idle) for row in ROWS], fault)


def _on_kernel() -> None:
    """Show a kernel in the view that suits it; one's own begins as the one before, in the view that is chosen."""
    session: Any = st.session_state
    name = session["kernel"]
    before = session["left"][ImagesState.page]["kernel"]
    if name in KERNELS:
        session["view"] = KERNELS[name].usual_view
    elif before in KERNELS:
        send_all(own(KERNELS[before]))


def take_weights(key: str) -> None:
    """Take over the weights that were typed in the lab: they are one's own kernel."""
    state = current_state(ImagesState)
    if fault_of(state) is None:
        asked = said_kernel(st.session_state[key].get("weights"), state.chosen_kernel())
        if asked is not None:
            send_all(own(asked))
