"""What lets the player ask for the record of a changed control itself, while Streamlit's own run follows.

The browser reads a control as it stands on the page: a text. All that it has to know to make a link of that is here.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from kinds.registry import PRESETS, spec_of
from pages.shared.layer_controls import DEPTH_MULTIPLIER, groups_labels, option_label
from sharing.fields import MOST_CHANNELS, limits, types
from sharing.link import encode, encode_in_full, slug_of
from sharing.page_state import ConvolutionState, PageState, Values
from sharing.record_path import record_path

_SWITCH = {"true": "1", "false": "0"}


def asking(state: PageState) -> dict[str, Any]:
    """Return where records are asked for, the link of the state, and by its key what each control says in it.

    A control is {"parameter", "said"}: the parameter that it changes, and what that says now. Beside these it has
    `values`, what each of its labels is in a link, or, where it shows the number itself, `least` and `most`.
    """
    said = encode_in_full(state)
    controls = {name: {"parameter": name, "said": said[name], **how} for name, how in _fields(state).items()}
    spec = spec_of(state)
    if spec.views:
        labels = {label: slug_of(view) for view, label in spec.views.items()}
        controls["view_control"] = {"parameter": "view", "said": said["view"], "values": labels}
    if isinstance(state, ConvolutionState) and state.in_channels:
        channels = {
            str(many): str(many * state.in_channels) for many in range(1, MOST_CHANNELS // state.in_channels + 1)
        }
        controls[DEPTH_MULTIPLIER] = {"parameter": "out_channels", "said": said["out_channels"], "values": channels}
    titles = {preset.title: slug for slug, preset in PRESETS[state.page].items()}
    controls["preset"] = {"parameter": "preset", "said": state.preset, "values": titles}
    return {"address": record_path(state.page), "link": encode(state), "controls": controls}


def _fields(state: PageState) -> dict[str, dict[str, Any]]:
    """How each control of a field is read, by the field's name."""
    names = {name for row in spec_of(state).control_rows for name in row} | {"values", "seed"}
    return {name: dict(_reading(state, name)) for name in names}


def _reading(state: PageState, name: str) -> Mapping[str, Any]:
    kind, bounds = types(type(state))[name], limits(type(state)).get(name)
    if name == "groups" and isinstance(state, ConvolutionState):
        return {"values": {label: str(groups) for groups, label in groups_labels(state).items()}}
    if bounds is not None:
        return {"least": bounds.least, "most": bounds.most}
    if issubclass(kind, StrEnum):
        # numbers that are typed are in no control: their link takes a run of the page
        return {"values": {option_label(one): slug_of(one) for one in kind if one is not Values.TYPED}}
    return {"values": _SWITCH}
