"""What a shift of the input does to what is pooled from it: before and after side by side, and how much changed."""

import streamlit as st

from engine import AvgPool2d, MaxPool2d, PoolingTrace, ShiftEffect, both_poolings, shift_effect, shifted
from kinds.pooling.state import PoolingState
from pages.shared.layer_controls import choose_up_to
from pages.shared.maps import show_maps


def changed_sentence(name: str, effect: ShiftEffect) -> str:
    """Say how many outputs differ after the shift.

    >>> import numpy as np
    >>> changed_sentence("max", shift_effect(MaxPool2d((1, 2)), np.array([[[0.0, 5.0, 0.0, 5.0]]]), 1))
    'max: 1 of 2 outputs changed'
    """
    return f"{name}: {effect.changed} of {effect.before.size} outputs changed"


def windows_sentence(layer: MaxPool2d | AvgPool2d) -> str:
    """Say that the two kinds look at other windows where they do: a mean has no dilation.

    >>> windows_sentence(MaxPool2d(2))
    ''
    """
    if layer.dilations == (1, 1):
        return ""
    return " Average pooling has no dilation: its windows here are not spread as those of the maximum are."


def explain_shift(state: PoolingState, trace: PoolingTrace) -> None:
    """Show the first channel's maximum and mean before and after the input moves to the right."""
    st.markdown("**What a shift does** Move the input to the right, with zeros coming in from the left:")
    most = min(8, trace.input.shape[2] - 1)
    if most < 1:
        st.markdown("An input of one column has nowhere to go.")
        return
    columns = choose_up_to("Columns to the right", most, "shift")
    maps, sentences = {"input": trace.input[0], "moved": shifted(trace.input, columns)[0]}, []
    chosen = state.make_layer()
    for name, layer in zip(("max", "mean"), both_poolings(chosen), strict=True):
        effect = shift_effect(layer, trace.input, columns)
        maps |= {name: effect.before[0], f"{name}, moved": effect.after[0]}
        sentences.append(changed_sentence(name, effect))
    st.markdown("; ".join(sentences) + "." + windows_sentence(chosen))
    show_maps(maps)
