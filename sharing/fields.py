"""The bounds of the numbers in a page's state, which stand in the annotation of each field."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_type_hints

from engine import LayerError, use
from sharing.errors import StateCode


@dataclass(frozen=True)
class Limits:
    """The least and the most that a number may be, both included."""

    least: int
    most: int

    def nearest(self, value: int) -> int:
        """Return the number within the limits that is nearest to a value."""
        return max(self.least, min(self.most, value))


@dataclass(frozen=True)
class Stops(Limits):
    """The limits of a number that is chosen among those within them, and never typed."""


MOST_CHANNELS = 8
WIDEST = 10**9
"""How far from 0 a typed number can be: further than any limit, so that the page can say what the limit is."""

Size = Annotated[int, Limits(1, 32)]
Channels = Annotated[int, Limits(1, MOST_CHANNELS)]
Kernel = Annotated[int, Limits(1, 7)]
Step = Annotated[int, Limits(1, 8)]
Amount = Annotated[int, Limits(0, 8)]
Seed = Annotated[int, Limits(0, 999_999)]


def limits(state_class: Any) -> dict[str, Limits]:
    """Return the limits of every number among the fields of a class, by the field's name, in their order."""
    return {name: hint.__metadata__[0] for name, hint in _hints(state_class).items() if hasattr(hint, "__metadata__")}


def types(state_class: Any) -> dict[str, type[Any]]:
    """Return the type of every field of a class, by the field's name, in their order."""
    return {name: getattr(hint, "__origin__", hint) for name, hint in _hints(state_class).items()}


def check_number(
    name: str, value: int | None, bounds: Limits, does: str = "shows", variant: str = "", **places: Any
) -> None:
    """LayerError where a number is missing (its field was emptied) or out of the page's bounds.

    `does`, which is "shows" or "compares", is what the page does within them; `variant` and `places` are those of a
    sentence that says more of the bounds.
    """
    least, most = bounds.least, bounds.most
    if value is None:
        raise LayerError(StateCode.NUMBER_EMPTY, name, None, does, choices=use(name, least), least=least, most=most)
    if not least <= value <= most:
        choices = use(name, bounds.nearest(value))
        raise LayerError(
            StateCode.NUMBER_OUT_OF_BOUNDS,
            name,
            value,
            does,
            variant,
            choices=choices,
            least=least,
            most=most,
            **places,
        )


@cache
def _hints(state_class: Any) -> dict[str, Any]:
    return get_type_hints(state_class, include_extras=True)
