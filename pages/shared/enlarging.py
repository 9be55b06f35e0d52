"""What the ways of the page of upsampling make of its picture: each picture between, sums of weights, taps."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine import (
    UnpooledUpsampling,
    Upsampling,
    checkerboard,
    enlarged,
    mean_phase_sums,
    phase_sums,
    taps_reaching,
)
from engine.arrays import Floats
from pages.shared.samples import sample_pixels
from sharing.images import SamplePicture
from sharing.upsampling import UpsamplingState, UpsamplingWay

CORNER = 6
"""Rows and columns of the map of taps: the corner at the top left."""
_ENOUGH = 14
"""Rows and columns of a picture whose other borders are not felt there."""


@dataclass(frozen=True, eq=False)
class Enlargement:
    """What a way makes of a picture: each map is (1, rows, columns), the picture first; `sums` and `taps` are maps too.

    `taps` are those of the last layer, at the top left of the result.
    """

    way: UpsamplingWay
    layers: Sequence[Upsampling]
    maps: Sequence[Floats]
    sums: Floats
    taps: Floats

    @property
    def result(self) -> Floats:
        """The enlarged picture, (rows, columns)."""
        result: Floats = self.maps[-1][0]
        return result

    @property
    def checkerboard(self) -> float:
        """The spread of the sums."""
        return checkerboard(self.sums)


@lru_cache(maxsize=32)
def picture_of(picture: SamplePicture, side: int) -> Floats:
    """A sample with `side` rows and columns, each pixel the mean of those under it as a whole number, (side, side).

    >>> picture_of(SamplePicture.CHELSEA, 16).shape
    (16, 16)
    """
    pixels = sample_pixels(picture).astype(float)
    ends = np.linspace(0, len(pixels), side + 1)
    cells = np.arange(len(pixels))
    under = np.clip(np.minimum(ends[1:, None], cells + 1) - np.maximum(ends[:-1, None], cells), 0, None)
    under *= side / len(pixels)
    made: Floats = (under @ pixels @ under.T).round()
    return made


def enlarge(state: UpsamplingState, way: UpsamplingWay) -> Enlargement:
    """What a way makes of the picture of a state; LayerError where something that is chosen cannot be."""

    def picture(side: int) -> Floats:
        return picture_of(state.picture, side)

    layers = state.upsamplings(way, picture)
    maps = enlarged(layers, picture(state.size)[None])
    unpooled = [layer for layer in layers if isinstance(layer, UnpooledUpsampling)]
    phased = [layer for layer in layers if not isinstance(layer, UnpooledUpsampling)]
    side = maps[-2].shape[1] if unpooled else min(_ENOUGH, maps[-2].shape[1])
    taps = taps_reaching(layers[-1], side, side)[0, :CORNER, :CORNER]
    sums = mean_phase_sums(unpooled) if unpooled else phase_sums(phased)
    return Enlargement(way, layers, maps, sums[0], taps)


def shown(values: Floats) -> bytes:
    """A picture as bytes, row by row: what lies below 0 is black, and what is above 255 white."""
    return np.clip(values.round(), 0, 255).astype(np.uint8).tobytes()


def beyond(values: Floats) -> int:
    """How many pixels of a picture lie below 0 or above 255, rounded."""
    return int(((values.round() < 0) | (values.round() > 255)).sum())
