"""The layer of each page's state, recorded, and what the stage is given of it."""

from dataclasses import dataclass, replace
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
from stage.model import Stage
from stage.stages import (
    POINTWISE_EDITABLE,
    im2col_stage,
    matrix_stage,
    pooling_stage,
    separable_stage,
    side_by_side_stage,
    windows_stage,
)
from stage.transposed_scene import View
from stage.transposed_stage import transposed_stage
from stage.wire import to_wire

_STANDARD = {
    StandardView.WINDOWS: windows_stage,
    StandardView.IM2COL: im2col_stage,
    StandardView.MATRIX: matrix_stage,
}
_GROUPED = {GroupedView.TOGETHER: windows_stage, GroupedView.APART: side_by_side_stage}
_TRANSPOSED = {
    TransposedView.ALL: tuple(View),
    TransposedView.STAMP: (View.STAMP,),
    TransposedView.ZERO_INSERTED: (View.ZERO_INSERTED,),
    TransposedView.MATRIX: (View.MATRIX,),
}


MOST_BYTES = 64_000_000
"""What the process keeps of the layers that were played last, and as much again of what was sent of them."""


@dataclass(frozen=True)
class Played:
    """A layer that works: what was recorded of it, what the stage is given, and a sentence on what it does."""

    record: Any  # the trace of the page's kind of layer; of the separable page, the traces of its two layers
    stage: Stage
    summary: str


@cached_by_bytes(MOST_BYTES)
def play(state: PageState) -> Played:
    """Record the layer of a state; LayerError where there is none."""
    recorded, shown, sentence = _play(state)
    return Played(recorded, replace(shown, id=str(hash(state))), sentence)


@cached_by_bytes(MOST_BYTES)
def sent(state: PageState) -> dict[str, Any]:
    """What the browser is given of the layer of a state; LayerError where there is none."""
    return to_wire(play(state).stage)


@singledispatch
def _play(state: PageState) -> tuple[Any, Stage, str]:
    raise TypeError(f"{state!r} is not the state of a page with a stage")


@_play.register
def _(state: StandardState) -> tuple[Any, Stage, str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, _STANDARD[state.view](trace), summary(trace)


@_play.register
def _(state: GroupedState) -> tuple[Any, Stage, str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, _GROUPED[state.view](trace), summary(trace)


@_play.register
def _(state: SeparableState) -> tuple[Any, Stage, str]:
    layer, numbers = state.layer(), operands(state)
    depthwise = record(layer.depthwise, numbers[INPUT], numbers[KERNEL], numbers.get(BIAS))
    pointwise = record(layer.pointwise, depthwise.output, numbers[POINTWISE_KERNEL], numbers.get(POINTWISE_BIAS))
    if state.view is SeparableView.POINTWISE:
        shown = im2col_stage(pointwise, POINTWISE_EDITABLE)
    else:
        shown = separable_stage(depthwise, pointwise, standard_cost(state).macs)
    return (depthwise, pointwise), shown, separable_summary((depthwise, pointwise))


@_play.register
def _(state: TransposedState) -> tuple[Any, Stage, str]:
    trace = record(state.layer(), *operands(state).values())
    return trace, transposed_stage(trace, _TRANSPOSED[state.view]), transposed_summary(trace)


@_play.register
def _(state: PoolingState) -> tuple[Any, Stage, str]:
    trace = record(state.layer(), operands(state)[INPUT])
    return trace, pooling_stage(trace), pooling_summary(trace)


@_play.register
def _(state: SequenceState) -> tuple[Any, Stage, str]:
    try:
        trace = record(state.layer(), *operands(state).values())
    except LayerError as error:
        raise _of_a_sequence(error) from error
    return trace, windows_stage(trace), sequence_summary(trace)


def _of_a_sequence(error: LayerError) -> LayerError:
    """The same error in the words of one dimension: the engine takes a sequence for an image of a single row."""
    words = {"columns": "values", "column": "value", "at the left": "at the start", "at the right": "at the end"}
    parts = [error.given, error.rule, error.suggestion]
    for ours, theirs in words.items():
        parts = [part.replace(ours, theirs) for part in parts]
    return LayerError(error.parameter, *parts)
