"""The sidebar: the choices of a page's state as controls, each under its field's name in the session."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kinds.registry import PRESETS
from pages.shared.changes import note_change
from pages.shared.faults import Fault, show_fault
from pages.shared.labels import label_of, option_label
from pages.shared.late_values import appear, changed, changes, know_labels, send_all
from pages.shared.session_state import load
from pages.shared.value_editor import start_typing
from sharing.any_state import AnyState
from sharing.fields import WIDEST, limits, types
from sharing.page_state import ConvolutionState, PageState, Values

State = TypeVar("State", bound=PageState)
Rows = Sequence[tuple[str, ...]]

DEPTH_MULTIPLIER = "depth_multiplier_control"
"""The key of the control that sets the output channels of a depthwise layer."""


def _choose_preset(page: str) -> None:
    presets = PRESETS[page]

    know_labels("preset", {preset.title: slug for slug, preset in presets.items()})
    st.sidebar.selectbox(
        "Preset",
        list(presets),
        format_func=lambda slug: presets[slug].title,
        key="preset",
        persist_state="session",
        on_change=changed("preset", lambda: _on_preset(page)),
    )


def _on_preset(page: str) -> None:
    """Load what was chosen, unless the visitor has gone on meanwhile: then the preset held is one of another page.

    What was changed besides stays changed. Nobody can tell which came first; so neither is lost.
    """
    preset = PRESETS[page].get(st.session_state["preset"])
    if preset is not None:
        own = {name: value for name, value in changes().items() if name in types(type(preset.state))}
        load(replace(preset.state, **own))


def step_preset(page: str, by: Any) -> None:
    """Load the preset after the chosen one (1), or the one before (-1); after the last comes the first."""
    slugs, chosen = list(PRESETS[page]), st.session_state["preset"]
    if by not in (1, -1) or chosen not in slugs:  # a preset of another page is held where the visitor has gone on
        return
    at = slugs.index(chosen) + (1 if by == 1 else -1)
    load(PRESETS[page][slugs[at % len(slugs)]].state)


def _on_values(state_class: type[PageState]) -> None:
    if st.session_state["values"] is Values.TYPED:
        start_typing(state_class)


def show_control(
    place: DeltaGenerator, state: AnyState, name: str, on_change: Callable[[], None] | None = None
) -> None:
    """Show the control that fits the type of a field. While it is not shown, the page keeps what it said.

    `on_change` is what is to be done where somebody chooses another option.
    """
    kind = types(type(state))[name]
    appear(name)
    if name == "groups" and isinstance(state, ConvolutionState):
        _choose_groups(place, state)
    elif name in limits(type(state)):
        # Empty is None. The bounds are checked by the state, which says why.
        place.number_input(
            label_of(name),
            key=name,
            value=None,
            step=1,
            min_value=-WIDEST,
            max_value=WIDEST,
            persist_state="session",
        )
    elif issubclass(kind, StrEnum):
        named = partial(option_label, page=state.page)
        react = on_change and changed(name, on_change)
        place.selectbox(
            label_of(name), list(kind), format_func=named, key=name, persist_state="session", on_change=react
        )
    else:
        place.toggle(label_of(name), key=name, persist_state="session")


def groups_labels(state: ConvolutionState) -> dict[int, str]:
    """What each number of groups that can be chosen is called: those that divide, and what is chosen now."""
    possible = state.possible_groups()

    def named(groups: int) -> str:
        depthwise = " (depthwise)" if groups == state.in_channels else ""
        return f"{groups}{depthwise}" if groups in possible else f"{groups} (does not divide)"

    chosen: int = getattr(state, "groups", 1)
    return {groups: named(groups) for groups in sorted({*possible, chosen})}


def _choose_groups(place: DeltaGenerator, state: ConvolutionState) -> None:
    """Offer what divides both channel counts, and what is chosen now, so that the page can say why it does not."""
    labels = groups_labels(state)
    if len(labels) == 1:
        place.select_slider("Groups", [1, 2], value=1, disabled=True, help="Only 1 divides both channel counts.")
        return

    groups: int = st.session_state["groups"]
    # A label that is none of these comes from a browser that has not heard of the last run: then `value` is what holds.
    place.select_slider(
        "Groups", list(labels), value=groups, key="groups", format_func=labels.__getitem__, persist_state="session"
    )
    if groups == state.in_channels and state.out_channels and state.out_channels % groups == 0:
        _choose_depth_multiplier(place, state)


def _choose_depth_multiplier(place: DeltaGenerator, state: ConvolutionState) -> None:
    """Offer how many filters each channel of a depthwise layer has, which is what its output channels come from."""
    key = DEPTH_MULTIPLIER

    def widen() -> None:
        if st.session_state[key] is not None:
            st.session_state["out_channels"] = st.session_state[key] * state.in_channels

    send_all({key: state.out_channels // state.in_channels})
    place.number_input(
        "Depth multiplier", key=key, value=None, step=1, min_value=1, max_value=WIDEST, on_change=changed(key, widen)
    )


def choose_up_to(label: str, most: int, name: str, least: int = 0) -> int:
    """Show a slider up to `most` and return its value; a choice beyond it is brought there, and that is said."""
    asked: int = st.session_state[name]
    if asked > most:
        st.markdown(f"{label}: {asked} is more than this layer has room for: {most} is the most, and is used.")
    if most == least:
        return least  # without a slider, what was chosen waits for a layer that has room for it
    # With another end, a slider is a new one to Streamlit and begins at its least unless it is told.
    if asked > most or st.session_state.get(f"{name}_most") != most:
        send_all({name: min(asked, most)})
        st.session_state[f"{name}_most"] = most
    st.slider(label, least, most, key=name, persist_state="session")
    return int(st.session_state[name])


def choose_view(labels: Mapping[Any, str]) -> None:
    """Show the control for what the stage shows of the layer; pressing what is chosen leaves it chosen."""
    chosen = st.session_state["view"]

    def keep() -> None:
        st.session_state["view"] = st.session_state["view_control"]

    if st.session_state.get("view_control") != chosen:  # what is told undoes a press that is on its way
        send_all({"view_control": chosen})
    st.segmented_control(
        "View",
        list(labels),
        format_func=labels.__getitem__,
        key="view_control",
        required=True,
        on_change=changed("view_control", keep),
        label_visibility="collapsed",
    )


def show_text(state: AnyState, name: str, fault: Fault | None, help: str, height: int = 110) -> None:
    """Show the numbers of a field as text in the sidebar, while they count, and what is wrong of them.

    They have a place of their own, as rows have.
    """
    with st.sidebar.container():
        if name not in state.idle():
            appear(name)
            st.text_area(label_of(name), key=name, height=height, help=help, persist_state="session")
            show_fault(fault, name, [name])


def show_rows(state: AnyState, rows: Rows, fault: Fault | None) -> None:
    """Show the controls of fields that count in the sidebar, a row beside each other at a time, with what is wrong.

    A row has a place of its own, whatever is in it: the browser makes the controls of a row anew that moves up or down,
    and forgets what they say where another run ends meanwhile.
    """
    idle = state.idle()
    for fields in rows:
        row = [name for name in fields if name not in idle]
        whole = st.sidebar.container()
        with whole:
            # At the bottom: a label that breaks into two lines does not push its field below the others.
            places = st.columns(len(row), vertical_alignment="bottom") if len(row) > 1 else [whole]
            for place, name in zip(places, row, strict=False):
                show_control(place, state, name)
            for name in row:
                show_fault(fault, name, [name])


def show_controls(state: PageState, rows: Rows, fault: Fault | None) -> None:
    """Show the controls of a page in the sidebar, a row of fields beside each other at a time."""
    with st.sidebar:
        note_change(state)
    _choose_preset(state.page)
    show_rows(state, rows, fault)
    st.sidebar.selectbox(
        "Values",
        list(Values),
        format_func=partial(option_label, page=state.page),
        key="values",
        on_change=changed("values", lambda: _on_values(type(state))),
        persist_state="session",
    )
    show_rows(state, [("seed",)], fault)
