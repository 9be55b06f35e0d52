"""The layer of each page's state, recorded, and what the stage is given of it; both are kept for a while."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from engine import LayerError
from kinds.registry import spec_of
from pages.shared.byte_cache import cached_by_bytes
from pages.shared.faults import in_words_of_controls
from sharing.page_state import PageState
from stage.model import Stage
from stage.wire import to_wire

MOST_BYTES = 64_000_000
"""What the process keeps of the layers that were played last, and as much again of what was sent of them."""


@dataclass(frozen=True)
class Played:
    """A layer that works: what was recorded of it, what the stage is given, and a sentence on what it does."""

    record: Any  # as the kind's own `play` returns it: a trace, or several
    stage: Stage
    summary: str


@cached_by_bytes(MOST_BYTES)
def play(state: PageState) -> Played:
    """Record the layer of a state; LayerError, in the words of its controls, where there is none."""
    spec = spec_of(state)
    try:
        recorded, stage = spec.play(state)
    except LayerError as error:
        raise in_words_of_controls(state, error) from error
    shapes = {role.name: shape for role, shape in state.shapes().items()}
    return Played(recorded, replace(stage, shapes=shapes, id=_id_of(state)), spec.summary(recorded))


@cached_by_bytes(MOST_BYTES)
def sent(state: PageState) -> dict[str, Any]:
    """What the browser is given of the layer of a state; LayerError where there is none."""
    return to_wire(play(state).stage)


def _id_of(state: PageState) -> str:
    """What tells one state from another: the same in every process, for several may serve one browser."""
    return sha256(repr(state).encode()).hexdigest()[:16]
