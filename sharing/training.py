"""The state of the page on which a network learns: which run, which checkpoint, picture, and cell of a map."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated, ClassVar

from learning.data_sets import HELD_OUT, SIDE, DataSet
from learning.recipe import FIRST_MAPS, LESSON, RECORDED, SECOND_MAPS, Recipe, Shrinking, two_convolutions
from learning.recording import CHECKPOINTS
from sharing.fields import Limits, Seed, Stops, check_number, limits
from sharing.optimizers import OptimizerName, Rate, chosen_optimizer

LAST = CHECKPOINTS - 1
MOST_EPOCHS = LESSON.epochs
Cell = Annotated[int, Limits(0, SIDE - 1)]
SecondCell = Annotated[int, Limits(0, SIDE // 2 - 1)]
_OF_FIRST_CELL = "map_row", "map_column"
_OF_SECOND_CELL = "second_map_number", "second_map_row", "second_map_column"


@dataclass(frozen=True)
class MapCell:
    """A cell of a map that a convolution makes; `layer` is 0 for the network's first convolution, 1 for its second."""

    layer: int
    number: int
    row: int
    column: int


class TrainingView(StrEnum):
    """What the page shows of a run."""

    LEARNING = auto()
    """Its losses, and what has changed in the kernels."""
    DIGIT = auto()
    """What every layer makes of one picture."""
    MISTAKES = auto()
    """Which pictures are read as which."""
    DRAW = auto()
    """What every layer makes of what somebody draws."""


class ChosenRun(StrEnum):
    """Which run is shown."""

    RECORDED = auto()
    """The one that is recorded, of the lesson's network."""
    OWN = auto()
    """One that is trained on the server, by settings of one's own."""


OF_OWN_RUN = (
    "epochs", "optimizer", "learning_rate", "first_maps", "second_maps", "relu", "shrinking", "seed",
)  # fmt: skip
"""The names of the fields that say how one's own run is trained."""


@dataclass(frozen=True)
class TrainingState:
    """Everything that can be chosen on the page on which a network learns. What is shown counts from 0.

    `digit` is one of the pictures that are held out, of clothes too: links have that name. A map is one that the first
    layer makes of it, and the cell one of its; so are those of the second layer.
    What somebody draws is in no link; `centred` is whether it is scaled and centred as MNIST's digits were.
    `learning_rate` is in ten-thousandths; `first_maps` and `second_maps` are how many kernels the two layers have.
    """

    page: ClassVar[str] = "train_a_network"

    view: TrainingView = TrainingView.LEARNING
    checkpoint: Annotated[int, Stops(0, LAST)] = LAST
    digit: Annotated[int, Limits(0, HELD_OUT - 1)] = 13
    map_number: Annotated[int, Limits(0, FIRST_MAPS - 1)] = 0
    map_row: Cell = 13
    map_column: Cell = 13
    second_map_number: Annotated[int, Limits(0, SECOND_MAPS - 1)] = 0
    second_map_row: SecondCell = 6
    second_map_column: SecondCell = 6
    centred: bool = True
    data_set: DataSet = DataSet.DIGITS
    run: ChosenRun = ChosenRun.RECORDED
    epochs: Annotated[int, Limits(1, MOST_EPOCHS)] = 3
    optimizer: OptimizerName = OptimizerName.ADAM
    learning_rate: Rate = 10
    first_maps: Annotated[int, Limits(1, FIRST_MAPS)] = FIRST_MAPS
    second_maps: Annotated[int, Limits(1, SECOND_MAPS)] = SECOND_MAPS
    relu: bool = True
    shrinking: Shrinking = Shrinking.MAX_POOLING
    seed: Seed = 0

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked.

        >>> sorted(TrainingState(run=ChosenRun.OWN).idle())
        ['centred', 'map_column', 'map_row', 'second_map_column', 'second_map_number', 'second_map_row']
        """
        return self._idle_in_view() | (set() if self.run is ChosenRun.OWN else {*OF_OWN_RUN})

    def _idle_in_view(self) -> set[str]:
        match self.view:
            case TrainingView.LEARNING:
                return {"centred", *_OF_FIRST_CELL, *_OF_SECOND_CELL}
            case TrainingView.DIGIT:
                return {"centred"}
            case TrainingView.MISTAKES:
                return {"centred", "map_number", *_OF_FIRST_CELL, *_OF_SECOND_CELL}
            case TrainingView.DRAW:
                return {"digit"} | (set() if self.data_set is DataSet.DIGITS else {"centred"})

    def recipe(self) -> Recipe:
        """Return what is trained, and how. The state has no fault.

        >>> TrainingState(run=ChosenRun.OWN, epochs=15).recipe() == TrainingState().recipe() == LESSON
        True
        """
        if self.run is ChosenRun.RECORDED:
            return RECORDED[self.data_set]
        layers = two_convolutions(self.first_maps, self.second_maps, self.relu, self.shrinking)
        optimizer = chosen_optimizer(self.optimizer, self.learning_rate)
        return Recipe(layers, optimizer, epochs=self.epochs, seed=self.seed, data_set=self.data_set)

    def cells(self) -> tuple[MapCell, MapCell]:
        """Return the cell that is marked of the first layer's maps, and that of the second's."""
        return (
            MapCell(0, self.map_number, self.map_row, self.map_column),
            MapCell(1, self.second_map_number, self.second_map_row, self.second_map_column),
        )

    def limits(self) -> dict[str, Limits]:
        """The bounds of every number that counts: fewer kernels make fewer maps, and strides smaller ones."""
        idle = self.idle()
        bounds = limits(type(self))
        if self.run is ChosenRun.OWN:
            for name, maps in (("map_number", "first_maps"), ("second_map_number", "second_maps")):
                bounds[name] = Limits(0, bounds[maps].nearest(getattr(self, maps) or 1) - 1)
            if self.shrinking is Shrinking.STRIDES:
                bounds |= dict.fromkeys(_OF_FIRST_CELL, Limits(0, SIDE // 2 - 1))
                bounds |= dict.fromkeys(_OF_SECOND_CELL[1:], Limits(0, SIDE // 4 - 1))
        return {name: one for name, one in bounds.items() if name not in idle}

    def check(self) -> None:
        """LayerError where a number is missing or out of bounds."""
        for name, bounds in self.limits().items():
            check_number(name, getattr(self, name), bounds)
