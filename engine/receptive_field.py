"""How much of a network's input one value deep inside it depends on."""

from collections.abc import Sequence
from math import prod

from engine.geometry import Axis, TransposedAxis

Plan = Axis | TransposedAxis
Cells = tuple[int, int]


def receptive_field(plans: Sequence[Plan]) -> int:
    """Return the length of the input, along one direction, that one output of these plans depends on.

    The first plan is the one that reads the input. The input is taken to go on beyond its borders, as padding does.
    Without transposed layers this is r = 1 + the sum of (kernel - 1) * dilation * (product of the strides before); a
    transposed layer makes it differ from output to output, and it is the largest that is returned.

    >>> from engine import Conv2d, MaxPool2d
    >>> conv, pool = Conv2d(1, 1, 3, padding=1).axes(28, 28)[0], MaxPool2d(2).axes(28, 28)[0]
    >>> receptive_field([conv]), receptive_field([conv, pool]), receptive_field([conv, pool, conv])
    (3, 4, 8)
    """
    if not plans:
        return 1
    # Outputs differ only by where they stand between the input cells that transposed layers spread out.
    phases = prod(plan.stride for plan in plans if isinstance(plan, TransposedAxis))
    return max(_length(plans, output) for output in range(min(phases, plans[-1].output)))


def _length(plans: Sequence[Plan], output: int) -> int:
    first, last = output, output
    for plan in reversed(plans):
        read = _read(plan, first, last)
        if read is None:
            return 0
        first, last = read
    return last - first + 1


def _read(plan: Plan, first: int, last: int) -> Cells | None:
    """Return the first and the last cell that are read for the outputs from `first` to `last`; None where none is."""
    if isinstance(plan, Axis):
        return first * plan.stride - plan.before, last * plan.stride - plan.before + plan.extent - 1
    low, high = first + plan.padding, last + plan.padding
    candidates = range(-((plan.extent - 1 - low) // plan.stride), high // plan.stride + 1)
    reach = range(0, plan.extent, plan.dilation)
    cells = [cell for cell in candidates if any(low <= cell * plan.stride + offset <= high for offset in reach)]
    return (cells[0], cells[-1]) if cells else None
