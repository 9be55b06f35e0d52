"""Whether a layer fits an input of one size, and the sentence for each that does not."""

import math
from dataclasses import dataclass

from engine.errors import LayerError
from engine.geometry import Axis, PaddingMode, TransposedAxis


@dataclass(frozen=True)
class Direction:
    """The words for one direction of a picture."""

    one: str
    many: str
    before: str
    after: str

    def count(self, number: int) -> str:
        """Return "1 row" or "2 rows"."""
        return f"{number} {self.one if number == 1 else self.many}"


ROWS = Direction("row", "rows", "top", "bottom")
COLUMNS = Direction("column", "columns", "left", "right")


def check_padding_fits_mode(axis: Axis, direction: Direction) -> None:
    """LayerError if a side has more padding than its mode can fill from this input."""
    most = axis.most_padding
    if most is None or max(axis.before, axis.after) <= most:
        return
    amount, side = (axis.before, direction.before) if axis.before > most else (axis.after, direction.after)
    reason = {
        PaddingMode.REFLECT: "reflect padding mirrors the input without repeating its edge",
        PaddingMode.CIRCULAR: "circular padding goes round the input once",
    }[axis.mode]
    choices = ["padding_mode='replicate'"]
    if axis.extent <= min(axis.before, most) + axis.length + min(axis.after, most):
        choices.insert(0, f"a padding of at most {most}")
    raise LayerError(
        "padding",
        f"{direction.count(amount)} at the {side}",
        f"{reason}, and an input of {direction.count(axis.length)} has at most {most} to give",
        f"use {_either(choices)}",
    )


def check_kernel_fits(axis: Axis, direction: Direction) -> None:
    """LayerError if the kernel, spread by its dilation, is larger than the padded input."""
    if axis.extent <= axis.padded:
        return
    choices = [f"a kernel of at most {direction.count((axis.padded - 1) // axis.dilation + 1)}"]
    dilation = (axis.padded - 1) // (axis.kernel - 1)
    if dilation >= 1:
        choices.append(f"a dilation of at most {dilation}")
    choices.extend(_paddings_that_fit(axis))
    rule = f"the padded input has only {direction.count(axis.padded)}"
    raise LayerError("kernel_size", _kernel(axis, direction), rule, f"use {_either(choices)}")


def check_pooling_fits(axis: Axis, direction: Direction, overhang: int) -> None:
    """LayerError if a pooling kernel is larger than the padded input and the cells by which it may stand out."""
    room = axis.padded + overhang
    if axis.extent <= room:
        return
    choices = []
    # Each choice keeps the padding at most half of the kernel.
    kernel = (room - 1) // axis.dilation + 1
    if axis.before <= kernel // 2:
        choices.append(f"a kernel of at most {direction.count(kernel)}")
    if axis.kernel <= room:
        choices.append(f"a dilation of at most {(room - 1) // (axis.kernel - 1)}")
    padding = math.ceil((axis.extent - axis.length - overhang) / 2)
    if padding <= axis.kernel // 2:
        choices.append(f"a padding of at least {padding}")
    choices.append(f"an input of at least {direction.count(axis.extent - 2 * axis.before - overhang)}")
    rule = f"the padded input has only {direction.count(axis.padded)}"
    if overhang:
        rule += f", and ceil_mode lets a window stand out by at most {overhang}"
    raise LayerError("kernel_size", _kernel(axis, direction), rule, f"use {_either(choices)}")


def check_output_is_left(axis: TransposedAxis, direction: Direction) -> None:
    """LayerError if a transposed layer's padding crops all of its output."""
    if axis.output >= 1:
        return
    given = f"{direction.count(axis.padding)} at the {direction.before} and the {direction.after}"
    rule = f"a transposed layer crops its padding off the output, which has only {direction.count(axis.uncropped)}"
    raise LayerError("padding", given, rule, f"use a padding of at most {(axis.uncropped - 1) // 2}")


def _paddings_that_fit(axis: Axis) -> list[str]:
    """Return the least padding that makes room for the kernel, in words, if the mode can give so much."""
    missing = axis.extent - axis.length
    each_side = math.ceil(missing / 2)
    if axis.most_padding is not None and each_side > axis.most_padding:
        return []
    if axis.before == axis.after:
        return [f"a padding of at least {each_side}"]
    return [f"paddings that add up to at least {missing}"]


def _kernel(axis: Axis, direction: Direction) -> str:
    """Return "3 rows", and over how many they are spread."""
    kernel = direction.count(axis.kernel)
    return kernel if axis.dilation == 1 else f"{kernel}, spread over {axis.extent} by dilation {axis.dilation}"


def _either(choices: list[str]) -> str:
    """Return "a", "a, or b", "a, b, or c"."""
    *others, last = choices
    return f"{', '.join(others)}, or {last}" if others else last
