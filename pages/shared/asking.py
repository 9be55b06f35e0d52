"""What lets the player ask for the record of a changed control itself, while Streamlit's own run follows.

The browser reads a control as it stands on the page: a text. All that it has to know to make a link of that is here.
"""

from enum import StrEnum
from functools import cache
from typing import Any

from kinds.registry import PRESETS, SPECS, STATES
from pages.shared.layer_controls import DEPTH_MULTIPLIER, groups_labels, option_label
from sharing.fields import MOST_CHANNELS, Limits, limits, types
from sharing.link import encode, encode_in_full, slug_of
from sharing.page_state import ConvolutionState, PageState, Values
from sharing.record_path import record_path


def asking(state: PageState) -> dict[str, Any]:
    """Return where records are asked for, the link of the state, and by its key what each control says in it.

    A control is {"parameter", "said"}: the parameter that it changes, and what that says now. Beside these it has
    `values`, what each of its labels is in a link, or, where it shows the number itself, `least` and `most`.
    """
    said = encode_in_full(state)
    controls = {name: {"parameter": name, "said": said[name], **how} for name, how in _fields(state.page).items()}
    if isinstance(state, ConvolutionState):
        controls |= _channel_controls(state, said)
    if "view" in said:
        controls["view_control"] = {"parameter": "view", "said": said["view"], **_views(state.page)}
    controls["preset"] = {"parameter": "preset", "said": state.preset, **_presets(state.page)}
    return {"address": record_path(state.page), "link": encode(state), "controls": controls}


@cache
def _fields(page: str) -> dict[str, dict[str, Any]]:
    """How each control of a field is read, by the field's name."""
    state_class = STATES[page]
    names = {name for row in SPECS[page].control_rows for name in row} | {"values", "seed"}
    return {name: _reading(types(state_class)[name], limits(state_class).get(name)) for name in sorted(names)}


def _reading(kind: type[Any], bounds: Limits | None) -> dict[str, Any]:
    if bounds is not None:
        return {"least": bounds.least, "most": bounds.most}
    if issubclass(kind, StrEnum):
        # numbers that are typed are in no control: their link takes a run of the page
        return {"values": {option_label(one): slug_of(one) for one in kind if one is not Values.TYPED}}
    return {"values": {"true": "1", "false": "0"}}


def _channel_controls(state: ConvolutionState, said: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The controls whose labels depend on the channels."""
    controls: dict[str, dict[str, Any]] = {}
    if "groups" in said:
        labels = {label: str(groups) for groups, label in groups_labels(state).items()}
        controls["groups"] = {"parameter": "groups", "said": said["groups"], "values": labels}
    if state.in_channels:
        most = MOST_CHANNELS // state.in_channels
        channels = {str(many): str(many * state.in_channels) for many in range(1, most + 1)}
        controls[DEPTH_MULTIPLIER] = {"parameter": "out_channels", "said": said["out_channels"], "values": channels}
    return controls


@cache
def _views(page: str) -> dict[str, Any]:
    return {"values": {label: slug_of(view) for view, label in SPECS[page].views.items()}}


@cache
def _presets(page: str) -> dict[str, Any]:
    return {"values": {preset.title: slug for slug, preset in PRESETS[page].items()}}
