"""The number that padding of a constant holds: a field of every state that has a padding mode."""

from typing import Annotated, Any

from engine import PaddingMode
from sharing.fields import Limits

PaddingValue = Annotated[int, Limits(-999, 999)]


def idle_value(mode: PaddingMode) -> set[str]:
    """The name of the field where it has no effect, as in every mode but constant; else none.

    >>> idle_value(PaddingMode.REFLECT), idle_value(PaddingMode.CONSTANT)
    ({'padding_value'}, set())
    """
    return set() if mode is PaddingMode.CONSTANT else {"padding_value"}


def mode_arguments(mode: PaddingMode, value: int) -> dict[str, Any]:
    """The arguments of the layer: a mode, and the value where it counts.

    >>> mode_arguments(PaddingMode.CONSTANT, 5)["padding_value"], mode_arguments(PaddingMode.ZEROS, 5)["padding_value"]
    (5, 0)
    """
    return {"padding_mode": mode, "padding_value": 0 if idle_value(mode) else value}
