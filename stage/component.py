"""The stage as a Streamlit component: its HTML and CSS are the files of `player/`, its script fetches the player's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.file_util import get_static_dir

from stage.model import Surroundings
from stage.player_files import address, css, html
from stage.wire import to_wire


@cache
def _component() -> Any:
    return st.components.v2.component(
        "convolution_stage",
        html=html(),
        css=css(),
        js=Path(__file__).with_name("loader.js").read_text(encoding="utf-8"),
        isolate_styles=False,  # plotly.js puts its style sheet in the document, which does not reach a shadow root
    )


@cache
def _files() -> dict[str, str]:
    """Where the loader finds the player and plotly.js: below the address of the app."""
    (chart,) = Path(get_static_dir(), "static", "js").glob("PlotlyChart.*.js")
    return {"player": address(), "plotly": f"static/js/{chart.name}"}


@dataclass(frozen=True)
class OnStage:
    """What is called back when something was done on a stage: a value edited, presenter view entered or left, and the
    preset before or after asked for.
    """

    edit: Callable[[], None]
    present: Callable[[], None]
    preset: Callable[[], None]


def show_stage(data: dict[str, Any], surroundings: Surroundings, key: str, on: OnStage) -> Any:
    """Mount the stage, and call back when something was done on it.

    `data` is what `stage.wire` made of a Stage, or of an Unplayable. The component's result has `edit`: {"role",
    "index", "shape", "text"} of the value edited (`shape` is what `index` counts in), {"withdrawn"} where a refused
    text was left again, or None; `present`: whether presenter view was entered or left, or None; and `preset`: 1 for
    the next preset, or lesson of a path, -1 for the one before, or None.
    """
    given = data | to_wire(surroundings) | _files()
    return _component()(
        key=key, data=given, on_edit_change=on.edit, on_present_change=on.present, on_preset_change=on.preset
    )
