"""The order of things on every page with a stage: a title, a sentence, the stage, what explains it, the numbers."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from engine import LayerError
from pages.shared.actions import show_actions
from pages.shared.address import follow, present
from pages.shared.plain_text import escaped
from pages.shared.playing import Played, play
from pages.shared.problems import show_problems
from pages.shared.session import leave_behind
from pages.shared.value_editor import edit_on_stage, show_values
from sharing.page_state import PageState
from sharing.presets import find_preset
from sharing.values import operands
from stage.component import load_plotly, show_stage

Record = TypeVar("Record")


def show_page(
    title: str,
    state: PageState,
    explain: Callable[[Record | None], None],
    choose_view: Callable[[], None] | None = None,
) -> Record | None:
    """Play the layer of a state and explain it, or say in one sentence why there is none; return what was recorded.

    In a frame of another page the stage stands alone, and nothing is returned to explain.
    """
    leave_behind(state)
    link = follow(state)
    key = f"{state.page}_stage"
    values = played = problem = None
    refused = st.session_state.pop("refused_edit", None)
    try:
        values = operands(state)
        played = play(state)
        data, problem = played.payload, refused
    except LayerError as error:
        problem = str(error)
        data = {"problem": problem}

    is_alone = bool(st.context.is_embedded)  # in a frame of another page
    if not is_alone:
        _show_heading(title, state, played, choose_view)
    show_problems(link)
    if problem or not is_alone:
        _show_message(state, played, problem)
    load_plotly()
    around = {
        "refused": refused and st.session_state.refusals,
        "presenting": bool(st.session_state.get("presenting")),
        "alone": is_alone,
        "fixed": is_alone,
    }
    show_stage(data | around, key, lambda: edit_on_stage(key, type(state)), lambda: present(key))
    if is_alone:
        return None
    recorded = None if played is None else played.record
    with st.container(key="explanation"):
        explain(recorded)
    show_values(state, values)
    return recorded


def _show_heading(title: str, state: PageState, played: Played | None, choose_view: Callable[[], None] | None) -> None:
    heading = st.container(key="heading", horizontal=True, vertical_alignment="center")
    heading.markdown(f"#### {title}")
    if choose_view is not None:
        with heading:
            choose_view()
    preset = find_preset(state)
    with heading.container(key="actions", width="content"):
        show_actions(
            state,
            preset.title if state.is_layer_of(preset.state) else title,
            None if played is None else played.payload,
            _sentence(state, played),
        )


def _sentence(state: PageState, played: Played | None) -> str:
    """What the page says of a layer: its preset's words, or a summary of what it does."""
    preset = find_preset(state)
    if state.is_layer_of(preset.state):
        return preset.look_for
    return "" if played is None else played.summary


def _show_message(state: PageState, played: Played | None, problem: str | None) -> None:
    with st.container(key="message"):
        if problem:
            st.error(escaped(problem))
        else:
            st.markdown(_sentence(state, played))
