"""The page of upsampling: one picture enlarged in five ways, and what makes a checkerboard of it."""

import streamlit as st

from pages.shared.address import follow
from pages.shared.enlarging import enlarge
from pages.shared.faults import fault_in
from pages.shared.late_values import pressed
from pages.shared.path_bar import show_path_bar
from pages.shared.plain_heading import show_plain_heading
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from pages.upsampling_parts.controls import show_upsampling_controls, take_pixel
from pages.upsampling_parts.numbers import show_numbers
from pages.upsampling_parts.pictures import show_pictures
from pages.upsampling_parts.uses import show_uses
from pages.upsampling_parts.words import verdict
from sharing.upsampling import UpsamplingState, UpsamplingWay

TITLE = "Five ways to enlarge a picture"
PICTURES = "upsampled_pictures"

enter(UpsamplingState)
state = show_plain_heading(UpsamplingState, TITLE)
leave_behind(state)
link = follow(state)
show_path_bar(state)
show_problems(link)
fault = fault_in(state, UpsamplingState.check)
example = show_upsampling_controls(state, fault)
found = [] if fault else [enlarge(state, way) for way in UpsamplingWay]
with st.container(key="message"):
    if fault is not None:
        st.error(escaped(fault.sentence))
    else:
        said = [*([example.look_for] if example else []), verdict(state, found[0])]
        st.markdown("  \n".join(said))
if found:
    show_pictures(PICTURES, state, found, pressed(lambda: take_pixel(PICTURES)))
    show_numbers(state, found)
    show_uses()
