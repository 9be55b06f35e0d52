"""What a visitor's session keeps from page to page: each page finds its own choices again."""

from dataclasses import asdict

import streamlit as st

from pages.shared.address import is_step_through_history, opened_link
from pages.shared.late_values import forget, hold, in_one_piece, sort_out
from pages.shared.navigation import navigation
from pages.shared.session_state import current_state, load, show_typed
from sharing.link import State


def start(page: str) -> bool:
    """Begin a page; return whether the visitor was on another one before, or on none.

    On a fresh server, see to it that app.py runs first. Streamlit takes a folder named `pages` for its old way of many
    pages until a run has called `st.navigation`: a first visitor who opens a page's own address would get that file
    alone, without app.py around it.
    """
    if "entered" not in st.session_state:
        navigation()
        st.rerun()
    is_entered: bool = st.session_state.get("page") != page
    if is_entered:
        forget()
    sort_out(is_all_heard=is_step_through_history())
    st.session_state["page"] = page
    return is_entered


def enter(state_class: type[State], opening: State | None = None) -> None:
    """Begin a page with a state: as the link says that was opened, or as it was left.

    `opening` is what the page shows without a link; else what a link says that leaves everything out.
    """
    with in_one_piece():
        is_entered = start(state_class.page)
        link = opened_link(state_class.page, is_entered, opening)
        if link is not None:
            load(link.state)
        elif is_entered:
            st.session_state.update(st.session_state["left"][state_class.page])
            show_typed(current_state(state_class))
            st.session_state["path_place"] = None
        hold()


def leave_behind(state: State) -> None:
    """Keep the choices of a page for when it is opened again."""
    st.session_state.setdefault("left", {})[state.page] = asdict(state)
