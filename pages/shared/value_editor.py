"""Editing values: as text under the stage, or one by one on the stage itself. Both make the values "typed".

The session keeps what was typed for a role under `{role}_text`, and what its text area shows under `{role}_area`: its
numbers follow the stage as long as it can be read.
"""

from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from engine import LayerError
from engine.arrays import Floats
from pages.shared.faults import Fault, show_fault
from pages.shared.late_values import appear, changed, hold
from pages.shared.session_state import area_key, current_state
from sharing.matrices import Cell, parse_number
from sharing.page_state import PageState, Values
from sharing.roles import Role, Shape
from sharing.values import Operands, as_text, operands, typed


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


def _show_text(state: PageState, role: Role, numbers: Floats | None) -> None:
    """Put the numbers of a role into its area; a text that was typed stays as it is where it says them already.

    What is put there replaces what somebody has begun to type in the meantime.
    """
    written = "" if numbers is None else as_text(role, numbers)
    text: str | None = st.session_state.get(area_key(role))
    if text is None or not (text == written or _is_typed(state, role, text, numbers)):
        st.session_state[area_key(role)] = text = written
    shown = _shown(role)
    if not shown or shown[-1] != text:
        shown.append(text)


def _is_typed(state: PageState, role: Role, text: str, numbers: Floats | None) -> bool:
    """Whether a text is what was typed for a role, and says just these numbers: none fell away, and none was added."""
    is_typed = state.values is Values.TYPED and text == getattr(state, f"{role.name}_text") and text.strip()
    return bool(is_typed) and numbers is not None and np.array_equal(typed(role, text), numbers)


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
    """Take over one value edited on the stage `key`; why a text was refused is kept under `refused_edit`.

    A refused text that was withdrawn names no role: the run that it brings has nothing to say of it.
    """
    session = st.session_state
    edit: dict[str, Any] | None = session[key].get("edit")
    role = next((role for role in state_class.roles if edit and role.name == edit.get("role")), None)
    if edit is None or role is None:
        return
    try:
        state = current_state(state_class)
        numbers = operands(state)
        if role not in numbers:
            return  # the bias was switched off while the edit was on its way
        place = _place(state, role, edit, numbers[role].shape)
        if place is None:
            return  # the layer became smaller meanwhile
        value = parse_number(_cell(role, place, numbers[role].shape), str(edit["text"]))
    except LayerError as error:
        session["refused_edit"] = str(error)
        session["refusals"] = session.get("refusals", 0) + 1  # each one is news to the stage, the same text again too
        return
    if session["values"] is not Values.TYPED:
        session.update({f"{other.name}_text": as_text(other, values) for other, values in numbers.items()})
        session["values"] = Values.TYPED
    changed_numbers = numbers[role].copy()
    changed_numbers[place] = value
    session[f"{role.name}_text"] = as_text(role, changed_numbers)


def _place(state: PageState, role: Role, edit: Mapping[str, Any], shape: Shape) -> Shape | None:
    """Where an edited value stands in an array of this shape, or None if it has no such place.

    The player counts in the array that it showed, which may have had another shape: the cell stays the same one.
    """
    shown = tuple(int(index) for index in np.unravel_index(edit["index"], edit["shape"]))
    place = state.typed_place(role, shown, tuple(edit["shape"]))
    if len(place) != len(shape) or any(index >= length for index, length in zip(place, shape, strict=True)):
        return None
    return place


def _cell(role: Role, place: Shape, shape: Shape) -> Cell:
    """The cell of a role's text that shows the value at a place of an array of this shape."""
    filters, channels, rows, columns = role.as_text(shape)
    row, column = divmod(int(np.ravel_multi_index(place, shape)), columns)
    matrix, row = divmod(row, rows)
    return Cell(role.name, (*divmod(matrix, channels), row, column), (filters, channels, rows, columns), role.naming)


def show_values(state: PageState, numbers: Operands | None, fault: Fault | None) -> None:
    """Show the text areas, and what is wrong of one; without numbers (what was typed makes no layer) they stay."""
    used = state.shapes()
    if numbers is not None:
        for role in state.roles:
            _show_text(state, role, numbers.get(role))
        hold()  # a run that is broken off from here on has set these texts
    for role in state.roles:
        if area_key(role) in st.session_state:
            appear(area_key(role))
    widths = [2 if len(role.largest) > 1 else 1 for role in state.roles]
    for column, role in zip(st.columns(widths), state.roles, strict=True):
        column.text_area(
            role.label,
            key=area_key(role),
            height=150,
            help=role.writing,
            on_change=changed(area_key(role), partial(_on_text, type(state), role)),
            disabled=role not in used,
        )
        with column:
            show_fault(fault, area_key(role), [f"{role.name}_text", *_sizes_of_text(state, role)])


def _sizes_of_text(state: PageState, role: Role) -> list[str]:
    """The fields that have followed what was typed for a role."""
    if state.values is not Values.TYPED:
        return []
    try:
        shape = typed(role, getattr(state, f"{role.name}_text")).shape
    except LayerError:
        return []
    return [name for name, size in state.follow(role, shape).items() if getattr(state, name) == size]
