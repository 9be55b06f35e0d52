"""What a visitor can do about an impossible layer: the fields of the page that change, for each way out of an error."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum, auto
from itertools import chain, product
from typing import Any, TypeVar

from engine import Change, LayerError
from engine.geometry import Axis
from engine.sides import padding_sides
from sharing.any_state import AnyState
from sharing.comparison import ComparisonState, JobPadding
from sharing.errors import TextCode
from sharing.fields import limits, types
from sharing.page_state import PageState, SidedPadding
from sharing.values import operands

State = TypeVar("State", bound=AnyState)
Fields = Mapping[str, Any]

_AXES = ("depth", "height", "width")
_SIDES = {
    2: ("start", "end"),
    4: ("top", "bottom", "left", "right"),
    6: ("front", "back", "top", "bottom", "left", "right"),
}
_DIRECTIONS = ({"slices", "front", "back"}, {"rows", "top", "bottom"}, {"columns", "left", "right"})
"""The variants of errors of an axis, for slices, rows and columns."""
_ARRAYS = {"x": "input", "weight": "kernel"}
"""The roles of the engine's arrays."""


class Beside(StrEnum):
    """What a way out makes of an input, beside what TensorFlow's SAME makes of it."""

    SAME_NUMBERS = auto()
    SAME_SHAPE = auto()
    ANOTHER_SHAPE = auto()


def fields_at_fault(state: AnyState, error: LayerError) -> tuple[str, ...]:
    """Return the fields that an error is about, whose controls or texts a visitor has to look at.

    >>> from kinds.standard.state import StandardState
    >>> state = StandardState("simplest", 4, 4, kernel_height=6)
    >>> try:
    ...     state.layer().output_size(4, 4)
    ... except LayerError as error:
    ...     fields_at_fault(state, error)
    ('kernel_height',)
    """
    fields, name = types(type(state)), error.parameter
    text = f"{_ARRAYS.get(name, name)}_text"
    if text in fields and (isinstance(error.code, TextCode) or name in _ARRAYS):
        return (text,)
    if isinstance(state, PageState) and name == "padding":
        return _padding_at_fault(state, error.variant)
    if isinstance(state, ComparisonState) and name in state.apart_fields:
        return _of_job(state, name, error.variant)
    if name in fields:
        return (name,)
    found = _of_each_axis(name, fields)
    return _of_direction(found, len(found), error.variant)


