"""What is said of a grouped layer: what it costs beside one without groups."""

from dataclasses import replace

from engine import cost
from engine.messages import Templates, fill
from kinds.grouped.state import GroupedState

TEMPLATES: Templates = {
    "cost": (
        "{channels} → {out_channels} channels in {groups} groups: each filter sees {depth} of {channels} channels, so "
        "{weights:,} weights and {macs:,} multiplies, {share} of the {whole_weights:,} and {whole_macs:,} without "
        "groups."
    ),
    "cost.one_group": (
        "{channels} → {out_channels} channels in 1 group: {weights:,} weights, {macs:,} multiplies. Every filter sees "
        "every channel."
    ),
}
"""The English catalogue."""


def cost_sentence(state: GroupedState) -> str:
    """The weights and multiplies of a grouped layer beside those of one without groups.

    >>> cost_sentence(GroupedState("", 12, 12, 256, 32, groups=8))
    '256 → 32 channels in 8 groups: each filter sees 32 of 256 channels, so 9,216 weights and 921,600 multiplies, ⅛ of \
the 73,728 and 7,372,800 without groups.'
    """
    ours = cost(state.make_layer(), state.height, state.width)
    whole = cost(replace(state, groups=1).make_layer(), state.height, state.width)
    places = {
        "channels": state.in_channels,
        "out_channels": state.out_channels,
        "groups": state.groups,
        "depth": state.in_channels // state.groups,
        "weights": ours.weights,
        "macs": ours.macs,
        "share": share(state.groups),
        "whole_weights": whole.weights,
        "whole_macs": whole.macs,
    }
    return fill(TEMPLATES["cost.one_group" if state.groups == 1 else "cost"], places)


def share(parts: int) -> str:
    """One of so many parts, as a fraction.

    >>> share(2), share(7)
    ('½', '1/7')
    """
    return {2: "½", 3: "⅓", 4: "¼", 5: "⅕", 6: "⅙", 8: "⅛"}.get(parts, f"1/{parts}")
