"""Examples for the page on which a network learns."""

from typing import Any

from learning.data_sets import DataSet
from learning.recipe import FIRST_MAPS, SECOND_MAPS, Shrinking
from sharing.examples import Example
from sharing.optimizers import OptimizerName
from sharing.training import LAST, ChosenRun, TrainingView


def _moment(
    title: str, summary: str, view: TrainingView, checkpoint: int = LAST, data_set: DataSet = DataSet.DIGITS
) -> Example:
    fields = {"data_set": data_set, "run": ChosenRun.RECORDED, "view": view, "checkpoint": checkpoint}
    return Example(title, summary, fields)


def _own_run(title: str, summary: str, **more: Any) -> Example:
    fields = {
        "data_set": DataSet.DIGITS,
        "run": ChosenRun.OWN,
        "view": TrainingView.LEARNING,
        "epochs": 3,
        "seed": 0,
        "learning_rate": 10,
    }
    return Example(title, summary, fields | {"optimizer": OptimizerName.ADAM} | more)


MOMENTS = {
    "trained": _moment(
        "Trained: 970 of 1,000 digits read right",
        "15 epochs over 4,000 digits. Go back along the slider and see how it came there.",
        TrainingView.LEARNING,
    ),
    "start": _moment(
        "The start: it cannot read",
        "The kernels are random, and 912 of 1,000 digits are read as a 0: 90 are right by chance.",
        TrainingView.LEARNING,
        0,
    ),
    "one-epoch": _moment(
        "One epoch: 836 of 1,000, from kernels that look the same",
        "After 63 steps no weight of the first layer has moved by more than 0.072, and most digits are read.",
        TrainingView.LEARNING,
        29,
    ),
    "maps": _moment(
        "One digit through every layer",
        "16 maps, pooled, then 32 maps of those, pooled, then ten scores.",
        TrainingView.DIGIT,
    ),
    "maps-start": _moment(
        "The same digit before anything was learned",
        "Random kernels make maps too, and much alike: what is missing is what to make of them.",
        TrainingView.DIGIT,
        0,
    ),
    "misread": _moment(
        "The digits that it still misreads",
        "Thirty are left, and of some of them a person would not be sure either.",
        TrainingView.MISTAKES,
    ),
    "draw": _moment(
        "Draw a digit yourself",
        "With a mouse, a finger or a stylus; every layer shows what it makes of it, at any checkpoint.",
        TrainingView.DRAW,
    ),
    "half-trained": _moment(
        "What it mixes up on the way",
        "After one epoch 22 of 100 fours are read as nines, and 10 of 100 sevens: they share their strokes.",
        TrainingView.MISTAKES,
        29,
    ),
    "clothes": _moment(
        "Clothes for digits: 867 of 1,000",
        "The same network, on 6,000 photographs: they are harder. Of what it has seen, it reads 91 of 100.",
        TrainingView.LEARNING,
        data_set=DataSet.CLOTHES,
    ),
    "shirts": _moment(
        "Shirts are what it mixes up",
        "In the end 97 of 100 sandals are read right, but 68 of 100 shirts: 17 are read as coats, 7 as pullovers.",
        TrainingView.MISTAKES,
        data_set=DataSet.CLOTHES,
    ),
    "shirts-early": _moment(
        "After one epoch it hardly knows a shirt",
        "7 of 100 shirts are read as shirts, 35 as pullovers. Play on, and see them come apart.",
        TrainingView.MISTAKES,
        31,
        data_set=DataSet.CLOTHES,
    ),
    "one-linear-map": _own_run(
        "A network that is one linear map",
        "Without ReLU, and with averages for maxima, 3 epochs come to 88 of 100 digits. Train it; then with ReLU: 92.",
        first_maps=FIRST_MAPS,
        second_maps=SECOND_MAPS,
        relu=False,
        shrinking=Shrinking.AVERAGE_POOLING,
    ),
    "few-kernels": _own_run(
        "Two kernels and four: a tenth of the parameters",
        "After 3 epochs 2,066 parameters read 78 of 100 digits, and 20,490 read 92. Train it, and look at its maps.",
        first_maps=2,
        second_maps=4,
        relu=True,
        shrinking=Shrinking.MAX_POOLING,
    ),
}
"""Moments of the recorded run, and runs that are trained when they are asked for, by a name of their own."""
