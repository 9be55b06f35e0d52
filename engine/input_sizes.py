"""The question the other way round: which inputs a layer makes an output of one size of."""

from bisect import bisect_left
from collections.abc import Callable

from engine.checks import Numbers
from engine.errors import LayerError
from engine.geometry import Axis, TransposedAxis

Plan = Callable[..., tuple[Axis, ...] | tuple[TransposedAxis, ...]]
"""What a layer's `axes` is: the plan for an input of one size; LayerError where it does not fit it."""


def input_sizes(plan: Plan, output_size: Numbers) -> tuple[range, ...]:
    """Return the lengths, for each direction, that a plan makes an output of this size of.

    No layer makes less of more, and what fits an input fits a longer one: so the lengths lie side by side, and
    halving finds both ends.

    >>> from engine import MaxPool2d
    >>> input_sizes(MaxPool2d(2, ceil_mode=True).axes, (2, 3))
    (range(3, 5), range(5, 7))
    """
    roomy = _roomy(plan, output_size)
    most = (roomy,) * len(output_size)
    return tuple(_lengths(_made(plan, most, i), wanted, roomy) for i, wanted in enumerate(output_size))


def fitting(plan: Plan, lengths: tuple[range, ...]) -> tuple[range, ...]:
    """Return those lengths, for each direction, that a plan fits: of such as make one output, the longer ones.

    >>> from engine import Conv2d
    >>> fitting(Conv2d(1, 1, 3, padding=2, padding_mode="reflect").axes, (range(2, 5), range(4, 6)))
    (range(3, 5), range(4, 6))
    """
    if not all(lengths):
        return lengths
    longest = tuple(one[-1] for one in lengths)
    return tuple(one[bisect_left(one, 1, key=_made(plan, longest, i)) :] for i, one in enumerate(lengths))


def _roomy(plan: Plan, output_size: Numbers) -> int:
    """Return a length of which a plan makes more than the output, in all directions."""
    roomy = 1
    while any(
        made <= wanted for made, wanted in zip(_outputs(plan, (roomy,) * len(output_size)), output_size, strict=True)
    ):
        roomy *= 2
    return roomy


def _lengths(made: Callable[[int], int], wanted: int, most: int) -> range:
    """Return the lengths from 1 to `most` of which `made` makes what is wanted; it makes more of `most`."""
    lengths = range(1, most + 1)
    first = bisect_left(lengths, wanted, key=made)
    return lengths[first : bisect_left(lengths, wanted + 1, lo=first, key=made)]


def _made(plan: Plan, size: Numbers, axis: int) -> Callable[[int], int]:
    """Return what makes of a length the output's along one direction, where the other lengths are those of `size`."""
    return lambda length: _outputs(plan, (*size[:axis], length, *size[axis + 1 :]))[axis]


def _outputs(plan: Plan, size: Numbers) -> Numbers:
    """Return the output's size; zeros where the input is too small for the layer."""
    try:
        return tuple([axis.output for axis in plan(*size)])
    except LayerError:
        return (0,) * len(size)
