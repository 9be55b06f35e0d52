"""What a visitor's session keeps from page to page: each page finds its own choices again."""

from dataclasses import asdict

import streamlit as st

from pages.shared.address import opened_link
from pages.shared.layer_controls import load
from pages.shared.navigation import navigation
from sharing.link import State


def start() -> None:
    """See to it that app.py runs first on a fresh server.

    Streamlit takes a folder named `pages` for its old way of many pages until a run has called `st.navigation`: a first
    visitor who opens a page's own address would get that file alone, without app.py around it.
    """
    if "entered" not in st.session_state:
        navigation()
        st.rerun()


def enter(state_class: type[State]) -> None:
    """Begin a page: as the link says that was opened, or as it was left."""
    start()
    session = st.session_state
    is_entered = session.get("page") != state_class.page
    session["page"] = state_class.page
    link = opened_link(state_class.page, is_entered)
    if link is not None:
        load(link.state)
    elif is_entered:
        session.update(session["left"][state_class.page])


def leave_behind(state: State) -> None:
    """Keep the choices of a page for when it is opened again."""
    st.session_state.setdefault("left", {})[state.page] = asdict(state)
