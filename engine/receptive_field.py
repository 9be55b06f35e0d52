"""How much of a network's input one value deep inside it depends on."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

from engine.geometry import Axis, TransposedAxis

Plan = Axis | TransposedAxis


@dataclass(frozen=True)
class Sight:
    """Which cells of the input, along one direction, the outputs of a layer see; at first, each sees itself.

    Output number `i` sees the cells from `firsts[i]` to `lasts[i]`, and the output `len(firsts)` further on the same
    cells `shift` further on. Without transposed layers one entry says it all: the shift is the product of the strides,
    and r = 1 + the sum of (kernel - 1) * dilation * (product of the strides before) the number of cells.

    The input is taken to go on beyond its borders, as padding does. Behind a transposed layer whose stamps leave gaps,
    and in front of a layer that steps over cells, the ends may be those of cells that are stepped over.
    """

    firsts: tuple[int, ...] = (0,)
    lasts: tuple[int, ...] = (0,)
    shift: int = 1

    @property
    def field(self) -> int:
        """The receptive field: the most cells that an output sees, from the first to the last."""
        return max(0, *(last - first + 1 for first, last in zip(self.firsts, self.lasts, strict=True)))

    def through(self, plan: Plan) -> "Sight":
        """Return what the outputs of the next layer see.

        >>> from engine import Conv2d, ConvTranspose2d
        >>> rows, _ = Conv2d(1, 1, 3, stride=2, padding=1).axes(28, 28)
        >>> Sight().through(rows), Sight().through(rows).through(rows).field
        (Sight(firsts=(-1,), lasts=(1,), shift=2), 7)
        """
        period, stride = len(self.firsts), plan.stride
        if isinstance(plan, Axis):
            kept = period // gcd(period, stride)
            starts = [output * stride - plan.before for output in range(kept)]
            ends = [start + plan.extent - 1 for start in starts]
            shift = self.shift * stride * kept // period
        else:
            places = range(plan.padding, plan.padding + period * stride)
            starts = [-((plan.extent - 1 - place) // stride) for place in places]
            ends = [place // stride for place in places]
            shift = self.shift
        firsts, lasts = (
            tuple(seen[cell % period] + cell // period * self.shift for cell in cells)
            for seen, cells in ((self.firsts, starts), (self.lasts, ends))
        )
        return Sight(firsts, lasts, shift)


def receptive_field(plans: Iterable[Plan]) -> int:
    """Return the length of the input, along one direction, that one output of these plans sees at most.

    The first plan is the one that reads the input.

    >>> from engine import Conv2d, MaxPool2d
    >>> conv, pool = Conv2d(1, 1, 3, padding=1).axes(28, 28)[0], MaxPool2d(2).axes(28, 28)[0]
    >>> receptive_field([conv]), receptive_field([conv, pool]), receptive_field([conv, pool, conv])
    (3, 4, 8)
    """
    sight = Sight()
    for plan in plans:
        sight = sight.through(plan)
    return sight.field
