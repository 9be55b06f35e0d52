"""A kernel that is learned: the steps of descent on the squared error, and what decides whether they arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats, checked_gradient, checked_weight, im2col
from engine.layers import ConvNd
from engine.optimizers import Memory, Optimizer

MOST_LOSS = 1e100
"""A run ends with the first loss above it: the next ones could no longer be told from infinity."""


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be learned: the weight that makes `wanted` of `inputs`, with a layer that has no bias.

    Arrays have a batch's axis first: `inputs` is (batch, in_channels, *size), and `wanted` has the output's shape.
    `patches` are what a filter reads, a window a column: (groups, taps of a filter, windows of all of the batch).
    """

    layer: ConvNd
    inputs: Floats
    wanted: Floats
    patches: Floats

    def output(self, weight: Floats) -> Floats:
        """Return the output of a weight, of the shape of `wanted`."""
        rows = weight.reshape(self.layer.groups, -1, self.patches.shape[1])
        return self._as_images(rows @ self.patches)

    def gradient(self, grad_output: Floats) -> Floats:
        """Return the gradient of the weight, given that of the output: the sum of the gradients of the batch."""
        maps = self._as_rows(grad_output)
        return (maps @ self.patches.swapaxes(1, 2)).reshape(self.layer.weight_shape)

    def loss(self, weight: Floats) -> float:
        """Return the squared error of a weight, summed over all of the output."""
        return float(((self.output(weight) - self.wanted) ** 2).sum())

    @cached_property
    def best_weight(self) -> Floats:
        """A weight whose squared error no other's is below; where many have it, the shortest of them."""
        wanted = self._as_rows(self.wanted)
        found = [
            np.linalg.lstsq(patches.T, maps.T, rcond=None)[0].T
            for patches, maps in zip(self.patches, wanted, strict=True)
        ]
        return np.array(found).reshape(self.layer.weight_shape)

    def _as_images(self, rows: Floats) -> Floats:
        """(groups, filters, windows) as (batch, out_channels, *size)."""
        batch = len(self.inputs)
        apart = rows.reshape(self.layer.out_channels, batch, -1).swapaxes(0, 1)
        return apart.reshape(self.wanted.shape)

    def _as_rows(self, images: Floats) -> Floats:
        """(batch, out_channels, *size) as (groups, filters, windows)."""
        batch, channels = images.shape[:2]
        apart = images.reshape(batch, channels, -1).swapaxes(0, 1)
        return apart.reshape(self.layer.groups, channels // self.layer.groups, -1)


@dataclass(frozen=True, eq=False)
class LearningStep:
    """One step: the weight before it, the output and the loss that this makes, the gradients, and what is added to it.

    `error` is the output minus what is wanted, and the gradient of the output twice that.
    """

    weight: Floats
    output: Floats
    error: Floats
    loss: float
    gradient: Floats
    change: Floats

    @property
    def grad_output(self) -> Floats:
        """The gradient of the squared error with each output."""
        return 2 * self.error

    @property
    def weight_after(self) -> Floats:
        """The weight after the step."""
        return self.weight + self.change


@dataclass(frozen=True, eq=False)
class Run:
    """A recorded run. After its last step the weight is that of `weights[-1]`, whose loss is `losses[-1]`."""

    task: Task
    optimizer: Optimizer
    steps: tuple[LearningStep, ...]

    @cached_property
    def weights(self) -> Floats:
        """The weights before each step, and after the last one: (steps + 1, *weight_shape)."""
        return np.array([*(step.weight for step in self.steps), self.steps[-1].weight_after])

    @cached_property
    def losses(self) -> tuple[float, ...]:
        """The loss of each of `weights`."""
        return (*(step.loss for step in self.steps), self.task.loss(self.steps[-1].weight_after))


@dataclass(frozen=True, eq=False)
class Curvature:
    """How the squared error of a task bends: its second derivatives in directions that do not disturb each other.

    `values` go from the largest to the least; `directions`, (directions, taps of a filter), are unit vectors. Each
    filter of a group has the same ones. A value that is 0 up to rounding is 0.
    """

    values: Floats
    directions: Floats

    @property
    def flat(self) -> int:
        """In how many directions the squared error does not change at all, so that no data tell what the weight is."""
        return int((self.values == 0).sum())

    @property
    def best_rate(self) -> float:
        """The rate of plain descent that shrinks the slowest error fastest; infinite where all curvatures are 0.

        It is 2 / (largest + least curvature), those of 0 left out. Source: Polyak (1964).
        """
        bent = self.values[self.values > 0]
        return 2 / float(bent[0] + bent[-1]) if bent.size else np.inf

    def largest_rate(self, momentum: float = 0.0) -> float:
        """Return the rate of SGD above which it diverges; infinite where all curvatures are 0.

        It is 2 * (1 + momentum) / the largest curvature. Source: Polyak (1964).

        >>> Curvature(np.array([60.0, 12.0]), np.eye(2)).largest_rate(momentum=0.5)
        0.05
        """
        return 2 * (1 + momentum) / float(self.values[0]) if self.values[0] else np.inf

    def factors(self, rate: float) -> Floats:
        """Return what a plain step of this rate multiplies the error in each direction by: 1 - rate * curvature.

        >>> Curvature(np.array([60.0, 12.0]), np.eye(2)).factors(0.03).round(2).tolist()
        [-0.8, 0.64]
        """
        return 1 - rate * self.values


def task(layer: ConvNd, inputs: ArrayLike, wanted: ArrayLike) -> Task:
    """Return what is to be learned; LayerError where an input does not fit the layer, or `wanted` not its output.

    `inputs` is (batch, in_channels, *size) of at least one, `wanted` (batch, out_channels, *size). A bias of the layer
    is left out.

    >>> from engine import Conv2d
    >>> task(Conv2d(1, 1, (1, 2)), [[[[1, 0, 1]]]], [[[[1, -1]]]]).loss(np.array([[[[1.0, 0.0]]]]))
    1.0
    """
    batch = np.asarray(inputs, dtype=float)
    patches = np.concatenate([im2col(layer, one) for one in batch], axis=-1)
    size = layer.output_size(*batch.shape[2:])
    return Task(layer, batch, checked_gradient(wanted, (len(batch), layer.out_channels, *size)), patches)


def learn(of: Task, start: ArrayLike, optimizer: Optimizer, steps: int) -> Run:
    """Record a run of at least one step from a weight; LayerError where that does not fit the layer.

    A run whose loss passes `MOST_LOSS` ends there. The numbers are those of torch.optim on torch's gradients.

    >>> from engine import Conv2d, SGD, learn, task
    >>> bars = np.ones((1, 1, 6, 8))
    >>> bars[..., 2:6] = 0
    >>> edges = bars[..., :-1] - bars[..., 1:]
    >>> run = learn(task(Conv2d(1, 1, (1, 2), bias=False), bars, edges), [[[[0, 0]]]], SGD(lr=0.03), 10)
    >>> [round(loss, 3) for loss in run.losses[:3]], run.weights[-1].round(1).tolist()
    ([12.0, 4.915, 2.013], [[[[1.0, -1.0]]]])
    """
    return Run(of, optimizer, tuple(_steps(of, checked_weight(of.layer, start), optimizer, steps)))


def _steps(of: Task, weight: Floats, optimizer: Optimizer, steps: int) -> Iterator[LearningStep]:
    memory: Memory = ()
    for number in range(1, steps + 1):
        output = of.output(weight)
        error = output - of.wanted
        loss, gradient = float((error**2).sum()), of.gradient(2 * error)
        change, memory = optimizer.moved(gradient, memory, number)
        yield LearningStep(weight, output, error, loss, gradient, change)
        weight = weight + change
        if loss > MOST_LOSS:
            return


def curvature(of: Task, group: int = 0) -> Curvature:
    """Return how the squared error bends in the weights of one filter of a group: twice its patches' Gram matrix.

    >>> from engine import Conv2d, curvature, task
    >>> curvature(task(Conv2d(1, 1, (1, 2)), [[[[1, 1, 1]]]], [[[[0, 0]]]])).values.round(9).tolist()
    [8.0, 0.0]
    """
    patches = of.patches[group]
    values, directions = np.linalg.eigh(2 * patches @ patches.T)
    rounding = np.abs(values).max() * len(values) * np.finfo(float).eps
    return Curvature(np.where(values > rounding, values, 0.0)[::-1], directions.T[::-1])
