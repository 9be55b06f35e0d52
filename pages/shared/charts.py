"""What the charts of the pages have in common: colours for light and dark, and no gestures to get lost in.

Figures are plain dictionaries: a page builds one on every run.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.shared.address import is_presenting

BLUE, ORANGE, GREEN, PURPLE, GREY = "#3e89c7", "#e8821c", "#2a9d76", "#9a6fd0", "#8a8f98"
"""Readable on white and on Streamlit's dark ground, and told apart by colour-blind eyes too."""

_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
LARGER = 1.4
"""How many times larger than on a page a chart is drawn in presenter view."""

_LENGTHS = {"height", "l", "r", "t", "b", "size", "standoff"}
_TYPE, _AXIS_TITLE = 12, 14  # pixels, in Streamlit's theme
# Margins are given, because a chart that finds its own is drawn twice.
_AXIS = {"fixedrange": True, "automargin": False, "zeroline": False}


def axis(title: str, **more: Any) -> dict[str, Any]:
    """An axis under a title, that a finger or a wheel does not move."""
    return _AXIS | {"title": {"text": title, "standoff": 10}} | more


def layout(height: int, xaxis: dict[str, Any], yaxis: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The layout that all charts share."""
    return {
        "height": height,
        "margin": {"l": 60, "r": 12, "t": 6, "b": 48},
        "dragmode": False,
        "showlegend": False,
        "bargap": 0.3,
        "xaxis": xaxis,
        "yaxis": yaxis,
    } | more


def show(key: str, data: list[dict[str, Any]], chart_layout: dict[str, Any], alt: str) -> None:
    """Show a chart under a name of its own; `alt` says in words what it shows."""
    st.plotly_chart(_figure(data, chart_layout), key=key, config=_CONFIG, alt=alt)


def show_clickable(
    key: str, data: list[dict[str, Any]], chart_layout: dict[str, Any], alt: str, on_click: Callable[[], None]
) -> None:
    """Show a chart whose points answer a click; the clicked one is in the session under the chart's name."""
    spec = _figure(data, chart_layout)
    st.plotly_chart(spec, key=key, config=_CONFIG, alt=alt, on_select=on_click, selection_mode="points")


def _figure(data: list[dict[str, Any]], chart_layout: dict[str, Any]) -> dict[str, Any]:
    figure = {"data": data, "layout": chart_layout}
    return enlarged(figure) if is_presenting() else figure


def enlarged(figure: dict[str, Any]) -> dict[str, Any]:
    """A chart for the back of a room: its lengths and its type are larger, and what it shows is the same."""
    larger: dict[str, Any] = _larger(figure)
    layout = larger["layout"] | {"font": {"size": _TYPE * LARGER}}
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis"))]:
        title = layout[name].get("title", {}) | {"font": {"size": _AXIS_TITLE * LARGER}}
        layout[name] = layout[name] | {"title": title, "tickfont": {"size": _TYPE * LARGER}}
    return larger | {"layout": layout}


def _larger(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            name: value * LARGER if name in _LENGTHS and isinstance(value, int | float) else _larger(value)
            for name, value in part.items()
        }
    return [_larger(one) for one in part] if isinstance(part, list) else part
