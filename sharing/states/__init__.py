"""The state of each page with a stage: its own fields, its layer, and the shapes of its numbers."""

from sharing.states.grouped import GroupedState, GroupedView
from sharing.states.page import PaddingChoice, PageState, Values
from sharing.states.pooling import PoolingKind, PoolingState
from sharing.states.separable import SeparableState, SeparableView
from sharing.states.sequence import SequencePadding, SequenceState
from sharing.states.standard import StandardState, StandardView
from sharing.states.transposed import TransposedState, TransposedView

__all__ = [
    "STATES",
    "GroupedState",
    "GroupedView",
    "PaddingChoice",
    "PageState",
    "PoolingKind",
    "PoolingState",
    "SeparableState",
    "SeparableView",
    "SequencePadding",
    "SequenceState",
    "StandardState",
    "StandardView",
    "TransposedState",
    "TransposedView",
    "Values",
]

STATES: dict[str, type[PageState]] = {
    one.page: one for one in (StandardState, GroupedState, SeparableState, TransposedState, PoolingState, SequenceState)
}
"""The state of every page with a stage, by the name of the page in a link."""
