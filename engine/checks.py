"""What a layer's arguments must be; LayerError, with the nearest value that would do, for each that is not."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from math import gcd, isqrt
from numbers import Integral, Real
from typing import Any, TypeGuard

from engine.errors import Change, Choice, ChoiceCode, LayerCode, LayerError, use

Pair = tuple[int, int]
Sides = tuple[Pair, Pair]
Padding = int | Pair | Sides | str

PADDINGS = ("valid", "same", "full", "same_upper", "same_lower")
SAME_PADDINGS = ("same_upper", "same_lower")
SIDED_PADDINGS = ("valid", *SAME_PADDINGS)
"""The names of paddings that a convolution has, that go by the stride, and that a pooling or a transposed layer has."""


def whole_number(parameter: str, value: object, least: int = 1) -> int:
    """Return `value` as an int; LayerError unless it is a whole number of at least `least`. True is not a number.

    >>> whole_number("stride", 2)
    2
    """
    if _is_whole(value, least):
        return int(value)
    nearest = use(parameter, _nearest_whole(value, least))
    raise LayerError(LayerCode.NOT_WHOLE, parameter, value, choices=nearest, least=least)


def whole_pair(parameter: str, value: object, least: int = 1) -> int | Pair:
    """Return `value`, one whole number or a pair (rows, columns) of them, as plain ints; LayerError for all else.

    >>> whole_pair("kernel_size", [3, 5])
    (3, 5)
    """
    if _is_whole(value, least):
        return int(value)
    if _is_whole_pair(value, least):
        return int(value[0]), int(value[1])
    nearest = _nearest_pair(value, least) if isinstance(value, tuple | list) else _nearest_whole(value, least)
    choices = use(parameter, nearest)
    raise LayerError(LayerCode.NOT_WHOLE_OR_PAIR, parameter, value, choices=choices, least=least)


def padding_argument(value: object, names: tuple[str, ...]) -> Padding:
    """Return a padding with plain ints in tuples; LayerError for what is none.

    It is a whole number, a pair (rows, columns), ((top, bottom), (left, right)), or one of the names.

    >>> padding_argument([[1, 0], [2, 3]], PADDINGS), padding_argument("same", PADDINGS)
    (((1, 0), (2, 3)), 'same')
    """
    if isinstance(value, str):
        return named("padding", value, names)
    if _is_whole(value, 0) or _is_whole_pair(value, 0):
        return whole_pair("padding", value, 0)
    if _is_pair(value) and _is_whole_pair(value[0], 0) and _is_whole_pair(value[1], 0):
        (top, bottom), (left, right) = value
        return (int(top), int(bottom)), (int(left), int(right))
    choices = use("padding", _nearest_padding(value))
    raise LayerError(LayerCode.NOT_A_PADDING, "padding", value, choices=choices, names=names)


def named(parameter: str, value: object, names: tuple[str, ...]) -> str:
    """Return `value` if it is one of `names`; LayerError with the name spelled most like it otherwise.

    >>> named("padding", "full", PADDINGS)
    'full'
    """
    if isinstance(value, str) and value in names:
        return str(value)
    nearest = get_close_matches(str(value).lower(), names, n=1, cutoff=0.0)[0]
    raise LayerError(LayerCode.NOT_A_NAME, parameter, value, choices=use(parameter, nearest), names=names)


def settle(layer: object, values: Mapping[str, object]) -> None:
    """Put what was checked into the fields of a layer, which are frozen.

    >>> from engine.modules import Linear
    >>> layer = Linear(2, 3)
    >>> settle(layer, {"out_features": 4})
    >>> layer.out_features
    4
    """
    for field, value in values.items():
        object.__setattr__(layer, field, value)


def check_groups(groups: int, in_channels: int, out_channels: int) -> None:
    """LayerError unless `groups` divides both numbers of channels.

    >>> check_groups(3, in_channels=8, out_channels=6)
    Traceback (most recent call last):
    engine.errors.LayerError: groups is 3, but it must divide in_channels, which is 8: use 2.
    """
    for divided, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            divisors = _divisors(gcd(in_channels, out_channels))
            distance = min(abs(groups - divisor) for divisor in divisors)
            nearest = tuple(divisor for divisor in divisors if abs(groups - divisor) == distance)
            raise LayerError(
                LayerCode.GROUPS_DO_NOT_DIVIDE,
                "groups",
                groups,
                choices=tuple(Choice((Change("groups", number),)) for number in nearest),
                divided=divided,
                channels=channels,
                nearest=nearest,
            )


def check_same_has_stride_one(padding: Padding, stride: int | Pair, half: Pair) -> None:
    """LayerError for "same" with a stride other than 1; `half` is the (rows, columns) of padding closest to it.

    >>> check_same_has_stride_one("same", stride=1, half=(1, 1))
    """
    if padding == "same" and stride not in (1, (1, 1)):
        number = half[0] if half[0] == half[1] else half
        choices = (*use("stride", 1), *use("padding", "same_upper"), *use("padding", number))
        raise LayerError(LayerCode.SAME_WITH_STRIDE, "padding", padding, choices=choices, stride=stride, padding=number)


def check_no_output_padding(padding: Padding, output_padding: int | Pair) -> None:
    """LayerError where an output_padding is given to a layer whose padding says how large the output is.

    >>> check_no_output_padding("same_upper", 0)
    """
    if padding in SAME_PADDINGS and output_padding not in (0, (0, 0)):
        choices = use("output_padding", 0)
        raise LayerError(
            LayerCode.SAME_WITH_OUTPUT_PADDING, "output_padding", output_padding, choices=choices, padding=padding
        )


def check_no_window_on_padding_alone(sides: Sides, kernel: Pair) -> None:
    """LayerError where a side has so much padding that a pooling window of this kernel could lie on nothing else.

    Source: ONNX Runtime, which wants every pad of a pooling layer smaller than the kernel.

    >>> check_no_window_on_padding_alone(((0, 1), (0, 2)), (2, 3))
    """
    for axis, (amounts, taps) in enumerate(zip(sides, kernel, strict=True)):
        for side, amount in enumerate(amounts):
            if amount >= taps:
                nearest = min(amounts[0], taps - 1), min(amounts[1], taps - 1)
                choices = (Choice((Change("padding", nearest, axis),)),)
                where = (("top", "bottom"), ("left", "right"))[axis][side]
                raise LayerError(
                    LayerCode.POOLING_SIDE_TOO_LARGE,
                    "padding",
                    amount,
                    where,
                    choices=choices,
                    kernel=taps,
                    most=taps - 1,
                )


def check_at_most(code: LayerCode, parameter: str, value: int | Pair, most: Pair) -> None:
    """LayerError of this code where `value` is more than `most`, which is (rows, columns), in either direction.

    >>> check_at_most(LayerCode.POOLING_PADDING_TOO_LARGE, "padding", (1, 0), (1, 1))
    """
    given = value if isinstance(value, tuple) else (value, value)
    nearest = min(given[0], most[0]), min(given[1], most[1])
    for amount, limit, direction in zip(given, most, ("rows", "columns"), strict=True):
        if amount > limit:
            number = _written_like(value, *nearest)
            raise LayerError(code, parameter, value, direction, choices=use(parameter, number), most=limit)


def check_output_padding(value: int | Pair, strides: Pair, dilations: Pair) -> None:
    """LayerError unless an output_padding is, in each direction, less than the larger of the stride and the dilation.

    >>> check_output_padding(1, strides=(2, 2), dilations=(1, 1))
    """
    given = value if isinstance(value, tuple) else (value, value)
    most = tuple(max(both) - 1 for both in zip(strides, dilations, strict=True))
    nearest = _written_like(value, min(given[0], most[0]), min(given[1], most[1]))
    for i, direction in enumerate(("rows", "columns")):
        if given[i] > most[i]:
            stride, dilation = (_at_least(of, given) for of in (strides, dilations))
            choices = (
                _worded("output_padding", nearest, ChoiceCode.OUTPUT_PADDING_AT_MOST, most=nearest),
                _worded("stride", stride, ChoiceCode.STRIDE_AT_LEAST, least=stride),
                _worded("dilation", dilation, ChoiceCode.DILATION_AT_LEAST, least=dilation),
            )
            raise LayerError(
                LayerCode.OUTPUT_PADDING_TOO_LARGE,
                "output_padding",
                value,
                direction,
                choices=choices,
                stride=strides[i],
                dilation=dilations[i],
            )


def _worded(parameter: str, value: int | Pair, code: ChoiceCode, **places: int | Pair) -> Choice:
    return Choice((Change(parameter, value),), code, places=places)


def _at_least(steps: Pair, output_padding: Pair) -> int | Pair:
    """The steps nearest to these that are larger than an output_padding, as one number where they are equal."""
    down, across = (max(step, more + 1) for step, more in zip(steps, output_padding, strict=True))
    return down if down == across else (down, across)


def _written_like(value: int | Pair, rows: int, columns: int) -> int | Pair:
    """A pair where `value` is one; else the one number that is not too large in either direction."""
    return (rows, columns) if isinstance(value, tuple) else min(rows, columns)


def _is_whole(value: object, least: int) -> TypeGuard[int]:
    """Tell whether `value` is a whole number of at least `least`; NumPy's are, True and 1.0 are not."""
    if type(value) is int:
        return value >= least  # by far the most common, and asking an abstract class takes ten times as long
    return not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= least


