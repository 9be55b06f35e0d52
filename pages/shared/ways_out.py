"""A button for each way out of an impossible layer, under the stage."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from pages.shared.late_values import pressed, send_all
from pages.shared.layer_controls import label_of, option_label
from sharing.ways_out import Fields

WAY = "Set {changes}"
CHANGE = "{label} to {value}"


def offer_ways_out(ways: Sequence[Fields]) -> None:
    """Show the ways out beside each other; pressing one changes its controls."""
    if not ways:
        return
    with st.container(key="ways_out", horizontal=True):
        for number, way in enumerate(ways):
            st.button(worded(way), key=f"way_out_{number}", on_click=pressed(partial(send_all, dict(way))))


def worded(way: Fields) -> str:
    """What a way out changes, in the words of its controls.

    >>> worded({"stride_height": 1, "stride_width": 1})
    'Set Stride height to 1, Stride width to 1'
    """
    return WAY.format(changes=", ".join(CHANGE.format(label=label_of(name), value=_said(way[name])) for name in way))


def _said(value: Any) -> str:
    return option_label(value) if isinstance(value, StrEnum) else str(value)
