"""What a layer's arguments must be; LayerError, with the nearest value that would do, for each that is not."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from math import gcd, isqrt
from numbers import Integral, Real
from typing import Any, TypeGuard

from engine.directions import Space
from engine.errors import Change, Choice, ChoiceCode, LayerCode, LayerError, use

Pair = tuple[int, int]
Numbers = tuple[int, ...]
Sides = tuple[Pair, ...]
Padding = int | Numbers | Sides | str
"""Two numbers; one for each direction; (before, after) for each direction; and all that a padding can be."""

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


def size_argument(size: tuple[object, ...], space: Space) -> Numbers:
    """Return the size of an input as plain ints; LayerError for what is none, TypeError for too many or too few.

    >>> from engine.directions import SEQUENCE
    >>> size_argument((4,), SEQUENCE)
    (4,)
    """
    names = space.size
    if len(size) != len(names):
        raise TypeError(f"the size of the input is ({', '.join(names)}), not {size}")
    return tuple(map(whole_number, names, size))


def whole_numbers(parameter: str, value: object, space: Space, least: int = 1) -> int | Numbers:
    """Return `value`, one whole number or one for each direction, as plain ints; LayerError for all else.

    >>> from engine.directions import IMAGE
    >>> whole_numbers("kernel_size", [3, 5], IMAGE)
    (3, 5)
    """
    if _is_whole(value, least):
        return int(value)
    if _is_whole_tuple(value, space.dims, least):
        return tuple(map(int, value))
    choices = use(parameter, _nearest_numbers(value, space.dims, least))
    raise LayerError(LayerCode.NOT_WHOLE_OR_PAIR, parameter, value, space.variant, choices=choices, least=least)


def as_tuple(value: int | Numbers, dims: int) -> Numbers:
    """Return the numbers, one for each direction, that a whole number or a tuple stands for.

    >>> as_tuple(3, 2), as_tuple((1, 2), 2)
    ((3, 3), (1, 2))
    """
    return (value,) * dims if isinstance(value, int) else value


def padding_argument(value: object, names: tuple[str, ...], space: Space) -> Padding:
    """Return a padding with plain ints in tuples; LayerError for what is none.

    It is a whole number, one for each direction, (before, after) for each direction, or one of the names. The only
    direction of a sequence may have its (before, after) without a tuple around it.

    >>> from engine.directions import IMAGE, SEQUENCE
    >>> padding_argument([[1, 0], [2, 3]], PADDINGS, IMAGE), padding_argument("same", PADDINGS, IMAGE)
    (((1, 0), (2, 3)), 'same')
    >>> padding_argument([2, 0], PADDINGS, SEQUENCE)
    (2, 0)
    """
    if isinstance(value, str):
        return named("padding", value, names)
    if _is_whole(value, 0) or _is_whole_tuple(value, space.dims, 0):
        return whole_numbers("padding", value, space, 0)
    if space.dims == 1 and _is_whole_tuple(value, 2, 0):
        return tuple(map(int, value))
    if _is_tuple(value, space.dims) and all(_is_whole_tuple(side, 2, 0) for side in value):
        return tuple((int(before), int(after)) for before, after in value)
    choices = use("padding", _nearest_padding(value, space.dims))
    raise LayerError(LayerCode.NOT_A_PADDING, "padding", value, space.variant, choices=choices, names=names)


def named(parameter: str, value: object, names: tuple[str, ...]) -> str:
    """Return `value` if it is one of `names`; LayerError with the name spelled most like it otherwise.

    >>> named("padding", "full", PADDINGS)
    'full'
    """
    if isinstance(value, str) and value in names:
        return str(value)
    nearest = get_close_matches(str(value).lower(), names, n=1, cutoff=0.0)[0]
    raise LayerError(LayerCode.NOT_A_NAME, parameter, value, choices=use(parameter, nearest), names=names)


def finite_number(parameter: str, value: object) -> float:
    """Return `value` as a float; LayerError unless it is a real number that is not infinite. True is not a number.

    >>> finite_number("padding_value", 5)
    5.0
    """
    if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise LayerError(LayerCode.NOT_FINITE, parameter, value, choices=use(parameter, 0))


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


def check_mode_takes_value(mode: str, value: float) -> None:
    """LayerError where a padding mode other than "constant" is given a number, but 0, to fill the padding with.

    >>> check_mode_takes_value("reflect", 5.0)
    Traceback (most recent call last):
    engine.errors.LayerError: padding_value is 5, but with padding_mode 'reflect' the padding holds something else: \
