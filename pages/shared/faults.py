"""What is wrong with a state: the sentence, in the words of the controls, the controls at fault, and the ways out.

It is said beside the control or the text that caused it, and over the stage, for who has the settings closed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st

from engine import LayerError
from pages.shared.fault_words import TEMPLATES
from pages.shared.labels import is_labelled, label_of, option_label
from pages.shared.late_values import pressed, send_all
from pages.shared.plain_text import escaped
from sharing.any_state import AnyState
from sharing.ways_out import Beside, Fields, State, beside_tensorflow, fields_at_fault, ways_out

WAYS: Mapping[Beside | None, str] = {
    None: "Set {changes}",
    Beside.SAME_NUMBERS: "Set {changes} (TensorFlow's numbers too)",
    Beside.SAME_SHAPE: "Set {changes} (TensorFlow's shape, but other numbers)",
    Beside.ANOTHER_SHAPE: "Set {changes} (another shape than TensorFlow's)",
}
CHANGE = "{label} to {value}"
WAY_OF_ITS_CONTROL = "Use {value}"
EACH_WAY = {2: "{} rows and {} columns", 3: "{} slices, {} rows and {} columns"}
"""Amounts of padding, by how many directions there are."""


@dataclass(frozen=True)
class Fault:
    """What is wrong: in one sentence, the names of the fields at fault, and what changes for each way out.

    `beside` says of each way out how it stands to what TensorFlow does, where that is another one.
    """

    sentence: str
    page: str
    fields: tuple[str, ...] = ()
    ways: tuple[Fields, ...] = ()
    beside: tuple[Beside | None, ...] = ()


def find_fault(state: State, error: LayerError, check: Callable[[State], object]) -> Fault:
    """Return what an error that `check` has raised means to who stands at the controls."""
    sentence, ways = str(in_words_of_controls(state, error)), ways_out(state, error, check)
    beside = beside_tensorflow(state, ways)
    return Fault(sentence, state.page, fields_at_fault(state, error), ways, beside)


def fault_in(state: State, check: Callable[[State], object]) -> Fault | None:
    """Return what is wrong of a state, which `check` says by a LayerError, or None."""
    try:
        check(state)
    except LayerError as error:
        return find_fault(state, error, check)
    return None


def in_words_of_controls(state: AnyState, error: LayerError) -> LayerError:
    """Return the same error with the labels of controls where its sentence has names of parameters."""
    fields = fields_at_fault(state, error)
    places = {place: label_of(name) for place, name in error.places.items() if is_labelled(name)}
    if fields:
        own = getattr(state, fields[0])
        places |= {"parameter": " and ".join(map(label_of, fields)), "own": _said(own, state.page)}
    for place in ("value", "nearest"):
        if isinstance(error.places.get(place), StrEnum):
            places[place] = _said(error.places[place], state.page)
    if isinstance(error.places.get("padding"), tuple):
        amounts = error.places["padding"]
        places["padding"] = EACH_WAY[len(amounts)].format(*amounts)
    return error.reworded(TEMPLATES, places)


def show_fault(fault: Fault | None, control: str, names: Iterable[str]) -> None:
    """Say what is wrong, with the ways out, under the control of that key, if one of these fields is at fault."""
    name = next((name for name in names if fault is not None and name in fault.fields), None)
    if fault is not None and name is not None:
        with st.container(key=f"fault_{control}"):  # faults.js looks for that key
            st.markdown(escaped(fault.sentence))
            offer_ways_out(fault, control, name)


def offer_ways_out(fault: Fault, place: str, control: str = "") -> None:
    """Show the ways out at a place of the page, worded for who looks at one control; pressing one changes them all."""
    if fault.ways:
        with st.container(key=f"ways_out_{place}", horizontal=True):
            for number, (way, beside) in enumerate(zip(fault.ways, fault.beside, strict=True)):
                take = pressed(partial(send_all, dict(way)))
                st.button(worded(way, fault.page, control, beside), key=f"way_out_{place}_{number}", on_click=take)


def worded(way: Fields, page: str, control: str = "", beside: Beside | None = None) -> str:
    """What a way out changes, in the words of the controls of a page, and how it stands to what TensorFlow does.

    Beside the only control that changes, its value is enough.

    >>> worded({"stride_height": 1, "stride_width": 1}, "standard")
    'Set Stride height to 1, Stride width to 1'
    >>> worded({"height": 16}, "standard", "height")
    'Use 16'
    >>> from sharing.page_state import PaddingChoice
    >>> worded({"padding": PaddingChoice.AMOUNT, "padding_height": 1, "padding_width": 0}, "standard", "kernel_height")
    'Set Padding height to 1, Padding width to 0'
    """
    if list(way) == [control]:
        return WAY_OF_ITS_CONTROL.format(value=_said(way[control], page))
    changes = (
        CHANGE.format(label=label_of(name), value=_said(value, page))
        for name, value in way.items()
        if not any(one.startswith(f"{name}_") for one in way)  # amounts of padding say that it has amounts
    )
    return WAYS[beside].format(changes=", ".join(changes))


def _said(value: Any, page: str) -> str:
    return option_label(value, page) if isinstance(value, StrEnum) else str(value)
