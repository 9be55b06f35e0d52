"""A Gabor kernel in whole numbers: stripes under a bell, turned by an angle."""

from functools import cache

import numpy as np

from engine.spatial_factors import Rows

SIDE = 7
WAVELENGTH = 4.0
"""Pixels from stripe to stripe."""
DEVIATION = 1.6
"""Of the bell across the stripes, in pixels."""
ASPECT = 0.7
"""How much shorter the bell is across the stripes than along them."""
LARGEST = 64
"""The weight in the middle, but for what rounding adds to it."""


@cache
def gabor(angle: int) -> Rows:
    """Return the weights, which add up to 0; stripes of 0 degrees stand upright, and the angle turns them clockwise.

    The real part of Daugman's filter (J. Opt. Soc. Am. A 2, 1985) with OpenCV's arguments, less as much of its bell as
    makes it answer nothing on even ground.

    >>> [sum(map(sum, gabor(angle))) for angle in (0, 30, 135)]
    [0, 0, 0]
    """
    reach = SIDE // 2
    down, right = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    turn = np.deg2rad(angle)
    across, along = right * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - right * np.sin(turn)
    bell = np.exp(-(across**2 + (ASPECT * along) ** 2) / (2 * DEVIATION**2))
    stripes = bell * np.cos(2 * np.pi * across / WAVELENGTH)
    even = stripes - bell * (stripes.sum() / bell.sum())
    weights = np.rint(LARGEST * even / even[reach, reach]).astype(int)
    weights[reach, reach] -= weights.sum()
    return tuple(tuple(row) for row in weights.tolist())
