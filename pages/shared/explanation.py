"""What stands under the stage: the output-size formula with this layer's numbers, and what is never read."""

import streamlit as st

from engine import Axis, Trace


def size_formula(axis: Axis) -> str:
    """The output size of one direction, every number substituted and the floor shown.

    >>> from engine import PaddingMode
    >>> size_formula(Axis(5, 1, 1, 2, 2, 1, PaddingMode.ZEROS))
    '⌊(5 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3'
    """
    span = f"{axis.length} + {axis.before} + {axis.after} − {axis.dilation}·({axis.kernel} − 1) − 1"
    room = axis.padded - axis.extent
    return f"⌊({span}) / {axis.stride}⌋ + 1 = ⌊{room} / {axis.stride}⌋ + 1 = ⌊{room / axis.stride:g}⌋ + 1 = {axis.output}"


def _listed(indices: tuple[int, ...], one: str, many: str) -> str:
    numbers = [str(index) for index in indices]
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    return f"{many} {', '.join(numbers[:-1])} and {numbers[-1]}"


def unread_sentence(trace: Trace) -> str:
    """Which rows and columns of the padded input no window reads, counted from 0 at the top left."""
    rows, columns = (axis.unread for axis in trace.axes)
    found = [_listed(rows, "row", "rows")] if rows else []
    found += [_listed(columns, "column", "columns")] if columns else []
    if not found:
        return "Every row and column of the padded input is read."
    are = "is" if len(rows) + len(columns) == 1 else "are"
    return f"Never read: {' and '.join(found)} of the padded input {are} hatched on the stage (counted from 0)."


def explain_size(trace: Trace) -> None:
    """Show the output-size formula for both directions, and the rows and columns that are never read."""
    rows, columns = (size_formula(axis) for axis in trace.axes)
    st.markdown(
        "**Output size** = ⌊(input + padding before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1  \n"
        f"rows: {rows}  \ncolumns: {columns}  \n{unread_sentence(trace)}"
    )