def _of_job(state: ComparisonState, argument: str, variant: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a job that say an argument which has rows and columns, or sides, where an error is about it."""
    if argument == "padding" and state.padding_given is not JobPadding.NUMBERS:
        return ("padding_given",)
    if not state.apart:
        return (argument,)
    exact = tuple(name for name in state.apart_fields[argument] if name.rpartition("_")[2] in variant)
    return exact or _of_direction(state.apart_fields[argument], 2, variant)


def _padding_at_fault(state: PageState, variant: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that say how much padding there is where an error is about it; the choice itself where none does."""
    idle, directions = state.idle(), len(state.amount_fields)
    if state.amount_fields and not {*state.amount_fields} & idle:
        return _of_direction(state.amount_fields, directions, variant)
    if state.side_fields and not {*state.side_fields} & idle:
        sides = zip(state.side_fields, _SIDES[len(state.side_fields)], strict=True)
        exact = tuple(name for name, side in sides if side in variant)
        return exact or _of_direction(state.side_fields, directions, variant)
    return ("padding",)


def _of_direction(fields: tuple[str, ...], directions: int, variant: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields of each direction, the columns last, that an error is about; all where it is about all."""
    if directions > 1:
        each = len(fields) // directions
        for number, names in enumerate(_DIRECTIONS[-directions:]):
            if names.intersection(variant):
                return fields[number * each :][:each]
    return fields


def check_layer(state: PageState) -> None:
    """LayerError where a state has no layer, or no numbers for it."""
    state.layer()
    operands(state)


def ways_out(state: State, error: LayerError, check: Callable[[State], object]) -> tuple[Fields, ...]:
    """Return the fields that change for each way out of an error that `check` has raised; only those that help.

    A way helps if the state can be played after it, or is at least wrong in another thing, where several are.

    >>> from kinds.standard.state import StandardState
    >>> state = StandardState("simplest", 4, 4, kernel_height=6, kernel_width=2)
    >>> try:
    ...     state.layer().output_size(4, 4)
    ... except LayerError as error:
    ...     ways_out(state, error, check_layer)
    ({'kernel_height': 4}, {'padding': <PaddingChoice.AMOUNT: 'amount'>, 'padding_height': 1, 'padding_width': 0})
    """
    found = (_changed(state, _fields_of(state, choice.changes)) for choice in error.choices)
    return tuple(way for way in found if way and _is_within_limits(state, way) and _helps(state, way, error, check))


def _changed(state: AnyState, way: Fields) -> Fields:
    """The fields of a way out that are not so already; amounts of padding count where they had no effect before."""
    idle = state.idle()
    return {name: value for name, value in way.items() if name in idle or getattr(state, name) != value}


def beside_tensorflow(state: AnyState, ways: Sequence[Fields]) -> tuple[Beside | None, ...]:
    """Return, for each way out, how it stands to TensorFlow's SAME; None where that is no other way out of the error.

    >>> from kinds.standard.state import StandardState
    >>> from sharing.page_state import PaddingChoice
    >>> state = StandardState("", 6, 6, stride_height=2, stride_width=2)
    >>> amount = {"padding": PaddingChoice.AMOUNT, "padding_height": 1, "padding_width": 1}
    >>> beside_tensorflow(state, [{"padding": PaddingChoice.SAME_UPPER}, amount])
    (None, <Beside.SAME_SHAPE: 'same_shape'>)
    """
    named = next((way for way in ways if way.get("padding") == SidedPadding.SAME_UPPER), None)
    if named is None or not isinstance(state, PageState):
        return (None,) * len(ways)
    theirs = replace(state, **named)
    return tuple(
        _beside(replace(state, **way), theirs) if way is not named and "padding" in way else None for way in ways
    )


def _beside(ours: PageState, theirs: PageState) -> Beside | None:
    """How one layer stands to another that has other padding and is the same in all else; None where it is none."""
    try:
        plans = [_plan(one) for one in (ours, theirs)]
    except LayerError:
        return None
    if any(one.output != other.output for one, other in zip(*plans, strict=True)):
        return Beside.ANOTHER_SHAPE
    windows, their_windows = (product(*map(_reads, plan)) for plan in plans)
    is_same = all(
        window == other or not (all(window) or all(other)) for window, other in zip(windows, their_windows, strict=True)
    )
    return Beside.SAME_NUMBERS if is_same else Beside.SAME_SHAPE


def _reads(axis: Axis) -> list[dict[int, int]]:
    """For each window the index of the input that a tap reads, without the taps that lie on a padding of zeros."""
    sources = axis.sources
    return [
        {tap: sources[start + offset] for tap, offset in enumerate(axis.offsets) if sources[start + offset] >= 0}
        for start in axis.starts
    ]


def _padded_layer(state: PageState) -> Any:
    """The layer that has the padding of a state: of a separable one, the first of its two."""
    layer = state.make_layer()
    return getattr(layer, "depthwise", layer)


def _plan(state: PageState) -> tuple[Axis, ...]:
    """The plan of a state's layer for its input; LayerError where there is none."""
    layer = _padded_layer(state)
    axes: tuple[Axis, ...] = layer.axes(*_size(state, layer))
    return axes


def _size(state: PageState, layer: Any) -> tuple[int, ...]:
    """The size of a state's input in the directions of its layer; a sequence is given as a single row."""
    return state.shapes()[state.roles[0]][-layer.space.dims :]


def _is_within_limits(state: AnyState, way: Fields) -> bool:
    bounds = limits(type(state))
    return all(bounds[name].least <= value <= bounds[name].most for name, value in way.items() if name in bounds)


def _helps(state: State, way: Fields, error: LayerError, check: Callable[[State], object]) -> bool:
    try:
        check(replace(state, **way))
    except LayerError as other:
        return (other.key, other.parameter) != (error.key, error.parameter)
    return True


def _fields_of(state: AnyState, changes: tuple[Change, ...]) -> dict[str, Any]:
    """The fields that say what the changes say; none where one of them is no field's."""
    way: dict[str, Any] = {}
    for change in changes:
        found = dict(_fields_of_one(state, change))
        if not found:
            return {}
        way |= found
    return way


def _fields_of_one(state: AnyState, change: Change) -> Iterator[tuple[str, Any]]:
    kinds = types(type(state))
    name, value = change.parameter, change.value
    if isinstance(state, ComparisonState) and name in state.apart_fields:
        yield from _job_fields(state, change)
        return
    if isinstance(state, PageState) and name == "padding" and not isinstance(value, str):
        yield from _padding_fields(state, change)
        return
    if name in kinds and isinstance(value, int | str):
        yield name, kinds[name](value)
        return
    named = _of_each_axis(name, kinds)
    if named:
        yield from zip(named, _each(state, named, change), strict=True)


def _job_fields(state: ComparisonState, change: Change) -> Iterator[tuple[str, Any]]:
    """The fields that say an argument of a job which has rows and columns, or sides: as it is given at present."""
    name, value = change.parameter, change.value
    if isinstance(value, str):
        if value in [*JobPadding]:
            yield "padding_given", JobPadding(value)
        return
    if name == "padding":
        yield "padding_given", JobPadding.NUMBERS
    if not state.apart:
        numbers = {*chain.from_iterable(_as_pair(amount) for amount in _as_pair(value))}
        if len(numbers) == 1:
            yield name, *numbers
    elif name != "padding":
        yield from zip(state.apart_fields[name], _each(state, state.apart_fields[name], change), strict=True)
    elif change.axis is None:
        sides = (_as_pair(amount) for amount in _as_pair(value))
        yield from zip(state.side_fields, chain.from_iterable(sides), strict=True)
    else:
        half = state.side_fields[2 * change.axis :][:2]
        yield from zip(half, _as_pair(value), strict=True)


def _of_each_axis(parameter: str, fields: Container[str]) -> tuple[str, ...]:
    """The fields of a parameter's directions: those of the kernel's size are kernel_height and kernel_width."""
    named = (f"{parameter.removesuffix('_size')}_{axis}" for axis in _AXES)
    return tuple(name for name in named if name in fields)


def _each(state: AnyState, named: Sequence[str], change: Change) -> tuple[Any, ...]:
    """The value of each direction: a change of one axis leaves the others as they are."""
    if change.axis is None:
        return tuple(change.value) if isinstance(change.value, tuple) else (change.value,) * len(named)
    kept = [getattr(state, name) for name in named]
    kept[change.axis] = change.value
    return tuple(kept)


def _padding_fields(state: PageState, change: Change) -> Iterator[tuple[str, Any]]:
    """The fields that say how much padding there is: one for each direction, or where its sides differ two."""
    kind, directions = types(type(state))["padding"], len(state.amount_fields)
    if change.axis is None:
        amounts = change.value if isinstance(change.value, tuple) else (change.value,) * directions
        sides = [_as_pair(amount) for amount in amounts][-directions:]
    else:
        sides = list(_sides_now(state))
        sides[change.axis] = _as_pair(change.value)
    if all(before == after for before, after in sides):
        yield "padding", kind(SidedPadding.AMOUNT)
        yield from zip(state.amount_fields, (before for before, _ in sides), strict=True)
    else:
        yield "padding", kind(SidedPadding.SIDES)
        yield from zip(state.side_fields, chain.from_iterable(sides), strict=True)


def _sides_now(state: PageState) -> Sequence[tuple[int, int]]:
    """The padding (before, after) of each direction at present, whether it fits the input or not."""
    if not {*state.amount_fields} & state.idle():
        return [_as_pair(getattr(state, name)) for name in state.amount_fields]
    if not {*state.side_fields} & state.idle():
        amounts = [getattr(state, name) for name in state.side_fields]
        return list(zip(amounts[::2], amounts[1::2], strict=True))
    layer = _padded_layer(state)
    return padding_sides(layer.padding, layer.extents, layer.strides, _size(state, layer))


def _as_pair(value: Any) -> tuple[Any, Any]:
    return value if isinstance(value, tuple) else (value, value)
