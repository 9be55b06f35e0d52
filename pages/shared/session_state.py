"""The state of a page in the visitor's session, where each field stands under its own name: put there, and read."""

from dataclasses import asdict, fields
from typing import TypeVar

import streamlit as st

from pages.shared.late_values import send_all
from sharing.any_state import AnyState
from sharing.link import State as LinkedState
from sharing.page_state import PageState, Values
from sharing.roles import Role

State = TypeVar("State", bound=LinkedState)


def area_key(role: Role) -> str:
    """Where the session keeps what the text area of a role shows."""
    return f"{role.name}_area"


def load(state: AnyState) -> None:
    """Make the session say what a state says; what was typed stands in its text areas, also where it cannot be read."""
    send_all(asdict(state))
    show_typed(state)


def show_typed(state: LinkedState) -> None:
    """Put what was typed into the text areas of a state's page."""
    if isinstance(state, PageState) and state.values is Values.TYPED:
        for role in state.roles:
            st.session_state[area_key(role)] = getattr(state, f"{role.name}_text")


def current_state(state_class: type[State]) -> State:
    """What the session says, as the state of a page."""
    session = st.session_state
    return state_class(**{field.name: session[field.name] for field in fields(state_class)})
