"""The controls of the page of pictures, in the sidebar."""

from typing import Any

import streamlit as st

from pages.images_parts.lab import said_angle, said_kernel
from pages.shared.example_choice import choose_example
from pages.shared.faults import Fault, fault_in
from pages.shared.late_values import send_all
from pages.shared.layer_controls import show_control, show_rows, show_text
from pages.shared.session_state import current_state
from sharing.image_examples import PICTURES
from sharing.image_kernels import KERNELS, ImageKernelName, kernel_named
from sharing.images import ImagesState, own

ROWS = (
    ("angle",),
    ("bank",),
    ("divisor", "offset"),
    ("stride", "dilation"),
    ("padding",),
    ("padding_mode",),
    ("padding_value",),
    ("after",),
)
_HELP = "A line a row, whole numbers, up to 11 × 11."


def show_image_controls(state: ImagesState, fault: Fault | None) -> None:
    """Show all controls; while the kernel is one's own, its numbers as well."""
    choose_example(state, PICTURES)
    show_rows(state, [("picture",)], None)
    show_control(st.sidebar, state, "kernel", _on_kernel)
    show_text(state, "kernel_text", fault, _HELP, height=130)
    show_rows(state, ROWS, fault)


def _on_kernel() -> None:
    """Show a kernel in the view that suits it; one's own begins as the one before, in the view that is chosen."""
    session: Any = st.session_state
    name = session["kernel"]
    left = session["left"][ImagesState.page]
    if name in KERNELS:
        session["view"] = KERNELS[name].usual_view
    elif left["kernel"] in KERNELS:
        send_all(own(kernel_named(left["kernel"], left["angle"])))


def take_weights(key: str) -> None:
    """Take over the weights that were typed in the lab: they are one's own kernel."""
    state = current_state(ImagesState)
    if fault_in(state, ImagesState.chosen_kernel) is None:
        asked = said_kernel(st.session_state[key].get("weights"), state.chosen_kernel())
        if asked is not None:
            send_all(own(asked))


def take_angle(key: str) -> None:
    """Take over the filter that was chosen among those of the bank; the view stays, because the maps are in it."""
    asked = said_angle(st.session_state[key].get("angle"), current_state(ImagesState).bank)
    if asked is not None:
        send_all({"kernel": ImageKernelName.GABOR, "angle": asked})
