"""The order of things on every page with a stage: a title, a sentence, the stage, what explains it, the numbers."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from engine import LayerError
from pages.shared.playing import play
from pages.shared.session import leave_behind
from pages.shared.value_editor import edit_on_stage, show_values
from sharing.presets import find_preset
from sharing.states.page import PageState
from sharing.values import operands
from stage.component import load_plotly, show_stage

Record = TypeVar("Record")


def show_page(
    title: str,
    state: PageState,
    explain: Callable[[Record | None], None],
    choose_view: Callable[[], None] | None = None,
) -> Record | None:
    """Play the layer of a state and explain it, or say in one sentence why there is none; return what was recorded."""
    leave_behind(state)
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

    heading = st.container(key="heading", horizontal=True, vertical_alignment="center")
    heading.markdown(f"#### {title}")
    if choose_view is not None:
        with heading:
            choose_view()
    with st.container(key="message"):
        preset = find_preset(state)
        if problem:
            st.error(problem)
        elif state.is_layer_of(preset.state):
            st.markdown(preset.look_for)
        elif played is not None:
            st.markdown(played.summary)
    load_plotly()
    show_stage(data | {"refused": refused and st.session_state.refusals}, key, lambda: edit_on_stage(key, type(state)))
    recorded = None if played is None else played.record
    with st.container(key="explanation"):
        explain(recorded)
    show_values(state, values)
    return recorded
