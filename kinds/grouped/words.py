"""What is said of a grouped layer: what it costs beside one without groups."""

from dataclasses import replace

from engine import cost
from kinds.grouped.state import GroupedState


def cost_sentence(state: GroupedState) -> str:
    """The weights and multiplies of a grouped layer beside those of one without groups.

    >>> cost_sentence(GroupedState("", 12, 12, 256, 32, groups=8))
    '256 → 32 channels in 8 groups: each filter sees 32 of 256 channels, so 9,216 weights and 921,600 multiplies, ⅛ of \
the 73,728 and 7,372,800 without groups.'
    """
    ours = cost(state.make_layer(), state.height, state.width)
    whole = cost(replace(state, groups=1).make_layer(), state.height, state.width)
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
