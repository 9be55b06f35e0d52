"""Whether a layer fits an input of one size; LayerError, with the nearest values that would do, where not."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.directions import Direction
from engine.errors import Change, Choice, ChoiceCode, LayerCode, LayerError
from engine.geometry import Axis, PaddingMode, TransposedAxis


def check_padding_fits_mode(axis: Axis, direction: Direction) -> None:
    """LayerError if a side has more padding than its mode can fill from this input.

    >>> from engine.directions import IMAGE
    >>> check_padding_fits_mode(Axis(4, 3, 3, 1, 1, 1, PaddingMode.REFLECT), IMAGE.directions[0])
    """
    most = axis.most_padding
    if most is None or max(axis.before, axis.after) <= most:
        return
    amount, side = (axis.before, direction.before) if axis.before > most else (axis.after, direction.after)
    before, after = min(axis.before, most), min(axis.after, most)
    choices = [Choice((Change("padding_mode", PaddingMode.REPLICATE.value),), ChoiceCode.REPLICATE)]
    if axis.extent <= before + axis.length + after:
        smaller = Change("padding", (before, after), direction.axis)
        choices.insert(0, Choice((smaller,), ChoiceCode.PADDING_AT_MOST, places={"most": most}))
    raise LayerError(
        LayerCode.MODE_CANNOT_FILL,
        "padding",
        amount,
        axis.mode.value,
        side,
        choices=tuple(choices),
        length=axis.length,
        most=most,
    )


def check_kernel_fits(axis: Axis, direction: Direction) -> None:
    """LayerError if the kernel, spread by its dilation, is larger than the padded input.

    >>> from engine.directions import IMAGE
    >>> check_kernel_fits(Axis(4, 0, 0, 5, 1, 1, PaddingMode.ZEROS), IMAGE.directions[0])
    Traceback (most recent call last):
    engine.errors.LayerError: kernel_size is 5 rows, but the padded input has only 4 rows: use a kernel of at most \
4 rows, or a padding of at least 1.
    """
    if axis.extent <= axis.padded:
        return
    choices = [_smaller_kernel((axis.padded - 1) // axis.dilation + 1, direction)]
    dilation = (axis.padded - 1) // (axis.kernel - 1)
    if dilation >= 1:
        choices.append(_smaller_dilation(dilation, direction))
    choices.extend(_paddings_that_fit(axis, direction))
    raise LayerError(
        LayerCode.KERNEL_TOO_LARGE,
        "kernel_size",
        axis.kernel,
        direction.name,
        _dilated(axis),
        choices=tuple(choices),
        **_window_places(axis),
    )


def check_pooling_fits(axis: Axis, direction: Direction, overhang_of: Callable[[int], int]) -> None:
    """LayerError if a pooling window is larger than the padded input and the cells that it may stand out by.

    `overhang_of` says how many those are for a kernel of so many taps: fewer for a smaller one that its stride follows.

    >>> from engine.directions import IMAGE
    >>> check_pooling_fits(Axis(4, 0, 0, 5, 2, 1, PaddingMode.ZEROS), IMAGE.directions[0], lambda kernel: 1)
    """
    overhang = overhang_of(axis.kernel)
    room = axis.padded + overhang
    if axis.extent <= room:
        return
    choices = []
    smaller = range(axis.kernel - 1, 0, -1)
    kernel = next(size for size in smaller if axis.dilation * (size - 1) < axis.padded + overhang_of(size))
    if max(axis.before, axis.after) <= _most_pooling_padding(axis, kernel):
        choices.append(_smaller_kernel(kernel, direction))
    if axis.kernel <= room:
        choices.append(_smaller_dilation((room - 1) // (axis.kernel - 1), direction))
    padding = _least_padding(axis, direction, axis.extent - axis.length - overhang)
    if padding.places["least"] <= _most_pooling_padding(axis, axis.kernel) * (1 if axis.before == axis.after else 2):
        choices.append(padding)
    length = axis.extent - axis.before - axis.after - overhang
    larger = Change(direction.size, length)
    choices.append(Choice((larger,), ChoiceCode.INPUT, direction.name, {"least": length}))
    raise LayerError(
        LayerCode.WINDOW_TOO_LARGE,
        "kernel_size",
        axis.kernel,
        direction.name,
        _dilated(axis),
        "ceil" if overhang else "",
        choices=tuple(choices),
        overhang=overhang,
        ceil_mode="ceil_mode",
        **_window_places(axis),
    )


def check_output_is_left(axis: TransposedAxis, direction: Direction) -> None:
    """LayerError if a transposed layer's padding crops all of its output.

    >>> from engine.directions import IMAGE
    >>> axis = TransposedAxis(2, 1, 1, kernel=2, stride=1, dilation=1, output_padding=0)
    >>> check_output_is_left(axis, IMAGE.directions[0])
    """
    if axis.output >= 1:
        return
    most = axis.uncropped - 1
    is_even = axis.before == axis.after
    after = min(axis.after, most)
    smaller = Change("padding", most // 2 if is_even else (min(axis.before, most - after), after), direction.axis)
    raise LayerError(
        LayerCode.NO_OUTPUT_LEFT,
        "padding",
        axis.before,
        direction.name,
        "" if is_even else "sides",
        choices=(Choice((smaller,)),),
        after=axis.after,
        uncropped=axis.uncropped,
        most=most,
    )


def check_output_size(axis: TransposedAxis, output: int, reachable: range, direction: Direction) -> None:
    """LayerError unless `output` is among the lengths that an output_padding makes of the plan.

    >>> from engine.directions import IMAGE
    >>> axis = TransposedAxis(15, 7, 7, kernel=16, stride=16, dilation=1, output_padding=0)
    >>> check_output_size(axis, 242, axis.reachable, IMAGE.directions[0])
    Traceback (most recent call last):
    engine.errors.LayerError: output_size is 242 rows, but this layer makes 226 to 241 of 15 rows, by its \