def _is_pair(value: object) -> TypeGuard[tuple[Any, Any]]:
    """Tell whether `value` is a tuple or list of two."""
    return isinstance(value, tuple | list) and len(value) == 2


def _is_whole_pair(value: object, least: int) -> TypeGuard[Pair]:
    """Tell whether `value` is a tuple or list of two whole numbers of at least `least`."""
    return _is_pair(value) and _is_whole(value[0], least) and _is_whole(value[1], least)


def _nearest_whole(value: object, least: int) -> int:
    """Return the whole number of at least `least` nearest to `value`, or `least` where `value` is no number at all."""
    if isinstance(value, Integral):
        return max(least, int(value))
    return max(least, round(float(value))) if isinstance(value, Real) and math.isfinite(value) else least


def _nearest_pair(value: object, least: int) -> Pair:
    """Return the pair nearest to `value`: its first two numbers, or its only one twice."""
    numbers = tuple(value) if isinstance(value, tuple | list) and value else (value,)
    first, second = (numbers * 2)[:2]
    return _nearest_whole(first, least), _nearest_whole(second, least)


def _nearest_padding(value: object) -> Padding:
    """Return the padding nearest to `value`, written the way it is written."""
    if not isinstance(value, tuple | list):
        return _nearest_whole(value, 0)
    if any(isinstance(side, tuple | list) for side in value):
        rows, columns = (tuple(value) * 2)[:2]
        return _nearest_pair(rows, 0), _nearest_pair(columns, 0)
    return _nearest_pair(value, 0)


def _divisors(number: int) -> list[int]:
    small = [n for n in range(1, isqrt(number) + 1) if number % n == 0]
    return sorted({*small, *(number // n for n in small)})
