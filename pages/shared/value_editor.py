"""Editing values: as text under the stage, or one by one on the stage itself. Both make the values "typed".

The session keeps what was typed under `input_text`, `kernel_text` and `bias_text`, and what the text areas show under
`input_area` and so on: those follow the stage as long as they can be read.
"""

from typing import Any

import numpy as np
import streamlit as st

from engine import LayerError
from sharing.matrices import parse, parse_number, write
from sharing.state import StandardState, Values
from sharing.values import Operands

ROLES = ("input", "kernel", "bias")


def _area(role: str) -> str:
    return f"{role}_area"


def _keep_typed(role: str, text: str) -> None:
    """Make `text` the values of a role; the other roles keep the numbers they have now."""
    session = st.session_state
    if session["values"] is not Values.TYPED:
        start_typing()
    session[f"{role}_text"] = text


def start_typing() -> None:
    """Make the numbers that are shown the typed ones."""
    for role in ROLES:
        st.session_state[f"{role}_text"] = st.session_state.get(_area(role), "")
    st.session_state["values"] = Values.TYPED


def _follow_size(role: str) -> None:
    """Let the sizes follow what was typed, so that all of it counts; what cannot be read is for the page to explain."""
    session = st.session_state
    try:
        typed = parse(role, session[f"{role}_text"])
    except LayerError:
        return
    if role == "input":
        sizes = {"in_channels": typed.shape[0] * typed.shape[1], "height": typed.shape[2], "width": typed.shape[3]}
    elif role == "kernel":
        sizes = {"out_channels": typed.shape[0], "kernel_height": typed.shape[2], "kernel_width": typed.shape[3]}
        sizes["in_channels"] = max(typed.shape[1], session["in_channels"] or 0)
    else:
        sizes = {"out_channels": max(typed.size, session["out_channels"] or 0)}
    session.update(sizes)


def _on_text(role: str) -> None:
    _keep_typed(role, st.session_state[_area(role)])
    _follow_size(role)


def edit_on_stage(key: str) -> None:
    """Take over one value edited on the stage `key`; why a text was refused is kept under `refused_edit`."""
    session = st.session_state
    edit: dict[str, Any] | None = session[key].get("edit")
    if not edit or edit.get("role") not in ROLES:
        return
    try:
        value = parse_number(edit["role"], str(edit["text"]))
        shown = parse(edit["role"], session[_area(edit["role"])])
    except LayerError as error:
        session["refused_edit"] = str(error)
        session["refusals"] = session.get("refusals", 0) + 1  # each one is news to the stage, the same text again too
        return
    flat = {"input": shown[0], "kernel": shown, "bias": shown[0, 0, 0]}[edit["role"]]
    *outer, cell = edit["index"]
    try:
        flat[tuple(outer)].reshape(-1)[cell] = value  # a view: the last two axes are contiguous
    except IndexError:
        return  # the layer became smaller while the edit was on its way
    _keep_typed(edit["role"], write(shown))


def _texts(operands: Operands) -> dict[str, str]:
    bias = operands.bias if operands.bias is not None else np.empty(0)
    return {
        "input": write(operands.input[None]) if operands.input.ndim == 3 else write(operands.input[None, None]),
        "kernel": write(operands.kernel),
        "bias": write(bias[None, None, None]) if bias.size else "",
    }


def show_values(state: StandardState, operands: Operands | None) -> None:
    """Show the text areas; without operands (what was typed makes no layer) they keep what stands in them."""
    if operands is not None:
        for role, text in _texts(operands).items():
            st.session_state[_area(role)] = text
    help_text = "A line a row; an empty line between channels; --- between filters."
    for column, role in zip(st.columns((2, 2, 1)), ROLES, strict=True):
        column.text_area(
            f"{role.capitalize()} values",
            key=_area(role),
            height=150,
            help=help_text,
            on_change=_on_text,
            args=(role,),
            disabled=role == "bias" and not state.bias,
        )
