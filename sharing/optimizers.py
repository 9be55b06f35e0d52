"""The choice of an optimizer and its learning rate, as pages on which something is learned have it."""

from enum import StrEnum, auto
from typing import Annotated

from engine import SGD, Adam, Optimizer
from sharing.fields import Stops

RATES_IN_ONE = 10_000
MOMENTUM = 0.9

Rate = Annotated[int, Stops(1, RATES_IN_ONE)]
"""A learning rate in ten-thousandths."""


class OptimizerName(StrEnum):
    """How a step follows from a gradient."""

    SGD = auto()
    MOMENTUM = auto()
    ADAM = auto()


def chosen_optimizer(name: OptimizerName, learning_rate: int) -> Optimizer:
    """Return the optimizer of a name, with a learning rate in ten-thousandths.

    >>> chosen_optimizer(OptimizerName.MOMENTUM, 300)
    SGD(lr=0.03, momentum=0.9)
    """
    rate = learning_rate / RATES_IN_ONE
    match name:
        case OptimizerName.SGD:
            return SGD(rate)
        case OptimizerName.MOMENTUM:
            return SGD(rate, MOMENTUM)
        case OptimizerName.ADAM:
            return Adam(rate)
