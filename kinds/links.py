"""Which pages have a link, and what a link to one of them says."""

from typing import Any

from kinds.registry import STATES
from sharing.comparison import ComparisonState
from sharing.errors import Problem
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.link import Query, State, read_link
from sharing.training import TrainingState
from sharing.upsampling import UpsamplingState

LINKED: dict[str, type[State]] = {
    **STATES,
    LearningState.page: LearningState,
    TrainingState.page: TrainingState,
    ComparisonState.page: ComparisonState,
    ImagesState.page: ImagesState,
    UpsamplingState.page: UpsamplingState,
}
"""The state of every page that has a link, by the page's name, which is its path."""


def decode(page: str, query: Query) -> tuple[Any, tuple[Problem, ...]]:
    """Read the state of a page from a query, and say what in it was not understood; never raises.

    >>> state, problems = decode("standard", {"v": "1", "preset": "floor", "kernel_height": "7.5"})
    >>> state.kernel_height, *map(str, problems)
    (2, 'kernel_height is “7.5”, but it goes from 1 to 7: 2 is used.')
    """
    return read_link(LINKED[page], query, LINKED.values())
