"""What a visitor's session keeps from page to page: each page finds its own choices again."""

from dataclasses import asdict

import streamlit as st

from pages.shared.navigation import navigation
from sharing.presets import PRESETS
from sharing.states.comparison import ComparisonState
from sharing.states.page import PageState


def enter(state_class: type[PageState]) -> None:
    """Begin a page with a stage: as it was left, or on its first preset."""
    begin(next(iter(PRESETS[state_class.page].values())).state)


def begin(first: PageState | ComparisonState) -> None:
    """Begin a page: as it was left, or in its first state.

    On a fresh server, see to it that app.py runs first. Streamlit takes a folder named `pages` for its old way of many
    pages until a run has called `st.navigation`: a first visitor who opens a page's own address would get that file
    alone, without app.py around it.
    """
    session = st.session_state
    if "entered" not in session:
        navigation()
        st.rerun()
    if session.get("page") != first.page:
        session["page"] = first.page
        session.update(asdict(first) | session.get("left", {}).get(first.page, {}))


def leave_behind(state: PageState | ComparisonState) -> None:
    """Keep the choices of a page for when it is opened again."""
    st.session_state.setdefault("left", {})[state.page] = asdict(state)
