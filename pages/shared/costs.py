"""What a layer costs beside what an ordinary one of its size would, in sentences with the numbers in them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from engine import Conv2d, Cost, cost
from kinds.grouped.state import GroupedState
from kinds.separable.state import SeparableState
from kinds.transposed.state import TransposedState
from sharing.page_state import PageState
from sharing.presets import find_preset

State = TypeVar("State", bound=PageState)


def groups_sentence(state: GroupedState) -> str:
    """The weights and multiplies of a grouped layer beside those of one without groups.

    >>> groups_sentence(GroupedState("", 12, 12, 256, 32, groups=8))
    '256 → 32 channels in 8 groups: each filter sees 32 of 256 channels, so 9,216 weights and 921,600 multiplies, ⅛ of \
the 73,728 and 7,372,800 without groups.'
    """
    ours, whole = _cost(state), _cost(replace(state, groups=1))
    size = f"{state.in_channels} → {state.out_channels} channels"
    if state.groups == 1:
        return (
            f"{size} in 1 group: {ours.weights:,} weights, {ours.macs:,} multiplies. Every filter sees every channel."
        )
    depth = state.in_channels // state.groups
    return (
        f"{size} in {state.groups} groups: each filter sees {depth} of {state.in_channels} channels, so "
        f"{ours.weights:,} weights and {ours.macs:,} multiplies, {share(state.groups)} of the {whole.weights:,} and "
        f"{whole.macs:,} without groups."
    )


def share(parts: int) -> str:
    """One of so many parts, as a fraction.

    >>> share(2), share(7)
    ('½', '1/7')
    """
    return {2: "½", 3: "⅓", 4: "¼", 5: "⅕", 6: "⅙", 8: "⅛"}.get(parts, f"1/{parts}")


def separable_sentence(state: SeparableState) -> str:
    """The weights and multiplies of a separable layer beside those of the ordinary layer of the same size."""
    layer = state.make_layer()
    ours = cost(layer, state.height, state.width)
    parts = (
        cost(layer.depthwise, state.height, state.width),
        cost(layer.pointwise, *layer.depthwise.output_size(state.height, state.width)),
    )
    whole = standard_cost(state)
    return (
        f"{state.in_channels} → {state.out_channels} channels: {parts[0].weights:,} + {parts[1].weights:,} = "
        f"{ours.weights:,} weights and {ours.macs:,} multiplies; the ordinary layer has {whole.weights:,} weights "
        f"({_beside(whole.weights, ours.weights)}) and {whole.macs:,} multiplies."
    )


def _beside(ordinary: int, separable: int) -> str:
    """How the weights of the ordinary layer compare with those of the separable one."""
    if ordinary <= separable:
        return "just as many" if ordinary == separable else "fewer: here separable is dearer"
    times = f"{ordinary / separable:.3g}"
    return f"{times}× as many" if times != "1" else "hardly more"


def standard_cost(state: SeparableState) -> Cost:
    """What the ordinary layer from the same input to as many channels costs."""
    return cost(Conv2d(**state.layer_arguments()), state.height, state.width)


def transposed_sentence(state: TransposedState) -> str:
    """The weights and multiplies of a transposed layer, whose stamps are one for every input position.

    >>> transposed_sentence(TransposedState("", 2, 2, kernel_height=2, kernel_width=2))
    '1 → 1 channels on 2×2 inputs: 4 weights and 16 multiplies, counted over the inputs.'
    """
    ours = _cost(state)
    cropped = ours.macs - ours.valid_macs
    crops = f", of which padding crops {cropped:,}" if cropped else ""
    return (
        f"{state.in_channels} → {state.out_channels} channels on {state.height}×{state.width} inputs: "
        f"{ours.weights:,} weights and {ours.macs:,} multiplies, counted over the inputs{crops}."
    )


def _cost(state: GroupedState | TransposedState) -> Cost:
    return cost(state.make_layer(), state.height, state.width)


def explain_groups(state: GroupedState) -> None:
    """Say what groups save; for a preset cut down to fit the stage, in its full size too."""
    _explain(groups_sentence, state)


def explain_separable(state: SeparableState) -> None:
    """Say what separating saves; for a preset cut down to fit the stage, in its full size too."""
    _explain(separable_sentence, state)


def explain_stamps(state: TransposedState) -> None:
    """Say what the stamps cost; for a preset cut down to fit the stage, in its full size too."""
    _explain(transposed_sentence, state)


def _explain(sentence: Callable[[State], str], state: State) -> None:
    preset = find_preset(state)
    lines = [f"**What it costs** {sentence(state)}"]
    sizes: dict[str, Any] = dict(preset.full)
    if sizes and state == preset.state:
        lines.append(f"**In full size** {sentence(replace(state, **sizes))}")
    st.markdown("  \n".join(lines))
