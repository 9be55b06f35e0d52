"""What a depthwise-separable layer saves against the standard one that does the same job, as exact fractions."""

from fractions import Fraction
from math import prod

from engine.checks import Pair
from engine.layers import as_pair


def share(out_channels: int, kernel_size: int | Pair, depth_multiplier: int = 1) -> Fraction:
    """Return the separable layer's mult-adds for each one of the standard layer: m / C_out + m / k².

    k² are the kernel's taps, its rows times its columns.

    Source: Howard et al., "MobileNets" (arXiv 1704.04861), section 3.1, where m is 1.

    >>> share(256, 3)
    Fraction(265, 2304)
    """
    return Fraction(depth_multiplier, out_channels) + Fraction(depth_multiplier, _taps(kernel_size))


def saving(out_channels: int, kernel_size: int | Pair, depth_multiplier: int = 1) -> Fraction:
    """Return how many times fewer mult-adds the separable layer takes; below 1 it is the dearer one.

    >>> round(float(saving(256, 3)), 2), float(saving(1, 3))
    (8.69, 0.9)
    """
    return 1 / share(out_channels, kernel_size, depth_multiplier)


def saving_limit(kernel_size: int | Pair, depth_multiplier: int = 1) -> Fraction:
    """Return what the saving comes ever closer to as there are more output channels, and never reaches: k² / m.

    >>> saving_limit(3)
    Fraction(9, 1)
    """
    return Fraction(_taps(kernel_size), depth_multiplier)


def break_even(kernel_size: int | Pair, depth_multiplier: int = 1) -> Fraction | None:
    """Return the output channels at which both cost the same; None where the separable layer is dearer with any number.

    Fewer make the separable layer the dearer one, more the cheaper one.

    >>> break_even(3), break_even(1), break_even(2, depth_multiplier=3)
    (Fraction(9, 8), None, Fraction(12, 1))
    """
    area = _taps(kernel_size)
    if area <= depth_multiplier:
        return None
    return Fraction(depth_multiplier * area, area - depth_multiplier)


def _taps(kernel_size: int | Pair) -> int:
    return prod(as_pair(kernel_size))
