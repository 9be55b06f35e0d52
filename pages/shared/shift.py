"""What a shift of the input does to what is pooled from it: before and after side by side, and how much changed."""

import numpy as np
import streamlit as st

from engine import AvgPool2d, MaxPool2d, PoolingTrace, forward
from engine.arrays import Floats
from kinds.pooling.state import PoolingState
from pages.shared.layer_controls import choose_up_to
from pages.shared.maps import show_maps


def shifted(x: Floats, columns: int) -> Floats:
    """Return x with every row moved so many columns to the right, and zeros where nothing came from.

    >>> shifted(np.array([[[1.0, 2.0, 3.0]]]), 1).tolist()
    [[[0.0, 1.0, 2.0]]]
    """
    moved = np.zeros_like(x)
    moved[..., columns:] = x[..., : x.shape[-1] - columns]
    return moved


def both_kinds(layer: MaxPool2d | AvgPool2d) -> tuple[MaxPool2d, AvgPool2d]:
    """Return the pooling layers of both kinds with the same windows; a mean has no dilation, so it leaves that out."""
    if isinstance(layer, MaxPool2d):
        return layer, AvgPool2d(layer.kernel, layer.strides, layer.padding, layer.ceil_mode)
    return MaxPool2d(layer.kernel, layer.strides, layer.padding, ceil_mode=layer.ceil_mode), layer


def changed_sentence(kind: str, before: Floats, after: Floats) -> str:
    """How many outputs are others after the shift.

    >>> changed_sentence("max", np.array([1.0, 2.0]), np.array([1.0, 3.0]))
    'max: 1 of 2 outputs changed'
    """
    return f"{kind}: {int((before != after).sum())} of {before.size} outputs changed"


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
    moved = shifted(trace.input, choose_up_to("Columns to the right", most, "shift"))
    maps, sentences = {"input": trace.input[0], "moved": moved[0]}, []
    chosen = state.make_layer()
    for kind, layer in zip(("max", "mean"), both_kinds(chosen), strict=True):
        before, after = forward(layer, trace.input), forward(layer, moved)
        maps |= {kind: before[0], f"{kind}, moved": after[0]}
        sentences.append(changed_sentence(kind, before, after))
    st.markdown("; ".join(sentences) + "." + windows_sentence(chosen))
    show_maps(maps)
