"""Examples for the page of upsampling."""

from dataclasses import asdict
from typing import Any

from sharing.examples import Example
from sharing.upsampling import UpsamplingState, UpsamplingWeights

_LEFT = ("picture", "row", "column")


def _example(title: str, summary: str, details: str = "", **fields: Any) -> Example:
    """An example with all fields but the picture and its pixel: those that are not named are as the page opens."""
    opening = {name: value for name, value in asdict(UpsamplingState()).items() if name not in _LEFT}
    return Example(title, summary, opening | fields, details)


_DIVISIBLE: dict[str, Any] = {"kernel_size": 4, "output_padding": 0}

UPSAMPLINGS = {
    "cats-face": _example(
        "The cat’s face: k = 3, s = 2, all weights alike",
        "A transposed layer of equal weights: every second row and column is brighter.",
        "Beside it the same kernel after an enlargement, as PixelShuffle, and after unpooling.",
    ),
    "divisible": _example(
        "k = 4, s = 2, all weights alike: none",
        "With equal weights, a kernel that the stride divides gives every pixel the same sum.",
        **_DIVISIBLE,
    ),
    "tent": _example(
        "Uneven overlap, no checkerboard: k = 3, s = 2, a tent",
        "3 is not divisible by 2, and nothing shows: the tent’s phases 1, ½ + ½ and 4·¼ have one sum.",
        weights=UpsamplingWeights.TENT,
    ),
    "random-divisible": _example(
        "Even overlap, a checkerboard: k = 4, s = 2, random",
        "4 is divisible by 2, and it shows all the same: the phases’ sums go from 0.59 to 1.37.",
        "So a network begins: only training, or weights set with care, make the sums equal.",
        weights=UpsamplingWeights.RANDOM,
        seed=719,
        **_DIVISIBLE,
    ),
    "woven": _example(
        "PixelShuffle has one too: filters at random",
        "Each phase has a filter of its own, and filters drawn apart have unequal sums.",
        "With all filters alike it begins without one; that is what ICNR does (arXiv 1707.02937).",
        weights=UpsamplingWeights.RANDOM,
        seed=5,
    ),
    "two-layers": _example(
        "Two layers: the pattern of the pattern",
        "64×64 becomes 256×256, and 4×4 phases repeat: each layer puts its checkerboard on that of the one before.",
        layers=2,
    ),
    "three-layers": _example(
        "Three layers: 8×8 phases",
        "32×32 becomes 256×256, as a generator goes: the sums of 64 phases, the smallest and the largest far apart.",
        size=32,
        layers=3,
    ),
    "holes": _example(
        "Holes: k = 2, s = 3",
        "A kernel smaller than the stride leaves rows and columns that no tap reaches: sums of 0.",
        kernel_size=2,
        stride=3,
        padding=0,
    ),
    "single": _example(
        "A single 1: the zeros between, and repeated pixels",
        "The transposed layer shows where its pixels are, nearest repeats them, unpooling puts them elsewhere.",
        weights=UpsamplingWeights.TYPED,
        kernel_text="4  0\n0  0",
        padding=0,
        output_padding=0,
    ),
}
"""Examples, by a name of their own."""
