"""A pointwise layer is the same fully connected layer at every pixel: shown by the numbers of one pixel."""

import streamlit as st

from engine import Trace
from pages.shared.layer_controls import choose_up_to
from pages.shared.maps import show_maps


def explain_linear(trace: Trace) -> None:
    """Show the weights as a matrix, the channels of one pixel as a column, and what their product makes of it."""
    st.markdown("**The 1×1 layer is a linear layer at every pixel** The same matrix times each pixel's channels:")
    positions = trace.columns.shape[-1]
    pixel = choose_up_to("Pixel", positions - 1, "pixel")
    weights = trace.weight[:, :, 0, 0]
    values = trace.columns[:, :, pixel]
    made = trace.output.reshape(len(weights), -1)[:, [pixel]]
    maps = {"weights": weights, "pixel": values, "output": made}
    show_maps(maps if trace.bias is None else {**maps, "bias": trace.bias[:, None]})
