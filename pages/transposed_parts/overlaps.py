"""How often the stamps of a transposed layer meet, and the checkerboard that shows where they meet unevenly."""

import streamlit as st

from engine import TransposedAxis, TransposedTrace, overlap_counts
from kinds.transposed.overlap_words import unreached_sentence, verdict
from pages.shared.maps import show_maps

INPUTS = 5
"""Inputs in each direction under the sliders."""


def explain_overlaps(trace: TransposedTrace) -> None:
    """Show how often each output of the layer is stamped, and the same for a kernel and a stride to choose."""
    st.markdown(
        "**How often each output is stamped** "
        "Where the counts are uneven, their pattern shows through whatever the layer has learned."
    )
    own, chosen = st.columns(2, gap="large")
    with own:
        show_maps({"taps on each output of this layer": trace.overlap_counts.astype(float)})
        rows, columns = map(verdict, trace.axes)
        lines = [f"In each direction {rows}"] if rows == columns else [f"Down: {rows}", f"Across: {columns}"]
        unreached = unreached_sentence(trace)
        st.markdown("  \n".join([*lines, unreached] if unreached else lines))
    with chosen:
        kernel_place, stride_place = st.columns(2)
        kernel = kernel_place.slider("Kernel k", 1, 7, key="checkerboard_kernel", persist_state="session")
        stride = stride_place.slider("Stride s", 1, 4, key="checkerboard_stride", persist_state="session")
        axis = TransposedAxis(INPUTS, before=0, after=0, kernel=kernel, stride=stride, dilation=1, output_padding=0)
        counts = ", ".join(map(str, axis.overlaps))
        st.markdown(f"{INPUTS} inputs in a row, k = {kernel}, s = {stride}: **{counts}**  \n{verdict(axis)}")
        counted = overlap_counts((axis, axis)).astype(float)
        show_maps({f"{INPUTS}×{INPUTS} inputs, k = {kernel}, s = {stride}": counted})
