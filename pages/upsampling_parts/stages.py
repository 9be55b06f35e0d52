"""How one pixel of a result comes about, on a stage: the state that plays its stamps, or its window."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np

from engine import TransposedUpsampling
from engine.arrays import Floats
from kinds.registry import PRESETS
from kinds.standard.state import StandardState
from kinds.transposed.state import TransposedState, TransposedView
from pages.shared.enlarging import Enlargement
from sharing.link import encode
from sharing.matrices import LARGEST_VALUE
from sharing.page_state import Values
from sharing.roles import INPUT, KERNEL
from sharing.values import as_text


def stage_link(found: Enlargement, row: int, column: int) -> str | None:
    """A link to a stage on which a pixel of a result comes about, pinned; None where its numbers are too large.

    What the last layer reads is cut to what reaches the pixel.
    """
    layer, x = found.layers[-1], found.maps[-2]
    if isinstance(layer, TransposedUpsampling):
        (top, rows), (left, columns) = (
            _reaching(layer, place, length) for place, length in zip((row, column), x.shape[1:], strict=True)
        )
        step = layer.layer.strides[0]
        values = x[:, top : top + rows, left : left + columns]
        state = _stamps(layer, values)
        _, across = layer.layer.axes(rows, columns)
        # The stage has the output before it is cropped.
        place = (row - top * step + across.before) * across.uncropped + column - left * step + across.before
        return _link(state, (values, layer.weight), f"step={rows * columns}&pin=uncropped.0.{place}")
    values, weight = layer.window(x, row, column)
    return _link(_window(values, weight[None]), (values, weight), "pin=output.0.0")


def _reaching(layer: TransposedUpsampling, place: int, length: int) -> tuple[int, int]:
    """The first input whose stamp reaches a row or a column of the output, and how many there are from there on.

    With what `padding` crops at the start and at the end, the output has that row or column still.
    """
    kernel, step, before = layer.layer.extents[0], layer.layer.strides[0], layer.layer.cropping[0][0]
    first = max(0, min(-(-(place + before - kernel + 1) // step), place // step, length - 1))
    last = min(length - 1, max(first, (place + before) // step))
    while last < length - 1 and (last - first) * step - 2 * before + kernel <= place - first * step:
        last += 1
    return first, last - first + 1


def _stamps(layer: TransposedUpsampling, values: Floats) -> TransposedState:
    transposed = layer.layer
    opening: TransposedState = PRESETS[TransposedState.page]["stamps"].state
    (kernel, _), (step, _), (before, _) = transposed.kernel, transposed.strides, transposed.cropping[0]
    added = transposed.output_paddings[0]
    return replace(
        opening,
        view=TransposedView.STAMP,
        height=values.shape[1],
        width=values.shape[2],
        kernel_height=kernel,
        kernel_width=kernel,
        stride_height=step,
        stride_width=step,
        padding_height=before,
        padding_width=before,
        output_padding_height=added,
        output_padding_width=added,
        values=Values.TYPED,
        input_text=as_text(INPUT, values),
        kernel_text=as_text(KERNEL, layer.weight),
    )


def _window(values: Floats, weight: Floats) -> StandardState:
    rows, columns = values.shape[1:]
    opening: StandardState = next(iter(PRESETS[StandardState.page].values())).state
    return replace(
        opening,
        height=rows,
        width=columns,
        kernel_height=rows,
        kernel_width=columns,
        values=Values.TYPED,
        input_text=as_text(INPUT, values),
        kernel_text=as_text(KERNEL, weight),
    )


def _link(state: StandardState | TransposedState, numbers: Sequence[Floats], fragment: str) -> str | None:
    if max(float(np.abs(one).max()) for one in numbers) > LARGEST_VALUE:
        return None
    return f"{state.page}?{urlencode(encode(state))}#{fragment}"
