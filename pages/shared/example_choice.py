"""Choosing an example: a named choice of some of the fields of a page without presets."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.shared.late_values import changed, send_all
from sharing.any_state import AnyState
from sharing.examples import Example


def matching(state: AnyState, examples: Mapping[str, Example]) -> str | None:
    """The name of the example that a state has all the fields of, or None."""
    return next(
        (
            name
            for name, example in examples.items()
            if all(getattr(state, field) == value for field, value in example.fields.items())
        ),
        None,
    )


def choose_example(state: AnyState, examples: Mapping[str, Example]) -> Example | None:
    """Offer examples in the sidebar; return the one that the state is, if it is one.

    The control says what the fields come to, and is no field of its own: a changed field leaves it empty.
    """
    session: Any = st.session_state

    def load() -> None:
        if session["example"] in examples:  # not where it is one of the view before, or of another page, sent late
            session.update(examples[session["example"]].fields)

    chosen = matching(state, examples)
    send_all({"example": chosen})
    st.sidebar.selectbox(
        "Example",
        list(examples),
        format_func=lambda name: examples[name].title,
        key="example",
        placeholder="Choose an example",
        on_change=changed("example", load),
    )
    return None if chosen is None else examples[chosen]