output_padding: use 241.
    """
    if output in reachable:
        return
    if not reachable:
        check_output_is_left(replace(axis, output_padding=axis.stride - 1), direction)
    least, most = reachable[0], reachable[-1]
    nearest = Change("output_size", max(least, min(output, most)), direction.axis)
    raise LayerError(
        LayerCode.OUTPUT_SIZE_OUT_OF_REACH,
        "output_size",
        output,
        direction.name,
        "fixed" if least == most else "",
        choices=(Choice((nearest,)),),
        length=axis.length,
        least=least,
        most=most,
    )


def _paddings_that_fit(axis: Axis, direction: Direction) -> list[Choice]:
    """Return the least padding that makes room for the kernel, if the mode can give so much."""
    missing = axis.extent - axis.length
    if axis.most_padding is not None and math.ceil(missing / 2) > axis.most_padding:
        return []
    return [_least_padding(axis, direction, missing)]


def _least_padding(axis: Axis, direction: Direction, missing: int) -> Choice:
    """Return the way out that is to add so many cells in all, written as the padding of the axis is."""
    each_side = math.ceil(missing / 2)
    if axis.before == axis.after:
        return _more_padding(each_side, direction)
    sides = Change("padding", (missing - each_side, each_side), direction.axis)
    return Choice((sides,), ChoiceCode.PADDINGS_TOGETHER, places={"least": missing})


def _most_pooling_padding(axis: Axis, kernel: int) -> int:
    """Return how much padding a pooling layer may have on a side: half of its kernel, or less than that by sides."""
    return kernel // 2 if axis.before == axis.after else kernel - 1


def _smaller_kernel(most: int, direction: Direction) -> Choice:
    change = Change("kernel_size", most, direction.axis)
    return Choice((change,), ChoiceCode.KERNEL, direction.name, {"most": most})


def _smaller_dilation(most: int, direction: Direction) -> Choice:
    return Choice((Change("dilation", most, direction.axis),), ChoiceCode.DILATION, places={"most": most})


def _more_padding(least: int, direction: Direction) -> Choice:
    return Choice((Change("padding", least, direction.axis),), ChoiceCode.PADDING_AT_LEAST, places={"least": least})


def _dilated(axis: Axis) -> str:
    """Return the variant of a sentence that says over how many cells the kernel is spread."""
    return "dilated" if axis.dilation > 1 else ""


def _window_places(axis: Axis) -> Mapping[str, Any]:
    return {"extent": axis.extent, "dilation": axis.dilation, "padded": axis.padded}
