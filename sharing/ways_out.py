"""What a visitor can do about an impossible layer: the fields of the page that change, for each way out of an error."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine import Change, LayerError
from sharing.fields import types
from sharing.page_state import PageState
from sharing.values import operands

Fields = Mapping[str, Any]

_AXES = ("height", "width")
_AMOUNTS = ("padding_height", "padding_width")


def ways_out(state: PageState, error: LayerError) -> tuple[Fields, ...]:
    """Return the fields that change for each way out of an error; only those that help.

    A way helps if the layer works after it, or is at least wrong in another thing, where several are.

    >>> from kinds.standard.state import StandardState
    >>> state = StandardState("simplest", 4, 4, kernel_height=6, kernel_width=2)
    >>> try:
    ...     state.layer().output_size(4, 4)
    ... except LayerError as error:
    ...     ways_out(state, error)
    ({'kernel_height': 4}, {'padding': <PaddingChoice.AMOUNT: 'amount'>, 'padding_height': 1, 'padding_width': 0})
    """
    found = (_changed(state, _fields_of(state, choice.changes)) for choice in error.choices)
    return tuple(way for way in found if way and _helps(state, way, error))


def _changed(state: PageState, way: Fields) -> Fields:
    """The fields of a way out that are not so already; amounts of padding count where they had no effect before."""
    idle = state.idle()
    return {name: value for name, value in way.items() if name in idle or getattr(state, name) != value}


def _helps(state: PageState, way: Fields, error: LayerError) -> bool:
    try:
        changed = replace(state, **way)
        changed.layer()
        operands(changed)
    except LayerError as other:
        return (other.key, other.parameter) != (error.key, error.parameter)
    return True


def _fields_of(state: PageState, changes: tuple[Change, ...]) -> dict[str, Any]:
    """The fields that say what the changes say; none where one of them is no field's."""
    way: dict[str, Any] = {}
    for change in changes:
        found = dict(_fields_of_one(state, change))
        if not found:
            return {}
        way |= found
    return way


def _fields_of_one(state: PageState, change: Change) -> Iterator[tuple[str, Any]]:
    kinds = types(type(state))
    name, value = change.parameter, change.value
    is_amount = name == "padding" and not isinstance(value, str)
    if name in kinds and not is_amount:
        yield name, kinds[name](value)
        return
    named = _of_both_axes(name)
    if not {*named} <= kinds.keys():
        return
    pair = _pair(state, named, change)
    if not all(isinstance(one, int) for one in pair):
        return  # sides of their own: no field can say them
    if is_amount and "padding" in kinds:
        yield "padding", kinds["padding"]("amount")
    yield from zip(named, pair, strict=True)


def _of_both_axes(parameter: str) -> list[str]:
    """The fields of a parameter's rows and columns: those of the kernel's size are kernel_height and kernel_width."""
    return [f"{parameter.removesuffix('_size')}_{axis}" for axis in _AXES]


def _pair(state: PageState, named: list[str], change: Change) -> tuple[Any, ...]:
    """Both values, for rows and columns: a change of one axis leaves the other as it is."""
    if change.axis is None:
        return tuple(change.value) if isinstance(change.value, tuple) else (change.value, change.value)
    kept = [0 if name in _AMOUNTS and _has_no_amount(state) else getattr(state, name) for name in named]
    kept[change.axis] = change.value
    return tuple(kept)


def _has_no_amount(state: PageState) -> bool:
    """Whether the rows and columns of padding have no effect at present, so that what they say is not in force."""
    return "padding_height" in state.idle()
