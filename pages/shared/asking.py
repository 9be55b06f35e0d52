"""What lets the player ask for the record of a changed control itself, while Streamlit's own run follows.

The browser reads a control as it stands on the page: a text. All that it has to know to make a link of that is here.
"""

from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any

from kinds.registry import PRESETS, SPECS, STATES
from pages.shared.labels import option_label
from pages.shared.layer_controls import DEPTH_MULTIPLIER, groups_labels
from sharing.fields import MOST_CHANNELS, Limits, limits, types
from sharing.link import encode, encode_in_full, slug_of
from sharing.page_state import ConvolutionState, PageState, Values
from sharing.record_path import record_path
from stage.model import Asking, LinkedControl


def asking(state: PageState) -> Asking:
    """Return where records are asked for, the link of the state, and by its key what each control says in it."""
    said = encode_in_full(state)
    controls = {name: replace(control, said=said[name]) for name, control in _fields(state.page).items()}
    if isinstance(state, ConvolutionState):
        controls |= _channel_controls(state, said)
    if "view" in said:
        controls["view_control"] = replace(_view(state.page), said=said["view"])
    controls["preset"] = replace(_preset(state.page), said=state.preset)
    return Asking(record_path(state.page), encode(state), controls)


@cache
def _fields(page: str) -> dict[str, LinkedControl]:
    """The controls of single fields, by the field's name."""
    state_class = STATES[page]
    names = {name for row in SPECS[page].control_rows for name in row} | {"values", "seed"}
    kinds, bounds = types(state_class), limits(state_class)
    return {name: _control(page, name, kinds[name], bounds.get(name)) for name in sorted(names)}


def _control(page: str, name: str, kind: type[Any], bounds: Limits | None) -> LinkedControl:
    if bounds is not None:
        return LinkedControl(parameter=name, said="", least=bounds.least, most=bounds.most)
    if issubclass(kind, StrEnum):
        # numbers that are typed are in no control: their link takes a run of the page
        values = {option_label(one, page): slug_of(one) for one in kind if one is not Values.TYPED}
        return LinkedControl(parameter=name, said="", values=values)
    return LinkedControl(parameter=name, said="", values={"true": "1", "false": "0"})


def _channel_controls(state: ConvolutionState, said: dict[str, str]) -> dict[str, LinkedControl]:
    """The controls whose labels depend on the channels."""
    controls: dict[str, LinkedControl] = {}
    if "groups" in said:
        labels = {label: str(groups) for groups, label in groups_labels(state).items()}
        controls["groups"] = LinkedControl(parameter="groups", said=said["groups"], values=labels)
    if state.in_channels:
        most = MOST_CHANNELS // state.in_channels
        channels = {str(many): str(many * state.in_channels) for many in range(1, most + 1)}
        name = "out_channels"
        controls[DEPTH_MULTIPLIER] = LinkedControl(parameter=name, said=said[name], values=channels)
    return controls


@cache
def _view(page: str) -> LinkedControl:
    values = {label: slug_of(view) for view, label in SPECS[page].views.items()}
    return LinkedControl(parameter="view", said="", values=values)


@cache
def _preset(page: str) -> LinkedControl:
    return LinkedControl(parameter="preset", said="", values={one.title: slug for slug, one in PRESETS[page].items()})
