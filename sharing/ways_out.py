"""What a visitor can do about an impossible layer: the fields of the page that change, for each way out of an error."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum, auto
from itertools import chain
from typing import Any

from engine import Change, LayerError
from engine.geometry import Axis
from engine.sides import padding_sides
from sharing.fields import limits, types
from sharing.page_state import PageState, SidedPadding
from sharing.values import operands

Fields = Mapping[str, Any]

_AXES = ("height", "width")


class Beside(StrEnum):
    """What a way out makes of an input, beside what TensorFlow's SAME makes of it."""

    SAME_NUMBERS = auto()
    SAME_SHAPE = auto()
    ANOTHER_SHAPE = auto()


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
    return tuple(way for way in found if way and _is_within_limits(state, way) and _helps(state, way, error))


def _changed(state: PageState, way: Fields) -> Fields:
    """The fields of a way out that are not so already; amounts of padding count where they had no effect before."""
    idle = state.idle()
    return {name: value for name, value in way.items() if name in idle or getattr(state, name) != value}


def beside_tensorflow(state: PageState, ways: Sequence[Fields]) -> tuple[Beside | None, ...]:
    """Return, for each way out, how it stands to TensorFlow's SAME; None where that is no other way out of the error.

    >>> from kinds.standard.state import StandardState
    >>> from sharing.page_state import PaddingChoice
    >>> state = StandardState("", 6, 6, stride_height=2, stride_width=2)
    >>> amount = {"padding": PaddingChoice.AMOUNT, "padding_height": 1, "padding_width": 1}
    >>> beside_tensorflow(state, [{"padding": PaddingChoice.SAME_UPPER}, amount])
    (None, <Beside.SAME_SHAPE: 'same_shape'>)
    """
    named = next((way for way in ways if way.get("padding") == SidedPadding.SAME_UPPER), None)
    if named is None:
        return (None,) * len(ways)
    theirs = replace(state, **named)
    return tuple(
        _beside(replace(state, **way), theirs) if way is not named and "padding" in way else None for way in ways
    )


def _beside(ours: PageState, theirs: PageState) -> Beside | None:
    """How one layer stands to another that has other padding and is the same in all else; None where it is none."""
    try:
        plans = [_padded_layer(one).axes(*_size(one)) for one in (ours, theirs)]
    except LayerError:
        return None
    if any(one.output != other.output for one, other in zip(*plans, strict=True)):
        return Beside.ANOTHER_SHAPE
    (rows, columns), (their_rows, their_columns) = ([_reads(axis) for axis in plan] for plan in plans)
    is_same = all(
        (down, across) == (their_down, their_across) or not ((down and across) or (their_down and their_across))
        for down, their_down in zip(rows, their_rows, strict=True)
        for across, their_across in zip(columns, their_columns, strict=True)
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


def _size(state: PageState) -> tuple[int, int]:
    """The rows and columns of a state's input."""
    _, height, width = state.shapes()[state.roles[0]]
    return height, width


def _is_within_limits(state: PageState, way: Fields) -> bool:
    bounds = limits(type(state))
    return all(bounds[name].least <= value <= bounds[name].most for name, value in way.items() if name in bounds)


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
    if name == "padding" and not isinstance(value, str):
        yield from _padding_fields(state, change)
        return
    if name in kinds:
        yield name, kinds[name](value)
        return
    named = _of_both_axes(name)
    if {*named} <= kinds.keys():
        yield from zip(named, _pair(state, named, change), strict=True)


def _of_both_axes(parameter: str) -> list[str]:
    """The fields of a parameter's rows and columns: those of the kernel's size are kernel_height and kernel_width."""
    return [f"{parameter.removesuffix('_size')}_{axis}" for axis in _AXES]


def _pair(state: PageState, named: list[str], change: Change) -> tuple[Any, ...]:
    """Both values, for rows and columns: a change of one axis leaves the other as it is."""
    if change.axis is None:
        return tuple(change.value) if isinstance(change.value, tuple) else (change.value, change.value)
    kept = [getattr(state, name) for name in named]
    kept[change.axis] = change.value
    return tuple(kept)


def _padding_fields(state: PageState, change: Change) -> Iterator[tuple[str, Any]]:
    """The fields that say how much padding there is: one for each direction, or where its sides differ two."""
    kind, directions = types(type(state))["padding"], len(state.amount_fields)  # a sequence has columns only
    if change.axis is None:
        sides = [_as_pair(amount) for amount in _as_pair(change.value)][-directions:]
    else:
        sides = list(_sides_now(state))
        sides[change.axis - 2] = _as_pair(change.value)
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
    return padding_sides(layer.padding, layer.extents, layer.strides, _size(state))[-len(state.amount_fields) :]


def _as_pair(value: Any) -> tuple[Any, Any]:
    return value if isinstance(value, tuple) else (value, value)
