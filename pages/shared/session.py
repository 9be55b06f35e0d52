"""What a visitor's session keeps from page to page: each page finds its own choices again."""

from dataclasses import asdict

import streamlit as st

from pages.shared.layer_controls import restore
from pages.shared.navigation import navigation
from sharing.states.page import PageState


def enter(state_class: type[PageState]) -> None:
    """Begin a page: as it was left, or on its first preset.

    On a fresh server, see to it that app.py runs first. Streamlit takes a folder named `pages` for its old way of many
    pages until a run has called `st.navigation`: a first visitor who opens a page's own address would get that file
    alone, without app.py around it.
    """
    session = st.session_state
    if "entered" not in session:
        navigation()
        st.rerun()
    if session.get("page") != state_class.page:
        session["page"] = state_class.page
        restore(state_class, session.get("left", {}).get(state_class.page))


def leave_behind(state: PageState) -> None:
    """Keep the choices of a page for when it is opened again."""
    st.session_state.setdefault("left", {})[state.page] = asdict(state)
