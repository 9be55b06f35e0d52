"""Editing values: as text under the stage, or one by one on the stage itself. Both make the values "typed".

The session keeps what was typed for a role under `{role}_text`, and what its text area shows under `{role}_area`: that
follows the stage as long as it can be read.
"""

from collections import deque
from functools import partial
from typing import Any

import streamlit as st

from engine import LayerError
from pages.shared.late_values import changed, hold
from pages.shared.session_state import area_key, current_state
from sharing.matrices import Cell, parse_number
from sharing.page_state import PageState, Values
from sharing.roles import Role, Shape
from sharing.values import Operands, as_text, typed

_HELP = "A line a row; an empty line between channels; --- between filters."


def _keep_typed(state_class: type[PageState], role: Role, text: str) -> None:
    """Make `text` the values of a role; the other roles keep the numbers they have now."""
    if st.session_state["values"] is not Values.TYPED:
        start_typing(state_class)
    st.session_state[f"{role.name}_text"] = text


def start_typing(state_class: type[PageState]) -> None:
    """Make the numbers that are shown the typed ones."""
    for role in state_class.roles:
        st.session_state[f"{role.name}_text"] = st.session_state.get(area_key(role), "")
    st.session_state["values"] = Values.TYPED


def _shown(role: Role) -> deque[str]:
    """The texts that the page has put into the area of a role since somebody typed there."""
    texts: dict[str, deque[str]] = st.session_state.setdefault("shown", {})
    return texts.setdefault(area_key(role), deque(maxlen=16))


def _show_text(role: Role, text: str) -> None:
    """Put the page's own text into the area of a role."""
    st.session_state[area_key(role)] = text
    shown = _shown(role)
    if not shown or shown[-1] != text:
        shown.append(text)


def _is_echo(state_class: type[PageState], role: Role) -> bool:
    """Whether a text that comes along with another change is one that the page itself has replaced: nobody typed it.

    When controls are changed quickly, the browser has not heard yet of what the last change did to the texts.
    """
    session, left = st.session_state, st.session_state.get("left", {}).get(state_class.page, {})
    return session[area_key(role)] in _shown(role) and any(session[name] != value for name, value in left.items())


def _on_text(state_class: type[PageState], role: Role) -> None:
    """Take over a text, and let the sizes follow it; what cannot be read is for the page to explain."""
    session = st.session_state
    if _is_echo(state_class, role):
        return
    _shown(role).clear()
    _keep_typed(state_class, role, session[area_key(role)])
    state = current_state(state_class)
    try:
        shape = typed(role, session[area_key(role)]).shape
    except LayerError:
        return
    session.update(state.follow(role, shape))


def edit_on_stage(key: str, state_class: type[PageState]) -> None:
    """Take over one value edited on the stage `key`; why a text was refused is kept under `refused_edit`."""
    session = st.session_state
    edit: dict[str, Any] | None = session[key].get("edit")
    role = next((role for role in state_class.roles if edit and role.name == edit.get("role")), None)
    if edit is None or role is None:
        return
    try:
        shown = typed(role, session[area_key(role)])
        if not 0 <= edit["index"] < shown.size:
            return  # the layer became smaller while the edit was on its way
        value = parse_number(_cell(role, edit["index"], shown.shape), str(edit["text"]))
    except LayerError as error:
        session["refused_edit"] = str(error)
        session["refusals"] = session.get("refusals", 0) + 1  # each one is news to the stage, the same text again too
        return
    shown.ravel()[edit["index"]] = value  # a view: what was typed is contiguous
    _keep_typed(state_class, role, as_text(role, shown))


def _cell(role: Role, flat: int, shape: Shape) -> Cell:
    """The cell of an array of this shape that is so many values from its first one."""
    filters, channels, rows, columns = role.as_text(shape)
    row, column = divmod(flat, columns)
    matrix, row = divmod(row, rows)
    return Cell(role.name, (*divmod(matrix, channels), row, column), (filters, channels, rows, columns), role.naming)


def show_values(state: PageState, operands: Operands | None) -> None:
    """Show the text areas; without operands (what was typed makes no layer) they keep what stands in them."""
    used = state.shapes()
    if operands is not None:
        for role in state.roles:
            _show_text(role, as_text(role, operands[role]) if role in operands else "")
        hold()  # a run that is broken off from here on has set these texts
    widths = [2 if len(role.largest) > 1 else 1 for role in state.roles]
    for column, role in zip(st.columns(widths), state.roles, strict=True):
        column.text_area(
            role.label,
            key=area_key(role),
            height=150,
            help=_HELP,
            on_change=changed(area_key(role), partial(_on_text, type(state), role)),
            disabled=role not in used,
        )
