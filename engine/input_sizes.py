"""The question the other way round: which inputs a layer makes an output of one size of."""

from bisect import bisect_left
from collections.abc import Callable

from engine.checks import Pair
from engine.errors import LayerError
from engine.geometry import Axis, TransposedAxis

Plan = Callable[[int, int], tuple[Axis, Axis] | tuple[TransposedAxis, TransposedAxis]]
"""What a layer's `axes` is: the plan for an input of a height and a width; LayerError where it does not fit it."""


def input_sizes(plan: Plan, output_size: Pair) -> tuple[range, range]:
    """Return the heights and the widths that a plan makes an output of this (height, width) of.

    No layer makes less of more, and what fits an input fits a longer one: so the lengths lie side by side, and
    halving finds both ends.

    >>> from engine import MaxPool2d
    >>> input_sizes(MaxPool2d(2, ceil_mode=True).axes, (2, 3))
    (range(3, 5), range(5, 7))
    """
    roomy = _roomy(plan, output_size)
    return (
        _lengths(lambda height: _outputs(plan, height, roomy)[0], output_size[0], roomy),
        _lengths(lambda width: _outputs(plan, roomy, width)[1], output_size[1], roomy),
    )


def fitting(plan: Plan, heights: range, widths: range) -> tuple[range, range]:
    """Return those heights and widths that a plan fits: of such as make one output, the longer ones.

    >>> from engine import Conv2d
    >>> fitting(Conv2d(1, 1, 3, padding=2, padding_mode="reflect").axes, range(2, 5), range(4, 6))
    (range(3, 5), range(4, 6))
    """
    if not (heights and widths):
        return heights, widths
    height, width = heights[-1], widths[-1]
    first_height = bisect_left(heights, True, key=lambda one: _outputs(plan, one, width) != (0, 0))
    first_width = bisect_left(widths, True, key=lambda one: _outputs(plan, height, one) != (0, 0))
    return heights[first_height:], widths[first_width:]


def _roomy(plan: Plan, output_size: Pair) -> int:
    """Return a length of which a plan makes more than the output, in both directions."""
    roomy = 1
    while any(made <= wanted for made, wanted in zip(_outputs(plan, roomy, roomy), output_size, strict=True)):
        roomy *= 2
    return roomy


def _lengths(made: Callable[[int], int], wanted: int, most: int) -> range:
    """Return the lengths from 1 to `most` of which `made` makes what is wanted; it makes more of `most`."""
    lengths = range(1, most + 1)
    first, end = (bisect_left(lengths, output, key=made) for output in (wanted, wanted + 1))
    return lengths[first:end]


def _outputs(plan: Plan, height: int, width: int) -> Pair:
    """Return the output's size; (0, 0) where the input is too small for the layer."""
    try:
        rows, columns = plan(height, width)
    except LayerError:
        return 0, 0
    return rows.output, columns.output
