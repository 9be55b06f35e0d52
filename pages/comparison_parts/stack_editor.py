"""Editing a stack: as text, a layer a line, or a line at a time by buttons."""

from typing import Any

import streamlit as st

from sharing.stack_text import FORMS, join, split
from sharing.states.comparison import ComparisonState

_HELP = (
    "A layer a line; x3 at its end makes three of it. After the name come the output channels and the kernel, then "
    "letters with numbers: s stride, p padding, d dilation, g groups, m depth multiplier, o output padding. "
    "16>32 says how many channels come in, too; nobias leaves the bias out.\n\n"
    + "\n".join(f"- `{form.example}`" for form in FORMS.values())
)


def edit_stack(state: ComparisonState) -> None:
    """Show the stack as text, and the buttons that change one line of it."""
    session: Any = st.session_state
    lines = split(state.stack)
    if split(session.get("stack_area", "")) != lines:
        session["stack_area"] = "\n".join(lines)
    st.text_area("Layers", key="stack_area", height=180, help=_HELP, on_change=_take_text)
    session["stack_line"] = at = min(session.get("stack_line") or 0, max(0, len(lines) - 1))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Line",
            range(len(lines)),
            format_func=lambda index: f"{index + 1}: {lines[index]}" if index < len(lines) else "",
            key="stack_line",
            width=180,
        )
        st.button("Up", on_click=_move, args=(-1,), disabled=not lines or at == 0)
        st.button("Down", on_click=_move, args=(1,), disabled=at >= len(lines) - 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Add a layer after it",
            list(FORMS),
            index=None,
            format_func=lambda name: FORMS[name].example,
            key="stack_added",
            placeholder="Choose one",
            on_change=_add,
            width=180,
        )
        st.button("Remove line", on_click=_remove, disabled=not lines)


def _take_text() -> None:
    st.session_state["stack"] = join(split(st.session_state["stack_area"]))


def _move(by: int) -> None:
    session = st.session_state
    lines, at = split(session["stack"]), session["stack_line"]
    lines[at], lines[at + by] = lines[at + by], lines[at]
    session["stack"], session["stack_line"] = join(lines), at + by


def _remove() -> None:
    session = st.session_state
    lines = split(session["stack"])
    del lines[session["stack_line"]]
    session["stack"] = join(lines)


def _add() -> None:
    session = st.session_state
    if session["stack_added"] is None:
        return
    lines, at = split(session["stack"]), session["stack_line"]
    place = at + 1 if lines else 0
    lines.insert(place, FORMS[session["stack_added"]].example)
    session["stack"], session["stack_line"], session["stack_added"] = join(lines), place, None
