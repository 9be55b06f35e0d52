"""The page of pictures: what a kernel does to a photograph, to the last pixel."""

import streamlit as st

from pages.images_parts.controls import fault_of, show_image_controls, take_weights
from pages.images_parts.lab import show_lab
from pages.images_parts.words import KERNEL_WORDS, cost_words
from pages.shared.address import follow, is_presenting, present, presenting_press
from pages.shared.components import show_present_button
from pages.shared.late_values import pressed
from pages.shared.layer_controls import choose_view
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from pages.shared.session_state import current_state
from pages.shared.share import Shared, page_address, share
from sharing.image_kernels import ImageView
from sharing.images import ImagesState

VIEWS = {ImageView.SIGNED: "Signed", ImageView.CLIPPED: "Clipped", ImageView.MAGNITUDE: "Magnitude"}
TITLE = "What a kernel does to a picture"
PRESENT_KEY = "images_present"
LAB_KEY = "image_lab"

enter(ImagesState)
heading = st.container(key="heading", horizontal=True, vertical_alignment="center")
heading.markdown(f"# {TITLE}")
with heading:
    choose_view(VIEWS)
state = current_state(ImagesState)
if not st.context.is_embedded:
    with heading.container(key="actions", width="content", horizontal=True, gap="xsmall"):
        if st.button("Share", icon=":material/link:", help="A link to this page as it is, a QR code, a frame"):
            share(Shared(page_address(), state), TITLE)
        show_present_button(PRESENT_KEY, is_presenting(), presenting_press(), pressed(lambda: present(PRESENT_KEY)))
leave_behind(state)
show_problems(follow(state))
fault = fault_of(state)
show_image_controls(state, fault)
if fault is not None:
    st.error(escaped(fault.sentence))
else:
    kernel = state.chosen_kernel()
    st.markdown(f"{KERNEL_WORDS[state.kernel]} {cost_words(kernel)}")
    show_lab(LAB_KEY, state, kernel, pressed(lambda: take_weights(LAB_KEY)))
