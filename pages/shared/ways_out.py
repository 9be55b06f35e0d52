"""A button for each way out of an impossible layer, under the stage."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from pages.shared.late_values import pressed, send_all
from pages.shared.layer_controls import label_of, option_label
from sharing.page_state import PageState
from sharing.ways_out import Beside, Fields, beside_tensorflow

CHANGE = "{label} to {value}"
WAYS: Mapping[Beside | None, str] = {
    None: "Set {changes}",
    Beside.SAME_NUMBERS: "Set {changes} (TensorFlow's numbers too)",
    Beside.SAME_SHAPE: "Set {changes} (TensorFlow's shape, but other numbers)",
    Beside.ANOTHER_SHAPE: "Set {changes} (another shape than TensorFlow's)",
}


def offer_ways_out(state: PageState, ways: Sequence[Fields]) -> None:
    """Show the ways out of a state beside each other; pressing one changes its controls."""
    if not ways:
        return
    with st.container(key="ways_out", horizontal=True):
        for number, (way, beside) in enumerate(zip(ways, beside_tensorflow(state, ways), strict=True)):
            st.button(worded(way, beside), key=f"way_out_{number}", on_click=pressed(partial(send_all, dict(way))))


def worded(way: Fields, beside: Beside | None = None) -> str:
    """What a way out changes, in the words of its controls, and how it stands to what TensorFlow does.

    >>> worded({"stride_height": 1, "stride_width": 1})
    'Set Stride height to 1, Stride width to 1'
    """
    changes = ", ".join(CHANGE.format(label=label_of(name), value=_said(way[name])) for name in way)
    return WAYS[beside].format(changes=changes)


def _said(value: Any) -> str:
    return option_label(value) if isinstance(value, StrEnum) else str(value)
