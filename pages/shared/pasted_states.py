"""The state of the page that a pasted layer, stack or array opens, and what was taken that the text does not say."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from engine import LayerError
from engine.arrays import Floats
from engine.modules import Shape
from kinds.registry import PRESETS, STATES
from pages.shared.navigation import PAGES
from sharing.comparison import OPENING, ComparisonState, ComparisonView
from sharing.fields import limits, types
from sharing.page_state import PageState, Values
from sharing.pasted.messages import PastedCode
from sharing.pasted.results import Meaning, Part, PastedLayer, PastedStack
from sharing.roles import INPUT, KERNEL
from sharing.stack_text import join, run_stack
from sharing.values import as_text
from sharing.ways_out import check_layer

SIZES = (28, 32, 224, 64, 227, 299, 96, 128, 16, 8, 512)
"""Inputs of networks, the most usual first: the first that lets all layers be is taken where none is said."""
STAGE_SIZES = (5, 6, 7, 8, 10, 12, 16)
NO_SIZE = "The text does not say the input's size: {height}×{width} is taken."
NO_CHANNELS = "The text does not say the input's channels: {channels} is taken."
TOO_LARGE = "It opens as a stack, since its own page cannot play it: {problem}"
COUNTED = "The input counts up from 0."
ONES = "The kernel is 1 everywhere: each output is the sum of its window."


@dataclass(frozen=True)
class Opened:
    """A state to open, and sentences on what was left out or taken."""

    state: PageState | ComparisonState
    notes: tuple[str, ...]


def opened(pasted: PastedLayer | PastedStack) -> Opened:
    """Return what a layer or a stack opens: a layer too large for its page opens as a stack.

    LayerError where it is a volume, which no stack has.

    >>> from sharing.pasted.reader import read_pasted
    >>> opened(read_pasted("nn.Conv2d(1, 2, 3, padding=1)")).state.page
    'standard'
    """
    if isinstance(pasted, PastedStack):
        return _stack(pasted)
    try:
        return _layer(pasted)
    except LayerError as error:
        if pasted.stack is None:
            code, title = PastedCode.VOLUME_NOT_PLAYED, PAGES[pasted.page]
            raise LayerError(code, "paste", "", page=title, problem=str(error)) from None
        stack = _stack(pasted.stack)
        return replace(stack, notes=(TOO_LARGE.format(problem=error), *stack.notes))


def _layer(pasted: PastedLayer) -> Opened:
    opening = next(iter(PRESETS[pasted.page].values())).state
    kinds = types(STATES[pasted.page])
    said = {name: _value(kinds[name], value) for name, value in pasted.fields.items() if name in kinds}
    state = replace(opening, values=Values.WHOLE, **said)
    sides = [name for name in ("depth", "height", "width", "length") if name in kinds and name not in said]
    most = min((limits(type(state))[side].most for side in sides), default=STAGE_SIZES[0])
    problem: LayerError | None = None
    for size in (size for size in STAGE_SIZES if size <= most):
        state = replace(state, **dict.fromkeys(sides, size))
        try:
            check_layer(state)
        except LayerError as error:
            problem = error
        else:
            return Opened(state, pasted.left_out)
    raise problem or AssertionError("no size was tried")


def _value(kind: type[Any], value: Any) -> Any:
    return kind(value) if issubclass(kind, StrEnum) else value


def _stack(pasted: PastedStack) -> Opened:
    text, notes = join(list(pasted.rows)), list(pasted.left_out)
    if pasted.inputs is None:
        channels = pasted.channels or 3
        tried: list[Shape] = [(channels, side, side) for side in SIZES]
        inputs = next((one for one in tried if not any(row.problem for row in run_stack(text, one))), tried[1])
        notes += [] if pasted.channels else [NO_CHANNELS.format(channels=channels)]
        notes.append(NO_SIZE.format(height=inputs[1], width=inputs[2]))
    else:
        inputs = pasted.inputs
    state = replace(OPENING, view=ComparisonView.STACK, stack=text)
    channels, height, width = inputs
    state = replace(state, input_channels=channels, input_height=height, input_width=width)
    return Opened(state, tuple(notes))


def opened_numbers(values: Floats, meaning: Meaning) -> Opened:
    """Return the standard page with an array as its input or as its kernel."""
    arranged = meaning.arranged(values)
    opening = PRESETS["standard"]["simplest"].state
    if meaning.part is Part.KERNEL:
        made, channels, rows, columns = arranged.shape
        height, width = rows + 3, columns + 3
        kernel, image = arranged, np.arange(float(channels * height * width)).reshape(channels, height, width)
        note = COUNTED
    else:
        channels, height, width = arranged.shape
        made, rows, columns = 1, min(3, height), min(3, width)
        kernel, image = np.ones((1, channels, rows, columns)), arranged
        note = ONES
    state = replace(
        opening,
        values=Values.TYPED,
        in_channels=channels,
        out_channels=made,
        height=height,
        width=width,
        kernel_height=rows,
        kernel_width=columns,
        input_text=as_text(INPUT, image),
        kernel_text=as_text(KERNEL, kernel),
    )
    check_layer(state)
    return Opened(state, (note,))
