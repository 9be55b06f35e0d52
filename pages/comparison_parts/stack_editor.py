"""Editing a stack: as text, a layer a line, or a line at a time by buttons."""

from typing import Any

import streamlit as st

from pages.shared.late_values import changed, know_labels, pressed, send_all
from sharing.comparison import ComparisonState
from sharing.stack_text import FORMS, join, split

_HELP = (
    "A layer a line; x3 at its end makes three of it. After the name come the output channels and the kernel, then "
    "letters with numbers: s stride, p padding, d dilation, g groups, m depth multiplier, o output padding. "
    "p0:1 is padding before and after, p0:1x2:3 rows and columns apart; same_upper pads as TensorFlow's SAME does, "
    "same_lower as ONNX's. 16>32 says how many channels come in, too; nobias leaves the bias out.\n\n"
    "A layer reads the one before it. With a name, as in `a = relu`, it can be read again: `conv 8 1 from a` reads a "
    "instead, `add a`, `multiply a` and `concat a b` read it beside, `unpool a` undoes the max pooling of that name. "
    "What the stack begins with is called input.\n\n" + "\n".join(f"- `{form.example}`" for form in FORMS.values())
)


def edit_stack(state: ComparisonState) -> None:
    """Show the stack as text, and the buttons that change one line of it."""
    session: Any = st.session_state
    lines = split(state.stack)
    if split(session.get("stack_area", "")) != lines:
        send_all({"stack_area": "\n".join(lines)})
    st.text_area("Layers", key="stack_area", height=180, help=_HELP, on_change=changed("stack_area", _take_text))
    at = _chosen_line(lines)
    send_all({"stack_line": at})
    labels = [f"{number}: {line}" for number, line in enumerate(lines, 1)]
    know_labels("stack_line", dict(zip(labels, range(len(lines)), strict=True)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Line",
            range(len(lines)),
            format_func=labels.__getitem__,
            key="stack_line",
            width=180,
        )
        st.button("Up", on_click=pressed(lambda: _move(-1)), disabled=not lines or at == 0)
        st.button("Down", on_click=pressed(lambda: _move(1)), disabled=at >= len(lines) - 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Add a layer after it",
            list(FORMS),
            index=None,
            format_func=lambda name: FORMS[name].example,
            key="stack_added",
            placeholder="Choose one",
            on_change=changed("stack_added", _add),
            width=180,
        )
        st.button("Remove line", on_click=pressed(_remove), disabled=not lines)


def _take_text() -> None:
    st.session_state["stack"] = join(split(st.session_state["stack_area"]))


def _chosen_line(lines: list[str]) -> int:
    """The place of the line that is chosen, or 0 where there is none."""
    chosen: int = st.session_state.get("stack_line") or 0
    return max(0, min(chosen, len(lines) - 1))


def _move(by: int) -> None:
    session = st.session_state
    lines = split(session["stack"])
    at = _chosen_line(lines)
    to = at + by
    if not 0 <= to < len(lines):
        return  # the stack became shorter while the press was on its way
    lines[at], lines[to] = lines[to], lines[at]
    session["stack"], session["stack_line"] = join(lines), to


def _remove() -> None:
    session = st.session_state
    lines = split(session["stack"])
    if lines:  # a second press may be on its way when the last line is gone
        del lines[_chosen_line(lines)]
    session["stack"] = join(lines)


def _add() -> None:
    session = st.session_state
    if session["stack_added"] is None:
        return
    lines = split(session["stack"])
    place = _chosen_line(lines) + 1 if lines else 0
    lines.insert(place, FORMS[session["stack_added"]].example)
    session["stack"], session["stack_line"], session["stack_added"] = join(lines), place, None
