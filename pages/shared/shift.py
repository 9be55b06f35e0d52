"""What a shift of the input does to a pooling layer's output: both beside each other, and how much changed."""

import numpy as np
import streamlit as st

from engine import PoolingTrace, forward
from engine.arrays import Floats
from pages.shared.maps import show_maps
from sharing.states import PoolingState


def shifted(x: Floats, columns: int) -> Floats:
    """Return x with every row moved so many columns to the right, and zeros where nothing came from.

    >>> shifted(np.array([[[1.0, 2.0, 3.0]]]), 1).tolist()
    [[[0.0, 1.0, 2.0]]]
    """
    moved = np.zeros_like(x)
    moved[..., columns:] = x[..., : x.shape[-1] - columns]
    return moved


def explain_shift(state: PoolingState, trace: PoolingTrace) -> None:
    """Show the first channel's output before and after the input moves to the right, and how much of it changed."""
    st.markdown("**What a shift does** Move the input to the right, with zeros coming in from the left.")
    st.slider("Columns to the right", 0, 8, key="shift")
    columns = min(state.shift, trace.input.shape[2])
    moved = forward(trace.layer, shifted(trace.input, columns))
    changed = int((moved != trace.output).sum())
    show_maps({"output": trace.output[0], f"output, input moved by {columns}": moved[0]})
    st.markdown(f"{changed} of {moved.size} outputs changed.")
