"""A digit that is drawn by strokes, made an image as MNIST's are.

MNIST's digits were scaled to a box of 20 by 20 pixels, keeping their shape, and put into 28 by 28 so that the centre of
mass of the ink is in the middle. Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to
document recognition" (1998), with http://yann.lecun.com/exdb/mnist/.
"""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Floats
from learning.data_sets import SIDE

UNITS = 280
"""The paper is so many units wide and high: a tenth of a pixel each."""
MOST_STROKES = 40
MOST_POINTS = 2000
BOX = 20
PEN = 1.25
"""Half of the pen's width in pixels: so the ink is as much as MNIST's on average."""

Stroke = tuple[tuple[int, int], ...]
"""Points, (x, y) in units, that a pen goes through without leaving the paper; one alone is a dot."""


def read_strokes(said: object) -> tuple[Stroke, ...] | None:
    """Return the strokes that a browser says, each as x, y, x, y and so on; None where they are none.

    >>> read_strokes([[0, 0, 10, 280]]), read_strokes([[0, 0, 10]]), read_strokes([[0, 281]])
    ((((0, 0), (10, 280)),), None, None)
    """
    if not isinstance(said, list) or len(said) > MOST_STROKES or not all(isinstance(one, list) for one in said):
        return None
    numbers = [number for one in said for number in one]
    if len(numbers) > 2 * MOST_POINTS or any(not one or len(one) % 2 for one in said):
        return None
    if not all(type(number) is int and 0 <= number <= UNITS for number in numbers):
        return None
    return tuple(tuple(zip(one[::2], one[1::2], strict=True)) for one in said)


def as_drawn(strokes: Sequence[Stroke]) -> Floats:
    """Return strokes as an image, (28, 28) from 0 to 1, where they stand on the paper.

    >>> as_drawn([((140, 140),)]).sum(axis=0).nonzero()[0].tolist()
    [12, 13, 14, 15]
    """
    return _inked([np.array(stroke) * SIDE / UNITS for stroke in strokes])


def as_mnist(strokes: Sequence[Stroke]) -> Floats:
    """Return strokes as an image, (28, 28) from 0 to 1, scaled and centred as MNIST's; the pen keeps its width.

    What has no extent, such as a dot, is only centred.
    """
    lines = [np.array(stroke) * SIDE / UNITS for stroke in strokes]
    if not lines:
        return _inked(lines)
    every = np.concatenate(lines)
    low, high = every.min(axis=0), every.max(axis=0)
    extent = float((high - low).max())
    scale = (BOX - 2 * PEN) / extent if extent else 1.0
    lines = [(line - (low + high) / 2) * scale + SIDE / 2 for line in lines]
    ink = _inked(lines)
    places = np.arange(SIDE) + 0.5
    mass = np.array([ink.sum(axis=0) @ places, ink.sum(axis=1) @ places]) / ink.sum()
    return _inked([line + SIDE / 2 - mass for line in lines])


def _inked(lines: Sequence[Floats]) -> Floats:
    """Lines through points, (points, x and y) in pixels, as ink: each pixel as far as the pen covers it."""
    places = np.arange(SIDE) + 0.5
    pixels = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 1, 2)
    nearest = np.full(SIDE**2, np.inf)
    for line in lines:
        starts, ends = (line[:-1], line[1:]) if len(line) > 1 else (line, line)
        along = ends - starts
        lengths = (along**2).sum(axis=1)
        shares = ((pixels - starts) * along).sum(axis=-1) / np.where(lengths > 0, lengths, 1)
        closest = starts + shares.clip(0, 1)[..., None] * along
        nearest = np.minimum(nearest, np.sqrt(((pixels - closest) ** 2).sum(axis=-1)).min(axis=1))
    ink: Floats = (PEN + 0.5 - nearest).clip(0, 1).reshape(SIDE, SIDE)
    return ink
