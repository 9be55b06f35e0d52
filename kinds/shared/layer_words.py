"""A layer in short, as a teacher says it: its kernel, stride, padding and what else its kind has."""

from string import Formatter
from typing import Any

from engine import PaddingMode
from engine.messages import Templates, fill
from sharing.page_state import PageState

TEMPLATES: Templates = {
    "layer": "kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}",
    "layer.groups": "kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, groups {groups}",
    "size": "{height}×{width}",
    "size.volume": "{depth}×{height}×{width}",
    "padding.sides": "top {top}, bottom {bottom}, left {left}, right {right}",
    "padding.volume": "front {front}, back {back}, top {top}, bottom {bottom}, left {left}, right {right}",
    "padding.ends": "{before} before, {after} after",
    "padding.mode": "{padding} ({mode})",
    "padding.constant": "{padding} (constant {value})",
    "empty": "?",
}
"""The English catalogue."""


def layer_in_short(state: PageState) -> str:
    """The layer of a state in short, with its groups where the kind has them.

    >>> from kinds.registry import PRESETS
    >>> layer_in_short(PRESETS["standard"]["half-padding"].state)
    'kernel 3×3, stride 1, padding 1, dilation 1'
    """
    return in_short(state, TEMPLATES["layer.groups" if hasattr(state, "groups") else "layer"])


def in_short(state: PageState, template: str) -> str:
    """A template filled with fields of a state; directions that say the same are said once, but for a kernel."""
    places = {place for _, place, _, _ in Formatter().parse(template) if place}
    return fill(template, {place: _padding(state) if place == "padding" else _said(state, place) for place in places})


def _said(state: PageState, name: str) -> str:
    if not hasattr(state, f"{name}_height"):
        return _number(getattr(state, name))
    key = "size.volume" if hasattr(state, f"{name}_depth") else "size"
    sides = ("depth", "height", "width") if key == "size.volume" else ("height", "width")
    lengths = {side: _number(getattr(state, f"{name}_{side}")) for side in sides}
    if len({*lengths.values()}) == 1 and name != "kernel":
        return lengths["height"]
    return fill(TEMPLATES[key], lengths)


def _number(value: Any) -> str:
    return TEMPLATES["empty"] if value is None else str(value)


def _padding(state: PageState) -> str:
    """How much padding there is, or how it is chosen, and what it holds, where that is not zeros."""
    chosen = str(getattr(state, "padding", "amount"))
    if chosen == "valid":
        return "0"
    said, is_sequence = chosen, hasattr(state, "padding_amount")
    if chosen == "amount":
        said = _said(state, "padding_amount" if is_sequence else "padding")
    if chosen == "sides":
        names = [name.removeprefix("padding_") for name in state.side_fields]
        places = {name: _number(getattr(state, f"padding_{name}")) for name in names}
        said = fill(TEMPLATES[{2: "padding.ends", 4: "padding.sides", 6: "padding.volume"}[len(names)]], places)
    mode = getattr(state, "padding_mode", PaddingMode.ZEROS)
    if mode is PaddingMode.CONSTANT:
        value = _said(state, "padding_value")
        return fill(TEMPLATES["padding.constant"], {"padding": said, "value": value})
    return said if mode is PaddingMode.ZEROS else fill(TEMPLATES["padding.mode"], {"padding": said, "mode": mode})
