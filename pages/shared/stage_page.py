"""The order of things on every page with a stage: a title, a sentence, the stage, what explains it, the numbers."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from engine import LayerError
from kinds.spec import KindSpec
from pages.shared.actions import show_actions
from pages.shared.address import follow, is_presenting, present, presenting_press
from pages.shared.asking import asking
from pages.shared.explanation import explain_layer
from pages.shared.faults import Fault, find_fault, offer_ways_out
from pages.shared.late_values import pressed
from pages.shared.layer_controls import choose_view, show_controls, step_preset
from pages.shared.path_bar import current_place, is_at, show_path_bar, step_lesson
from pages.shared.plain_text import escaped
from pages.shared.playing import Played, play, sent
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from pages.shared.session_state import current_state
from pages.shared.value_editor import edit_on_stage, show_values
from sharing.page_state import PageState
from sharing.presets import find_preset
from sharing.values import operands
from sharing.ways_out import check_layer
from stage.component import OnStage, show_stage
from stage.model import Heading, Surroundings, Unplayable
from stage.wire import to_wire

State = TypeVar("State", bound=PageState)
Record = TypeVar("Record")


def show_page(
    spec: KindSpec[State, Record], explain: Callable[[State, Record | None], None] | None = None
) -> Record | None:
    """Show the page of a kind: its controls, its layer played and explained, or in one sentence why there is none.

    `explain` shows what is said under the stage, by default what is said of every kind. What was recorded is returned;
    in a frame of another page the stage stands alone, and nothing is returned to explain.
    """
    enter(spec.state)
    state = current_state(spec.state)
    key = f"{state.page}_stage"
    values = played = fault = None
    refused = st.session_state.pop("refused_edit", None)
    try:
        values = operands(state)
        played = play(state)
        data, problem = sent(state), refused
    except LayerError as error:
        fault = find_fault(state, error, check_layer)
        problem = fault.sentence
        data = to_wire(Unplayable(problem))

    is_alone = bool(st.context.is_embedded)  # in a frame of another page
    if not is_alone:
        show_controls(state, spec.control_rows, fault)
    leave_behind(state)
    link = follow(state)
    if not is_alone:
        _show_heading(spec, state, played)
        show_path_bar(state)
    show_problems(link)
    place = current_place()
    with st.container():
        if problem or not (is_alone or place):
            _show_message(_sentence(state, played), problem, None if is_alone else fault)
    surroundings = Surroundings(
        alone=is_alone,
        presenting=is_presenting(),
        press=presenting_press(),
        fixed=is_alone,
        refused=st.session_state.refusals if refused else None,
        fragment=place.step.fragment if place else None,
        asking=None if is_alone else asking(state),  # a frame has no controls
        heading=Heading(_title(spec, state), spec.in_short(state), problem or _look_for(state, played)),
    )
    on = OnStage(
        edit=pressed(lambda: edit_on_stage(key, type(state))),
        present=pressed(lambda: present(key)),
        preset=pressed(lambda: _step(state.page, st.session_state[key].get("preset"))),
    )
    show_stage(data, surroundings, key, on)
    if is_alone:
        return None
    recorded = None if played is None else played.record
    with st.container(key="explanation"):
        if explain is None:
            explain_layer(spec, state, recorded)
        else:
            explain(state, recorded)
    show_values(state, values, fault)
    return recorded


def _show_heading(spec: KindSpec[State, Record], state: State, played: Played | None) -> None:
    heading = st.container(key="heading", horizontal=True, vertical_alignment="center")
    heading.markdown(f"# {spec.title}")
    if spec.views:
        with heading:
            choose_view(spec.views)
    with heading.container(key="actions", width="content"):
        show_actions(state, _title(spec, state), None if played is None else played.stage, _sentence(state, played))


def _step(page: str, by: Any) -> None:
    """Go on by one (1), or back by one (-1): from lesson to lesson on a path, else from preset to preset."""
    place = current_place()
    if place:
        step_lesson(place, by)
    else:
        step_preset(page, by)


def _title(spec: KindSpec[State, Record], state: State) -> str:
    """What a layer is called: its preset's title, or what kind of layer it is."""
    preset = find_preset(state)
    return preset.title if state.is_layer_of(preset.state) else spec.title


def _sentence(state: PageState, played: Played | None) -> str:
    """What the page says of a layer: its preset's words, or a summary of what it does."""
    preset = find_preset(state)
    if state.is_layer_of(preset.state):
        return preset.look_for
    return "" if played is None else played.summary


def _look_for(state: PageState, played: Played | None) -> str:
    """What is said over the stage: the lesson's words on a path, so that a question does not hold its answer."""
    place = current_place()
    return place.step.sentence if place and is_at(place, state) else _sentence(state, played)


def _show_message(sentence: str, problem: str | None, fault: Fault | None) -> None:
    """Say what the layer does, or why there is none, with the ways out beside it, so that the stage keeps its place."""
    with st.container(key="message"):
        if problem is None:
            st.markdown(sentence)
            return
        with st.container(key="problem", horizontal=True, vertical_alignment="center"):
            st.error(escaped(problem))
            if fault is not None:
                offer_ways_out(fault, "stage")
