"""Which transposed layers make the size that somebody wants: found for the page's question, each with what plays it."""

from dataclasses import dataclass, replace

from engine import LayerError, TransposedAxis, resizings, shared_resizings
from engine.checks import Pair
from engine.resizing import KERNELS, STRIDES
from kinds.transposed.state import QUESTION, TransposedState
from sharing.page_state import Values

MOST_FOUND = 40
"""So many layers are listed; a kernel or a stride narrows them down."""

SMALL = 4
"""Rows and columns of the input on which a layer is played whose own input is too large."""

Plans = tuple[TransposedAxis, ...]
"""The plan for the rows and the one for the columns, or that for one of them alone."""


@dataclass(frozen=True)
class Found:
    """Layers that make the wanted size, the best first; `has_more` where there are more than are listed."""

    plans: tuple[Plans, ...]
    has_more: bool


def bounds(state: TransposedState) -> tuple[range, range]:
    """The kernels and the strides that are looked at."""
    kernel, stride = state.wanted_kernel, state.wanted_stride
    return range(kernel, kernel + 1) if kernel else KERNELS, range(stride, stride + 1) if stride else STRIDES


def in_both_directions(state: TransposedState) -> Found:
    """The layers with one number for kernel, stride and padding that make the wanted size.

    >>> found = in_both_directions(TransposedState("stamps", 2, 2, given_height=15, given_width=13, wanted_height=240,
    ...     wanted_width=200, wanted_kernel=16, wanted_stride=16))
    >>> [(rows.before, rows.output_padding, columns.output_padding) for rows, columns in found.plans]
    [(4, 8, 0), (5, 10, 2), (6, 12, 4), (7, 14, 6)]
    """
    given, wanted = _sizes(state)
    return _listed(shared_resizings(given, wanted, *bounds(state), most=MOST_FOUND + 1))


def in_each_direction(state: TransposedState) -> tuple[Found, Found]:
    """The layers that make the wanted height, and those that make the wanted width."""
    rows, columns = (
        _listed(tuple((plan,) for plan in resizings(*sizes, *bounds(state), most=MOST_FOUND + 1)))
        for sizes in zip(*_sizes(state), strict=True)
    )
    return rows, columns


def playable(state: TransposedState, rows: TransposedAxis, columns: TransposedAxis) -> TransposedState | None:
    """The state that plays a layer, on a small input where that of the question is too large; None where it is too.

    It asks the same question as `state`.
    """
    asked = {name: getattr(state, name) for name in QUESTION}
    layer = TransposedState(
        preset="stamps",
        height=rows.length,
        width=columns.length,
        kernel_height=rows.kernel,
        kernel_width=columns.kernel,
        stride_height=rows.stride,
        stride_width=columns.stride,
        padding_height=rows.before,
        padding_width=columns.before,
        output_padding_height=rows.output_padding,
        output_padding_width=columns.output_padding,
        values=Values.WHOLE,
        **asked,
    )
    small = replace(layer, height=min(rows.length, SMALL), width=min(columns.length, SMALL))
    return next(filter(_is_possible, (layer, small)), None)


def _is_possible(state: TransposedState) -> bool:
    try:
        state.layer()
    except LayerError:
        return False
    return True


def _listed(plans: tuple[Plans, ...]) -> Found:
    return Found(plans[:MOST_FOUND], len(plans) > MOST_FOUND)


def _sizes(state: TransposedState) -> tuple[Pair, Pair]:
    return (state.given_height, state.given_width), (state.wanted_height, state.wanted_width)