use padding_mode='constant', or a padding_value of 0.
    """
    if mode == "constant" or not value:
        return
    choices = *use("padding_mode", "constant"), *use("padding_value", 0)
    raise LayerError(LayerCode.MODE_TAKES_NO_VALUE, "padding_value", value, choices=choices, mode=str(mode))


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


def check_same_has_stride_one(stride: int | Numbers, half: Numbers) -> None:
    """LayerError for "same" with a stride other than 1; `half` is the padding closest to it, for each direction.

    >>> check_same_has_stride_one(stride=1, half=(1, 1))
    """
    if set(as_tuple(stride, len(half))) != {1}:
        number = _in_short(half)
        choices = (*use("stride", 1), *use("padding", "same_upper"), *use("padding", number))
        raise LayerError(LayerCode.SAME_WITH_STRIDE, "padding", "same", choices=choices, stride=stride, padding=number)


def check_no_output_padding(padding: Padding, output_padding: int | Numbers) -> None:
    """LayerError where an output_padding is given to a layer whose padding says how large the output is.

    >>> check_no_output_padding("same_upper", 0)
    """
    if padding in SAME_PADDINGS and any(as_tuple(output_padding, 1)):
        choices = use("output_padding", 0)
        raise LayerError(
            LayerCode.SAME_WITH_OUTPUT_PADDING, "output_padding", output_padding, choices=choices, padding=padding
        )


def check_no_window_on_padding_alone(sides: Sides, kernel: Numbers, space: Space) -> None:
    """LayerError where a side has so much padding that a pooling window of this kernel could lie on nothing else.

    Source: ONNX Runtime, which wants every pad of a pooling layer smaller than the kernel.

    >>> from engine.directions import IMAGE
    >>> check_no_window_on_padding_alone(((0, 1), (0, 2)), (2, 3), IMAGE)
    """
    for direction, amounts, taps in zip(space.directions, sides, kernel, strict=True):
        for where, amount in zip((direction.before, direction.after), amounts, strict=True):
            if amount >= taps:
                nearest = min(amounts[0], taps - 1), min(amounts[1], taps - 1)
                choices = (Choice((Change("padding", nearest, direction.axis),)),)
                raise LayerError(
                    LayerCode.POOLING_SIDE_TOO_LARGE,
                    "padding",
                    amount,
                    where,
                    choices=choices,
                    kernel=taps,
                    most=taps - 1,
                )


def check_at_most(code: LayerCode, parameter: str, value: int | Numbers, most: Numbers, space: Space) -> None:
    """LayerError of this code where `value` is more than `most`, one for each direction, in any of them.

    >>> from engine.directions import IMAGE
    >>> check_at_most(LayerCode.POOLING_PADDING_TOO_LARGE, "padding", (1, 0), (1, 1), IMAGE)
    """
    for amount, limit, direction in zip(as_tuple(value, space.dims), most, space.directions, strict=True):
        if amount > limit:
            choices = use(parameter, _at_most(most, value))
            raise LayerError(code, parameter, value, direction.name, choices=choices, most=limit)


def check_output_padding(value: int | Numbers, strides: Numbers, dilations: Numbers, space: Space) -> None:
    """LayerError unless an output_padding is, in each direction, less than the larger of the stride and the dilation.

    >>> from engine.directions import IMAGE
    >>> check_output_padding(1, strides=(2, 2), dilations=(1, 1), space=IMAGE)
    """
    given = as_tuple(value, space.dims)
    most = tuple(max(both) - 1 for both in zip(strides, dilations, strict=True))
    for i, direction in enumerate(space.directions):
        if given[i] > most[i]:
            nearest = _at_most(most, value)
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
                direction.name,
                choices=choices,
                stride=strides[i],
                dilation=dilations[i],
            )


def _worded(parameter: str, value: int | Numbers, code: ChoiceCode, **places: int | Numbers) -> Choice:
    return Choice((Change(parameter, value),), code, places=places)


def _at_least(steps: Numbers, output_padding: Numbers) -> int | Numbers:
    """The steps nearest to these that are larger than an output_padding, as one number where they are equal."""
    return _in_short(tuple(max(step, more + 1) for step, more in zip(steps, output_padding, strict=True)))


def _at_most(most: Numbers, value: int | Numbers) -> int | Numbers:
    """What is nearest to `value` of what is at most `most`: a tuple where it is one, else one number for all."""
    nearest = tuple(map(min, as_tuple(value, len(most)), most))
    return nearest if isinstance(value, tuple) else min(nearest)


def _in_short(numbers: Numbers) -> int | Numbers:
    """One number where all are equal."""
    return numbers[0] if len(set(numbers)) == 1 else numbers


def _is_whole(value: object, least: int) -> TypeGuard[int]:
    """Tell whether `value` is a whole number of at least `least`; NumPy's are, True and 1.0 are not."""
    if type(value) is int:
        return value >= least  # by far the most common, and asking an abstract class takes ten times as long
    return not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= least


