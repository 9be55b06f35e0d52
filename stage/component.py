"""The stage as a Streamlit component: its HTML, CSS and JavaScript are the files of `player/`, read once a process."""

from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

_FOLDER = Path(__file__).parent / "player"

SCRIPTS = (
    "numbers",
    "steps",
    "captions",
    "picture",
    "cells",
    "overlay",
    "bands",
    "chosen",
    "links",
    "equation",
    "stamps",
    "stamp_marks",
    "stamp_outputs",
    "stamp_links",
    "stamp_equation",
    "kinds",
    "controls",
    "player",
    "pointer",
    "tally",
    "stage",
)
"""The scripts in the order in which each may use those before it; together they are one module."""


def script() -> str:
    """The player's JavaScript: one module made of all its files."""
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "convolution_stage",
        html=(_FOLDER / "stage.html").read_text(encoding="utf-8"),
        css=(_FOLDER / "stage.css").read_text(encoding="utf-8"),
        js=script(),
        isolate_styles=False,  # plotly.js puts its style sheet in the document, which does not reach a shadow root
    )


def load_plotly() -> None:
    """Mount an empty chart that nobody sees: Streamlit's chart element publishes plotly.js as `window.Plotly`."""
    with st.container(key="plotly_loader"):
        st.plotly_chart(go.Figure(), key="plotly_loader_chart")


def show_stage(data: dict[str, Any], key: str, on_edit: Any) -> Any:
    """Mount the stage with a payload, or with {"problem": sentence}; `on_edit` is called when a value was edited in it.

    The component's result has `edit`: {"role", "index", "text"} of the value edited, or None.
    """
    return _component()(key=key, data=data, on_edit_change=on_edit)
