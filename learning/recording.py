"""A run as it is recorded and read: the network at some of its steps, and what it reads of the held-out pictures then.

Each checkpoint is the one before it and a difference: for every parameter a whole number from -15 to 15, times a scale
of its layer's array. A difference is taken from what was read back, so that rounding does not add up.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.feed_forward import parameter_shapes
from learning.data_sets import CLASSES, DataSet, to_learn
from learning.recipe import RECORDED, Recipe
from learning.training import Vector

CHECKPOINTS = 58
"""So many does a recorded run have, with its start."""
_MOST = 15
"""Differences go as far from 0: with more, the file would be larger, and nothing would be read otherwise."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A run: parameters at its checkpoints, and how pictures were read then.

    `steps` is after how many steps each checkpoint was made, `vectors` all its parameters, (checkpoints, parameters).
    `read`, (checkpoints, held-out pictures), is which class had the largest score. Losses are mean cross entropies.
    What is said of the pictures that it learns from is of the first `sample` of them.
    """

    recipe: Recipe
    steps: NDArray[np.int64]
    vectors: Vector
    read: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    held_out_losses: Floats
    learned_losses: Floats
    learned_accuracies: Floats
    sample: int

    @cached_property
    def accuracies(self) -> Floats:
        """The share of the held-out pictures that each checkpoint reads right."""
        shares: Floats = (self.read == self.labels).mean(axis=1)
        return shares

    @cached_property
    def moved(self) -> dict[str, Floats]:
        """How far the parameters are from their start at each checkpoint, by their names.

        It is the length of what has been added to an array, as a share of its own length at the start.
        """
        lengths = _lengths(self.recipe)
        edges = np.cumsum([0, *lengths[:-1]])
        away = np.add.reduceat((self.vectors - self.vectors[0]).astype(float) ** 2, edges, axis=1)
        start = np.add.reduceat(self.vectors[0].astype(float) ** 2, edges)
        return dict(zip(parameter_shapes(self.recipe.layers), np.sqrt(away / start).T, strict=True))

    def parameters(self, checkpoint: int) -> dict[str, Floats]:
        """Return the weights and biases of a checkpoint, by their names."""
        return named(self.recipe, self.vectors[checkpoint])

    def confusion(self, checkpoint: int) -> NDArray[np.int64]:
        """Return how often a picture of each class (row) was read as each class (column)."""
        pairs = self.labels.astype(np.int64) * CLASSES + self.read[checkpoint]
        return np.bincount(pairs, minlength=CLASSES**2).reshape(CLASSES, CLASSES)

    def misread(self, checkpoint: int) -> list[int]:
        """Return which of the held-out pictures a checkpoint reads wrong, in their order."""
        wrong: list[int] = np.flatnonzero(self.read[checkpoint] != self.labels).tolist()
        return wrong


def recorded_steps(recipe: Recipe, pictures: int) -> list[int]:
    """Return the steps at which a checkpoint is made: each of the first ones, then by about the same share further on.

    There are at least so many steps as checkpoints.

    >>> recorded_steps(RECORDED[DataSet.DIGITS], 4000)[-4:]
    [707, 779, 858, 945]
    """
    last = recipe.step_count(pictures)
    spaced = (np.unique([0, *np.rint(np.geomspace(1, last, most)).astype(int)]) for most in count(CHECKPOINTS))
    steps: list[int] = next(steps for steps in spaced if len(steps) == CHECKPOINTS).tolist()
    return steps


def named(recipe: Recipe, vector: Vector) -> dict[str, Floats]:
    """Return parameters that stand one after the other by their names, as float64."""
    shapes = parameter_shapes(recipe.layers)
    ends = np.cumsum([prod(shape) for shape in shapes.values()])
    parts = np.split(vector.astype(float), ends[:-1])
    return {name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}


@dataclass(frozen=True, eq=False)
class Packed:
    """Parameters of checkpoints as they are stored: the first ones, whole differences, and the scales of those.

    `start` is (parameters,), `differences` (checkpoints - 1, parameters), `scales` (checkpoints - 1, arrays).
    """

    start: Vector
    differences: NDArray[np.int8]
    scales: Vector


def pack(recipe: Recipe, vectors: list[Vector]) -> Packed:
    """Pack the parameters of checkpoints: each comes back to within half of its scale."""
    lengths = _lengths(recipe)
    edges = np.cumsum([0, *lengths[:-1]])
    now = vectors[0]
    differences, scales = [], []
    for vector in vectors[1:]:
        away = vector - now
        scale = (np.maximum.reduceat(np.abs(away), edges) / np.float32(_MOST)).astype(np.float32)
        spread = np.repeat(np.where(scale > 0, scale, np.float32(1)), lengths)
        whole = np.rint(away / spread).astype(np.int8)
        now = _moved(now, whole, scale, lengths)
        differences.append(whole)
        scales.append(scale)
    return Packed(vectors[0], np.array(differences), np.array(scales))


def unpack(recipe: Recipe, packed: Packed) -> Vector:
    """Return the parameters of checkpoints, (checkpoints, parameters)."""
    lengths = _lengths(recipe)
    vectors = [packed.start]
    for whole, scale in zip(packed.differences, packed.scales, strict=True):
        vectors.append(_moved(vectors[-1], whole, scale, lengths))
    return np.array(vectors)


def _moved(vector: Vector, whole: NDArray[np.int8], scale: Vector, lengths: list[int]) -> Vector:
    moved: Vector = vector + whole * np.repeat(scale, lengths)
    return moved


def _lengths(recipe: Recipe) -> list[int]:
    return [prod(shape) for shape in parameter_shapes(recipe.layers).values()]


def recording_file(data_set: DataSet) -> Path:
    """Where the recorded run of a data set is."""
    return Path(__file__).with_name(f"{data_set}_recording.npz")


@cache
def recorded_run(data_set: DataSet) -> Recording:
    """Return the recorded run of the lesson's network on a data set."""
    recipe = RECORDED[data_set]
    with np.load(recording_file(data_set)) as stored:
        arrays = dict(stored)
    packed = Packed(arrays["start"], arrays["differences"], arrays["scales"])
    names = ("steps", "read", "labels", "held_out_losses", "learned_losses", "learned_accuracies")
    read = {name: arrays[name] for name in names}
    recording = Recording(recipe, vectors=unpack(recipe, packed), sample=len(to_learn(data_set).labels), **read)
    for array in (recording.vectors, *(arrays[name] for name in names)):
        array.flags.writeable = False
    return recording