def _is_tuple(value: object, length: int) -> TypeGuard[tuple[Any, ...]]:
    """Tell whether `value` is a tuple or list of so many."""
    return isinstance(value, tuple | list) and len(value) == length


def _is_whole_tuple(value: object, length: int, least: int) -> TypeGuard[Numbers]:
    """Tell whether `value` is a tuple or list of so many whole numbers of at least `least`."""
    return _is_tuple(value, length) and all(_is_whole(one, least) for one in value)


def _nearest_whole(value: object, least: int) -> int:
    """Return the whole number of at least `least` nearest to `value`, or `least` where `value` is no number at all."""
    if isinstance(value, Integral):
        return max(least, int(value))
    return max(least, round(float(value))) if isinstance(value, Real) and math.isfinite(value) else least


def _nearest_numbers(value: object, dims: int, least: int) -> int | Numbers:
    """Return what is nearest to `value`: of a tuple a number for each direction, for a sequence without a tuple."""
    if not isinstance(value, tuple | list):
        return _nearest_whole(value, least)
    nearest = _nearest_tuple(value, dims, least)
    return nearest if dims > 1 else nearest[0]


def _nearest_tuple(value: object, length: int, least: int) -> Numbers:
    """Return the tuple nearest to `value`: its first numbers, or again and again those that it has."""
    numbers = tuple(value) if isinstance(value, tuple | list) and value else (value,)
    return tuple(_nearest_whole(one, least) for one in (numbers * length)[:length])


def _nearest_padding(value: object, dims: int) -> Padding:
    """Return the padding nearest to `value`, written the way it is written."""
    if isinstance(value, tuple | list) and any(isinstance(side, tuple | list) for side in value):
        sides = (_nearest_tuple(side, 2, 0) for side in (tuple(value) * dims)[:dims])
        return tuple((before, after) for before, after in sides)
    if dims == 1 and _is_tuple(value, 2):
        return _nearest_tuple(value, 2, 0)
    return _nearest_numbers(value, dims, 0)


def _divisors(number: int) -> list[int]:
    small = [n for n in range(1, isqrt(number) + 1) if number % n == 0]
    return sorted({*small, *(number // n for n in small)})
