"""How a step of learning follows from a gradient: plain descent, with momentum, and Adam, each as in torch.optim."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Floats

Memory = tuple[Floats, ...]
"""What an optimizer keeps from step to step: arrays of the shape of the weight, none before the first step."""


@dataclass(frozen=True)
class SGD:
    """Gradient descent: torch.optim.SGD, with its argument for momentum.

    The weight goes against a velocity, which is the gradient plus `momentum` times the velocity before. Source: Polyak
    (1964), in the form that Sutskever, Martens, Dahl and Hinton (2013) compare it with.
    """

    lr: float = 0.001
    momentum: float = 0.0

    def moved(self, gradient: Floats, memory: Memory, number: int) -> tuple[Floats, Memory]:
        """Return what step `number`, counted from 1, adds to the weight, and what is kept for the next.

        >>> SGD(lr=0.1, momentum=0.5).moved(np.array([2.0]), (np.array([4.0]),), 2)
        (array([-0.4]), (array([4.]),))
        """
        velocity = gradient + self.momentum * memory[0] if memory else gradient
        return -self.lr * velocity, (velocity,)


@dataclass(frozen=True)
class Adam:
    """Adam: torch.optim.Adam. Source: Kingma and Ba (2015), algorithm 1."""

    lr: float = 0.001
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8

    def moved(self, gradient: Floats, memory: Memory, number: int) -> tuple[Floats, Memory]:
        """Return what step `number`, counted from 1, adds to the weight, and what is kept for the next.

        The first step is the rate itself, however large the gradient is:

        >>> Adam(lr=0.1).moved(np.array([2.0, -600.0]), (), 1)[0].round(6)
        array([-0.1,  0.1])
        """
        mean, square = memory or (np.zeros_like(gradient), np.zeros_like(gradient))
        first, second = self.betas
        mean = first * mean + (1 - first) * gradient
        square = second * square + (1 - second) * gradient**2
        rate = self.lr / (1 - first**number)
        return -rate * mean / (np.sqrt(square / (1 - second**number)) + self.eps), (mean, square)


Optimizer = SGD | Adam
