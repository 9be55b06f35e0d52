"""The sidebar: every choice of a `StandardState` as a control, each under its field's name in the session."""

from dataclasses import asdict, fields

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import PaddingMode
from pages.shared.value_editor import start_typing
from sharing.presets import PRESETS
from sharing.state import PaddingChoice, StandardState, Values

_PADDING_LABELS = {
    PaddingChoice.VALID: "valid (none)",
    PaddingChoice.SAME: "same",
    PaddingChoice.FULL: "full",
    PaddingChoice.AMOUNT: "rows and columns",
}
_VALUES_LABELS = {
    Values.PRESET: "the preset's",
    Values.WHOLE: "seeded whole numbers",
    Values.REAL: "seeded real numbers",
    Values.TYPED: "typed",
}
_WIDEST = 10**9  # further than any limit of the page, so that the page can say what the limit is


def _load(slug: str) -> None:
    st.session_state.update(asdict(PRESETS[slug].state))


def _on_values() -> None:
    if st.session_state["values"] is Values.TYPED:
        start_typing()


def _number(place: DeltaGenerator, label: str, name: str) -> None:
    """A field for a whole number, None once it is emptied; its bounds are checked by the state, which says why."""
    place.number_input(label, key=name, value=None, step=1, min_value=-_WIDEST, max_value=_WIDEST)


def _pair(height: str, width: str) -> None:
    """Two fields beside each other, each labelled by its own name."""
    for column, name in zip(st.sidebar.columns(2), (height, width), strict=True):
        label = f"Input {name}" if name in ("height", "width") else name.replace("_", " ").capitalize()
        _number(column, label, name)


def choose_preset(first: str) -> None:
    """Show the preset control; the page opens on `first`."""
    if "preset" not in st.session_state:
        _load(first)
    st.sidebar.selectbox(
        "Preset",
        list(PRESETS),
        format_func=lambda slug: PRESETS[slug].title,
        key="preset",
        on_change=lambda: _load(st.session_state.preset),
    )


def choose_layer() -> StandardState:
    """Show the controls of the layer and its values in the sidebar, and return what they say."""
    for name in ("padding_height", "padding_width", "seed"):
        # Streamlit forgets a control that is not shown; what is set here stays until it is shown again.
        st.session_state[name] = st.session_state[name]
    _pair("height", "width")
    _pair("in_channels", "out_channels")
    _pair("kernel_height", "kernel_width")
    _pair("stride_height", "stride_width")
    st.sidebar.selectbox("Padding", list(PaddingChoice), format_func=_PADDING_LABELS.__getitem__, key="padding")
    if st.session_state.padding is PaddingChoice.AMOUNT:
        _pair("padding_height", "padding_width")
    st.sidebar.selectbox("Padding mode", list(PaddingMode), key="padding_mode")
    _pair("dilation_height", "dilation_width")
    st.sidebar.toggle("Bias", key="bias")
    st.sidebar.selectbox(
        "Values", list(Values), format_func=_VALUES_LABELS.__getitem__, key="values", on_change=_on_values
    )
    if st.session_state["values"] in (Values.WHOLE, Values.REAL):
        _number(st.sidebar, "Seed", "seed")
    return StandardState(**{field.name: st.session_state[field.name] for field in fields(StandardState)})
