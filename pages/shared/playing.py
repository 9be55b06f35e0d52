"""The layer of each page's state, recorded, and what the stage is given of it."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from engine import LayerError, record
from kinds.grouped.state import GroupedState, GroupedView
from kinds.one_dimensional.state import SequenceState
from kinds.one_dimensional.words import summary as sequence_summary
from kinds.pooling.state import PoolingState
from kinds.pooling.words import summary as pooling_summary
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.separable.state import SeparableState, SeparableView
from kinds.separable.words import standard_cost
from kinds.separable.words import summary as separable_summary
from kinds.shared.window_words import summary
from kinds.standard.state import StandardState, StandardView
from kinds.transposed.state import TransposedState, TransposedView
from kinds.transposed.words import summary as transposed_summary
from pages.shared.byte_cache import cached_by_bytes
from sharing.page_state import PageState
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands
from stage.payload import (
    POINTWISE_ROLES,
    payload,
    payload_apart,
    payload_im2col,
    payload_matrix,
    payload_pooling,
    payload_separable,
)
from stage.transposed_payload import payload_transposed
from stage.transposed_scene import View

_STANDARD = {
    StandardView.WINDOWS: payload,
    StandardView.IM2COL: payload_im2col,
    StandardView.MATRIX: payload_matrix,
}
_GROUPED = {GroupedView.TOGETHER: payload, GroupedView.APART: payload_apart}
_TRANSPOSED = {
    TransposedView.ALL: tuple(View),
    TransposedView.STAMP: (View.STAMP,),
    TransposedView.ZERO_INSERTED: (View.ZERO_INSERTED,),
    TransposedView.MATRIX: (View.MATRIX,),
}


MOST_BYTES = 128_000_000
"""What the process keeps of the layers that were played last."""


@dataclass(frozen=True)
class Played:
    """A layer that works: what was recorded of it, what the stage is given, and a sentence on what it does."""

    record: Any  # the trace of the page's kind of layer; of the separable page, the traces of its two layers
    payload: dict[str, Any]
    summary: str


@cached_by_bytes(MOST_BYTES)
def play(state: PageState) -> Played:
    """Record the layer of a state; LayerError where there is none."""
    recorded, shown, sentence = _play(state)
    return Played(recorded, shown | {"id": str(hash(state))}, sentence)


@singledispatch
def _play(state: PageState) -> tuple[Any, dict[str, Any], str]:
    raise TypeError(f"{state!r} is not the state of a page with a stage")


@_play.register
def _(state: StandardState) -> tuple[Any, dict[str, Any], str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, _STANDARD[state.view](trace), summary(trace)


@_play.register
def _(state: GroupedState) -> tuple[Any, dict[str, Any], str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, _GROUPED[state.view](trace), summary(trace)


@_play.register
def _(state: SeparableState) -> tuple[Any, dict[str, Any], str]:
    layer, numbers = state.layer(), operands(state)
    depthwise = record(layer.depthwise, numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
    pointwise = record(layer.pointwise, depthwise.output, numbers[POINTWISE_KERNEL], numbers.get(POINTWISE_BIAS))
    if state.view is SeparableView.POINTWISE:
        shown = payload_im2col(pointwise, POINTWISE_ROLES)
    else:
        shown = payload_separable(depthwise, pointwise, standard_cost(state).macs)
    return (depthwise, pointwise), shown, separable_summary((depthwise, pointwise))


@_play.register
def _(state: TransposedState) -> tuple[Any, dict[str, Any], str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, payload_transposed(trace, _TRANSPOSED[state.view]), transposed_summary(trace)


@_play.register
def _(state: PoolingState) -> tuple[Any, dict[str, Any], str]:
    trace = record(state.layer(), operands(state)[INPUT])
    return trace, payload_pooling(trace), pooling_summary(trace)


@_play.register
def _(state: SequenceState) -> tuple[Any, dict[str, Any], str]:
    try:
        trace = record(state.layer(), *operands(state).values())
    except LayerError as error:
        raise _of_a_sequence(error) from error
    return trace, payload(trace), sequence_summary(trace)


def _of_a_sequence(error: LayerError) -> LayerError:
    """The same error in the words of one dimension: the engine takes a sequence for an image of a single row."""
    words = {"columns": "values", "column": "value", "at the left": "at the start", "at the right": "at the end"}
    parts = [error.given, error.rule, error.suggestion]
    for ours, theirs in words.items():
        parts = [part.replace(ours, theirs) for part in parts]
    return LayerError(error.parameter, *parts)
