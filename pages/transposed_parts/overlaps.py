"""How often the stamps of a transposed layer meet, and whether its weights make a checkerboard."""

import streamlit as st

from engine import TransposedAxis, TransposedTrace, overlap_counts
from engine.messages import fill
from kinds.transposed.overlap_words import TEMPLATES, phases, sums_sentence, unreached_sentence, verdict
from pages.shared.maps import show_maps

MORE = "On a picture, five ways"
INPUTS = 5
"""Inputs in each direction under the sliders."""


def explain_overlaps(trace: TransposedTrace) -> None:
    """Show how often each output of the layer is stamped, and the same for a kernel and a stride to choose."""
    st.markdown(
        "**How often each output is stamped** "
        "Equal weights make a checkerboard where the counts are uneven; other weights may make none there, or one "
        "where they are even."
    )
    own, chosen = st.columns(2, gap="large")
    with own:
        show_maps({"taps on each output of this layer": trace.overlap_counts.astype(float)})
        rows, columns = map(verdict, trace.axes)
        lines = [f"In each direction {rows}"] if rows == columns else [f"Down: {rows}", f"Across: {columns}"]
        unreached = unreached_sentence(trace)
        st.markdown("  \n".join([*lines, unreached] if unreached else lines))
        _explain_sums(trace)
    with chosen:
        kernel_place, stride_place = st.columns(2)
        kernel = kernel_place.slider("Kernel k", 1, 7, key="checkerboard_kernel", persist_state="session")
        stride = stride_place.slider("Stride s", 1, 4, key="checkerboard_stride", persist_state="session")
        axis = TransposedAxis(INPUTS, before=0, after=0, kernel=kernel, stride=stride, dilation=1, output_padding=0)
        counts = ", ".join(map(str, axis.overlaps))
        st.markdown(f"{INPUTS} inputs in a row, k = {kernel}, s = {stride}: **{counts}**  \n{verdict(axis)}")
        counted = overlap_counts((axis, axis)).astype(float)
        show_maps({f"{INPUTS}×{INPUTS} inputs, k = {kernel}, s = {stride}": counted})


def _explain_sums(trace: TransposedTrace) -> None:
    """Show the sums of the layer's weights by phase, of its first map, and the number for the checkerboard."""
    st.markdown(TEMPLATES["condition"])
    sums = phases(trace)
    key = "sums.map" if len(sums) == 1 else "sums.map.of"
    show_maps({fill(TEMPLATES[key], {"channel": 0, "count": len(sums)}): sums[0].round(9)})
    st.markdown(sums_sentence(sums[0]))
    st.page_link("pages/upsampling.py", label=MORE, icon=":material/photo_size_select_large:")
