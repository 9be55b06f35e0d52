"""What stands under the stage of every kind: what the layer costs, the size of its output, and the check of it."""

from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from kinds.spec import KindSpec
from pages.shared.check_view import offer_check
from sharing.page_state import PageState
from sharing.presets import find_preset

State = TypeVar("State", bound=PageState)
Record = TypeVar("Record")


def explain_layer(spec: KindSpec[State, Record], state: State, record: Record | None) -> None:
    """Show what a layer costs, where its kind says so, and its output size in numbers, and offer the check."""
    if record is not None:
        show_cost(spec, state)
    show_size(spec, record)
    if record is not None:
        offer_check(state, spec.check(record))


def show_cost(spec: KindSpec[State, Record], state: State) -> None:
    """Say what a layer costs; for a preset cut down to fit the stage, in its full size too."""
    if spec.cost_sentence is None:
        return
    preset = find_preset(state)
    lines = [f"**What it costs** {spec.cost_sentence(state)}"]
    sizes: dict[str, Any] = dict(preset.full)
    if sizes and state == preset.state:
        lines.append(f"**In full size** {spec.cost_sentence(replace(state, **sizes))}")
    st.markdown("  \n".join(lines))


def show_size(spec: KindSpec[State, Record], record: Record | None) -> None:
    """Show the output size in the layer's own numbers and, on demand, in general; without a layer only the latter."""
    if record is None:
        _write(spec.size_text(None))
        return
    _write(spec.plain_size_text(record))
    with st.expander("The general formula"):
        _write(spec.size_text(record))


def _write(paragraphs: list[str]) -> None:
    for paragraph in paragraphs:
        st.markdown(paragraph)
