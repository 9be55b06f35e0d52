"""The stage as a Streamlit component: its HTML, CSS and JavaScript are the files of `player/`, read once a process."""

from functools import cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from stage.model import Surroundings
from stage.player_files import css, html, script
from stage.wire import to_wire


@cache
def _component() -> Any:
    return st.components.v2.component(
        "convolution_stage",
        html=html(),
        css=css(),
        js=script(),
        isolate_styles=False,  # plotly.js puts its style sheet in the document, which does not reach a shadow root
    )


@cache
def _empty_chart() -> go.Figure:
    return go.Figure()


def load_plotly() -> None:
    """Mount an empty chart that nobody sees: Streamlit's chart element publishes plotly.js as `window.Plotly`."""
    with st.container(key="plotly_loader"):
        st.plotly_chart(_empty_chart(), key="plotly_loader_chart")


def show_stage(data: dict[str, Any], surroundings: Surroundings, key: str, on_edit: Any, on_present: Any) -> Any:
    """Mount the stage, and call back when something was done on it.

    `data` is what `stage.wire` made of a Stage, or of an Unplayable. The component's result has `edit`: {"role",
    "index", "text"} of the value edited, or None, and `present`: whether presenter view was entered or left, or None.
    """
    given = data | to_wire(surroundings)
    return _component()(key=key, data=given, on_edit_change=on_edit, on_present_change=on_present)
