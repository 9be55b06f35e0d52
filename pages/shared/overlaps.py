"""How often the stamps of a transposed layer meet, and the checkerboard that shows where they meet unevenly."""

import streamlit as st

from engine import TransposedAxis, TransposedTrace, overlap_counts, periodic_overlaps, shows_period
from pages.shared.maps import show_maps

INPUTS = 5
"""Inputs in each direction under the sliders."""

MOST_LISTED = 12
"""With more rows or columns that no stamp reaches, only the first ones, the last, and their number are given."""


def verdict(axis: TransposedAxis) -> str:
    """Say whether the stamps of one direction meet evenly away from the border, why, and whether that can be seen.

    >>> verdict(TransposedAxis(length=5, padding=0, kernel=3, stride=2, dilation=1, output_padding=0))
    '3 is not divisible by 2: away from the border the counts go 2, 1, 2, 1 …, a checkerboard.'
    >>> verdict(TransposedAxis(length=5, padding=0, kernel=4, stride=2, dilation=1, output_padding=0))
    '4 is divisible by 2: away from the border every cell is stamped 2 times.'
    >>> verdict(TransposedAxis(length=2, padding=0, kernel=3, stride=1, dilation=1, output_padding=0))
    '3 is divisible by 1: away from the border every cell is stamped 3 times. This input is too small to get there.'
    """
    counts = periodic_overlaps(axis.kernel, axis.stride, axis.dilation)
    pattern = _pattern(axis, counts)
    return pattern if shows_period(axis) else f"{pattern} This input is too small to get there."


def _pattern(axis: TransposedAxis, counts: tuple[int, ...]) -> str:
    kernel, stride = axis.kernel, axis.stride
    divides = f"{kernel} is {'not ' if kernel % stride else ''}divisible by {stride}"
    if len(set(counts)) == 1:
        times = "once" if counts[0] == 1 else f"{counts[0]} times"
        return f"{divides}: away from the border every cell is stamped {times}."
    why = divides if kernel % stride else f"{divides}, but the taps stand {axis.dilation} apart"
    again = ", ".join(map(str, counts * 2))
    return f"{why}: away from the border the counts go {again} …, a checkerboard{' with holes' * (0 in counts)}."


def unreached_sentence(trace: TransposedTrace) -> str:
    """Say which rows and columns of the output no stamp reaches, counted from 0, and what they hold; '' for none.

    >>> from engine import ConvTranspose2d, record
    >>> layer = ConvTranspose2d(1, 1, 2, stride=2, output_padding=(1, 0), bias=False)
    >>> unreached_sentence(record(layer, [[[5.0]]], [[[[1, 2], [3, 4]]]]))
    'No stamp reaches row 2 of the output (counted from 0): without a bias the output is 0 there.'
    """
    holds = "without a bias the output is 0 there" if trace.bias is None else "the output is only the bias there"
    if not trace.overlap_counts.any():
        return f"No stamp reaches any cell of the output: {holds}."
    rows, columns = (axis.unreached for axis in trace.axes)
    found = [_listed(rows, "row", "rows")] if rows else []
    found += [_listed(columns, "column", "columns")] if columns else []
    return f"No stamp reaches {' and '.join(found)} of the output (counted from 0): {holds}." if found else ""


def _listed(cells: tuple[int, ...], one: str, many: str) -> str:
    if len(cells) == 1:
        return f"{one} {cells[0]}"
    if len(cells) > MOST_LISTED:
        return f"{many} {', '.join(map(str, cells[:3]))}, …, {cells[-1]} ({len(cells)} in all)"
    return f"{many} {', '.join(map(str, cells[:-1]))} and {cells[-1]}"


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
        axis = TransposedAxis(INPUTS, padding=0, kernel=kernel, stride=stride, dilation=1, output_padding=0)
        counts = ", ".join(map(str, axis.overlaps))
        st.markdown(f"{INPUTS} inputs in a row, k = {kernel}, s = {stride}: **{counts}**  \n{verdict(axis)}")
        counted = overlap_counts((axis, axis)).astype(float)
        show_maps({f"{INPUTS}×{INPUTS} inputs, k = {kernel}, s = {stride}": counted})
