"""The state of the page on which a network learns digits: which checkpoint, which digit, and which cell of a map."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated, ClassVar

from learning.digits import HELD_OUT, SIDE
from learning.recipe import FIRST_MAPS
from learning.recording import CHECKPOINTS
from sharing.fields import Limits, Stops, check_number, limits

LAST = CHECKPOINTS - 1
Cell = Annotated[int, Limits(0, SIDE - 1)]


class TrainingView(StrEnum):
    """What the page shows of a run."""

    LEARNING = auto()
    """Its losses, and what has changed in the kernels."""
    DIGIT = auto()
    """What every layer makes of one digit."""
    MISTAKES = auto()
    """Which digits are read as which."""
    DRAW = auto()
    """What every layer makes of a digit that somebody draws."""


@dataclass(frozen=True)
class TrainingState:
    """Everything that can be chosen on the page on which a network learns digits. All of it counts from 0.

    `digit` is one of those that are held out; a map is one that the first layer makes of it, and the cell one of its.
    What somebody draws is in no link; `centred` is whether it is scaled and centred as MNIST's digits were.
    """

    page: ClassVar[str] = "train_a_network"

    view: TrainingView = TrainingView.LEARNING
    checkpoint: Annotated[int, Stops(0, LAST)] = LAST
    digit: Annotated[int, Limits(0, HELD_OUT - 1)] = 13
    map_number: Annotated[int, Limits(0, FIRST_MAPS - 1)] = 0
    map_row: Cell = 13
    map_column: Cell = 13
    centred: bool = True

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked.

        >>> sorted(TrainingState().idle())
        ['centred', 'map_column', 'map_row']
        """
        match self.view:
            case TrainingView.LEARNING:
                return {"centred", "map_row", "map_column"}
            case TrainingView.DIGIT:
                return {"centred"}
            case TrainingView.MISTAKES:
                return {"centred", "map_number", "map_row", "map_column"}
            case TrainingView.DRAW:
                return {"digit"}

    def check(self) -> None:
        """LayerError where a number is missing or out of bounds."""
        for name, bounds in limits(type(self)).items():
            if name not in self.idle():
                check_number(name, getattr(self, name), bounds)
