"""What stands under the stage: the output-size formula with this layer's numbers, and what is never read."""

from math import ceil, floor

import streamlit as st

from engine import Axis, MaxPool2d, PoolingTrace, Trace
from engine.pooling import Pooling


def size_formula(axis: Axis) -> str:
    """The output size of one direction, every number substituted and the floor shown.

    >>> from engine import PaddingMode
    >>> size_formula(Axis(5, 1, 1, 2, 2, 1, PaddingMode.ZEROS))
    '⌊(5 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3'
    """
    span = f"{axis.length} + {axis.before} + {axis.after} − {axis.dilation}·({axis.kernel} − 1) − 1"
    room = axis.padded - axis.extent
    quotient = f"⌊{room} / {axis.stride}⌋ + 1 = ⌊{room / axis.stride:g}⌋ + 1"
    return f"⌊({span}) / {axis.stride}⌋ + 1 = {quotient} = {axis.output}"


def _listed(indices: tuple[int, ...], one: str, many: str) -> str:
    numbers = [str(index) for index in indices]
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    return f"{many} {', '.join(numbers[:-1])} and {numbers[-1]}"


def pooled_size_formula(layer: Pooling, axis: Axis) -> str:
    """The output size of one direction of a pooling layer, rounded up where `ceil_mode` says so.

    >>> from engine import MaxPool2d
    >>> layer = MaxPool2d(2, ceil_mode=True)
    >>> pooled_size_formula(layer, layer.axes(5, 5)[0])
    '⌈(5 + 2·0 − 1·(2 − 1) − 1) / 2⌉ + 1 = ⌈1.5⌉ + 1 = 3'
    """
    opening, closing = "⌈⌉" if layer.ceil_mode else "⌊⌋"
    room = (axis.length + 2 * axis.before - axis.extent) / axis.stride
    span = f"{axis.length} + 2·{axis.before} − {axis.dilation}·({axis.kernel} − 1) − 1"
    size = (ceil(room) if layer.ceil_mode else floor(room)) + 1
    formula = f"{opening}({span}) / {axis.stride}{closing} + 1 = {opening}{room:g}{closing} + 1 = {size}"
    if size > axis.output:
        formula += f", less the last, which would start behind the input: {axis.output}"
    return formula


def unread_sentence(trace: Trace | PoolingTrace) -> str:
    """Which rows and columns of the padded input no window reads, counted from 0 at the top left."""
    rows, columns = (axis.unread for axis in trace.axes)
    found = [_listed(rows, "row", "rows")] if rows else []
    found += [_listed(columns, "column", "columns")] if columns else []
    if not found:
        return "Every row and column of the padded input is read."
    return _never_read(" and ".join(found), len(rows) + len(columns))


def unread_values_sentence(trace: Trace) -> str:
    """Which values of a padded sequence no window reads, counted from 0."""
    unread = trace.axes[1].unread
    return _never_read(_listed(unread, "value", "values"), len(unread)) if unread else "Every value is read."


def _never_read(found: str, count: int) -> str:
    are = "is" if count == 1 else "are"
    return f"Never read: {found} of the padded input {are} hatched on the stage (counted from 0)."


def pooling_summary(trace: PoolingTrace) -> str:
    """What a pooling layer does in one sentence, for a layer that no preset describes."""
    terms = trace.windows.shape[1]
    made = "the largest" if isinstance(trace.layer, MaxPool2d) else "the mean"
    of = f"{terms} values" if terms > 1 else "1 value"
    return f"{sized(trace.input.shape)} in, {sized(trace.output.shape)} out: {made} of {of} for every output."


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    return _summary(sized(trace.input.shape), sized(trace.output.shape), trace)


def sequence_summary(trace: Trace) -> str:
    """The same for a layer over a sequence."""
    return _summary(_long(trace.input.shape), _long(trace.output.shape), trace)


def _summary(read: str, made: str, trace: Trace) -> str:
    return f"{read} in, {made} out: {_terms(trace)} for every output, {trace.products.size:,} in all."


def separable_summary(depthwise: Trace, pointwise: Trace) -> str:
    """The same for a depthwise layer and the pointwise one after it."""
    multiplies = depthwise.products.size + pointwise.products.size
    return (
        f"{sized(depthwise.input.shape)} in, {sized(pointwise.output.shape)} out: {_terms(depthwise)} for every value "
        f"between the two layers, {_terms(pointwise)} for every output, {multiplies:,} products in all."
    )


def _terms(trace: Trace) -> str:
    """What is added up to one number of a layer's output."""
    terms = trace.products.shape[1] * trace.products.shape[2]
    products = f"{terms:,} products" if terms > 1 else "1 product"
    return products if trace.bias is None else f"{products} and a bias"


def _long(shape: tuple[int, ...]) -> str:
    """A shape (channels, 1, values) in words."""
    channels, _, length = shape
    values = "1 value" if length == 1 else f"{length} values"
    return f"{channels} {'channel' if channels == 1 else 'channels'} of {values}"


def sized(shape: tuple[int, ...]) -> str:
    """A shape (channels, rows, columns) in words."""
    channels, height, width = shape
    return f"{channels} {'channel' if channels == 1 else 'channels'} of {height}×{width}"


_FORMULA = "⌊(input + padding before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1"


def explain_size(trace: Trace | None, what: str = "Output size") -> None:
    """Show the output-size formula; for a layer that works, with its numbers and with what is never read."""
    lines = [f"**{what}** = {_FORMULA}"]
    if trace is not None:
        rows, columns = (size_formula(axis) for axis in trace.axes)
        lines += [f"rows: {rows}", f"columns: {columns}", unread_sentence(trace)]
    st.markdown("  \n".join(lines))


def explain_length(trace: Trace | None) -> None:
    """The same for a layer over a sequence, which has columns only."""
    lines = [f"**Output length** = {_FORMULA}"]
    if trace is not None:
        lines += [size_formula(trace.axes[1]), unread_values_sentence(trace)]
    st.markdown("  \n".join(lines))


def explain_pooled_size(trace: PoolingTrace | None) -> None:
    """The same for a pooling layer, whose size `ceil_mode` rounds up instead of down."""
    lines = ["**Output size** = ⌊(input + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, ⌈…⌉ with ceil_mode"]
    if trace is not None:
        rows, columns = (pooled_size_formula(trace.layer, axis) for axis in trace.axes)
        lines += [f"rows: {rows}", f"columns: {columns}", unread_sentence(trace)]
    st.markdown("  \n".join(lines))
