"""The heading of a page without a stage: its title, its views, and what shares and presents it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from pages.shared.address import is_presenting, present, presenting_press
from pages.shared.components import show_present_button
from pages.shared.late_values import pressed
from pages.shared.layer_controls import choose_view
from pages.shared.session_state import current_state
from pages.shared.share import Shared, page_address, share
from sharing.comparison import ComparisonState
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.training import TrainingState
from sharing.upsampling import UpsamplingState

State = TypeVar("State", ComparisonState, ImagesState, LearningState, TrainingState, UpsamplingState)


def show_plain_heading(
    state_class: type[State],
    title: str,
    views: Mapping[Any, str] | None = None,
    in_no_link: Callable[[State], str] = lambda _: "",
) -> State:
    """Show the heading of a page, in a frame of another page without its buttons; return the state, with its view.

    Without `views`, it has one view alone. `in_no_link` says what a link to a state leaves out.
    """
    heading = st.container(key="heading", horizontal=True, vertical_alignment="center")
    heading.markdown(f"# {title}")
    if views:
        with heading:
            choose_view(views)
    state = current_state(state_class)
    if not st.context.is_embedded:
        key = f"{state.page}_present"
        with heading.container(key="actions", width="content", horizontal=True, gap="xsmall"):
            if st.button("Share", icon=":material/link:", help="A link to this page as it is, a QR code, a frame"):
                share(Shared(page_address(), state, in_no_link=in_no_link(state)), title)
            show_present_button(key, is_presenting(), presenting_press(), pressed(lambda: present(key)))
    return state
