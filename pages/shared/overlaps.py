"""How often the stamps of a transposed layer meet, and the checkerboard that shows where they meet unevenly."""

from collections import Counter

import numpy as np
import streamlit as st

from engine import TransposedAxis, TransposedTrace
from engine.arrays import Floats
from pages.shared.maps import show_maps

INPUTS = 5
"""Inputs in each direction under the sliders."""


def counts_away_from_the_border(kernel: int, stride: int, dilation: int = 1) -> tuple[int, ...]:
    """How many taps land on each of `stride` cells in a row, far from the border.

    >>> counts_away_from_the_border(3, 2), counts_away_from_the_border(4, 2)
    ((2, 1), (2, 2))
    """
    landed = Counter(dilation * tap % stride for tap in range(kernel))
    return tuple(landed[cell] for cell in range(stride))


def verdict(kernel: int, stride: int, dilation: int = 1) -> str:
    """Whether stamps meet evenly away from the border, and why.

    >>> verdict(3, 2)
    '3 is not divisible by 2: away from the border the counts go 2, 1, 2, 1 …, a checkerboard.'
    >>> verdict(4, 2)
    '4 is divisible by 2: away from the border every cell is stamped 2 times.'
    """
    counts = counts_away_from_the_border(kernel, stride, dilation)
    divides = f"{kernel} is {'not ' if kernel % stride else ''}divisible by {stride}"
    if len(set(counts)) == 1:
        times = "once" if counts[0] == 1 else f"{counts[0]} times"
        return f"{divides}: away from the border every cell is stamped {times}."
    why = divides if kernel % stride else f"{divides}, but the taps stand {dilation} apart"
    again = ", ".join(map(str, counts * 2))
    return f"{why}: away from the border the counts go {again} …, a checkerboard{' with holes' * (0 in counts)}."


def own_verdict(axis: TransposedAxis) -> str:
    """The verdict of one direction of a layer, and whether its input is large enough to show it.

    >>> own_verdict(TransposedAxis(length=2, padding=0, kernel=3, stride=1, dilation=1, extra=0))
    '3 is divisible by 1: away from the border every cell is stamped 3 times. This input is too small to get there.'
    """
    said = verdict(axis.kernel, axis.stride, axis.dilation)
    most = max(counts_away_from_the_border(axis.kernel, axis.stride, axis.dilation))
    return said if max(axis.overlaps) >= most else f"{said} This input is too small to get there."


def overlap_map(axes: tuple[TransposedAxis, TransposedAxis]) -> Floats:
    """How many taps land on each output cell, (rows, columns)."""
    rows, columns = axes
    return np.multiply.outer(rows.overlaps, columns.overlaps).astype(float)


def explain_overlaps(trace: TransposedTrace) -> None:
    """Show how often each output of the layer is stamped, and the same for a kernel and a stride to choose."""
    st.markdown(
        "**How often each output is stamped** "
        "Where the counts are uneven, their pattern shows through whatever the layer has learned."
    )
    own, chosen = st.columns(2, gap="large")
    with own:
        show_maps({"taps on each output of this layer": overlap_map(trace.axes)})
        rows, columns = map(own_verdict, trace.axes)
        st.markdown(f"In each direction {rows}" if rows == columns else f"Down: {rows}  \nAcross: {columns}")
    with chosen:
        kernel_place, stride_place = st.columns(2)
        kernel = kernel_place.slider("Kernel k", 1, 7, key="checkerboard_kernel", persist_state="session")
        stride = stride_place.slider("Stride s", 1, 4, key="checkerboard_stride", persist_state="session")
        axis = TransposedAxis(INPUTS, padding=0, kernel=kernel, stride=stride, dilation=1, extra=0)
        counts = ", ".join(map(str, axis.overlaps))
        st.markdown(f"{INPUTS} inputs in a row, k = {kernel}, s = {stride}: **{counts}**  \n{verdict(kernel, stride)}")
        show_maps({f"{INPUTS}×{INPUTS} inputs, k = {kernel}, s = {stride}": overlap_map((axis, axis))})
