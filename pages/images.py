"""The page of pictures: what a kernel does to a photograph, to the last pixel."""

import streamlit as st

from pages.images_parts.code import PROGRAMS
from pages.images_parts.controls import show_image_controls, take_angle, take_weights
from pages.images_parts.lab import show_lab
from pages.images_parts.words import KERNEL_WORDS, cost_words
from pages.shared.address import follow
from pages.shared.faults import fault_in
from pages.shared.late_values import pressed
from pages.shared.offer_code import offer_code
from pages.shared.path_bar import show_path_bar
from pages.shared.plain_heading import show_plain_heading
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from sharing.image_kernels import ImageView
from sharing.images import ImagesState

VIEWS = {ImageView.SIGNED: "Signed", ImageView.CLIPPED: "Clipped", ImageView.MAGNITUDE: "Magnitude"}
TITLE = "What a kernel does to a picture"
LAB_KEY = "image_lab"

enter(ImagesState)
state = show_plain_heading(ImagesState, TITLE, VIEWS)
leave_behind(state)
link = follow(state)
show_path_bar(state)
show_problems(link)
fault = fault_in(state, ImagesState.chosen_kernel)
show_image_controls(state, fault)
if fault is not None:
    st.error(escaped(fault.sentence))
else:
    kernel = state.chosen_kernel()
    st.markdown(f"{KERNEL_WORDS[state.kernel]} {cost_words(kernel)}")
    takers = (pressed(lambda: take_weights(LAB_KEY)), pressed(lambda: take_angle(LAB_KEY)))
    show_lab(LAB_KEY, state, kernel, *takers)
    for library, (file, code) in PROGRAMS.items():
        offer_code(library, code(state, kernel), file)
