"""What is said of a pooling layer: what it does, its size (which `ceil_mode` rounds up), and what a shift changes."""

from math import ceil, floor

import numpy as np

from engine import AvgPool2d, Axis, MaxPool2d, PoolingTrace, ShiftEffect, gradients, record
from engine.arrays import Floats
from engine.messages import Templates, fill
from engine.pooling import Pooling
from kinds.pooling.state import PoolingState
from kinds.shared import layer_words, window_words
from kinds.shared.program_text import squared_sides
from kinds.shared.window_words import by_direction, plain_span, same_text, sizes, unused_cells_sentence, with_span

TEMPLATES: Templates = {
    "in_short.max": "max pooling, kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}",
    "in_short.average": "average pooling, kernel {kernel}, stride {stride}, padding {padding}",
    "summary.max": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: the largest of {terms:value|values} for every output."
    ),
    "summary.max.some": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: the largest of {least} to {terms:value|values} for every output, as windows "
        "stand out over the edge."
    ),
    "summary.average.some": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: the mean of {least} to {terms:value|values} for every output, as windows stand "
        "out over the edge."
    ),
    "summary.average": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: the mean of {terms:value|values} for every output."
    ),
    "size": "**Output size** = ⌊(input + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, ⌈…⌉ with ceil_mode",
    "size.sides": (
        "**Output size** = ⌊(input + padding before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1, ⌈…⌉ with "
        "ceil_mode"
    ),
    "less_the_last": "{formula}, less the last, which would start behind the input: {output}",
    "same.counted": (
        "TensorFlow and Keras leave the padding out of the mean, which this layer counts: their numbers are those with "
        "count_include_pad off."
    ),
    "changed": "{name}: {changed} of {count} outputs changed",
    "gradient": (
        "**What goes back** Let the loss be the sum of the outputs, so that the gradient of each is 1. A maximum hands "
        "it to its cell; a mean hands each cell of its window an equal share. Where windows overlap, a cell adds up "
        "what it gets."
    ),
    "gradient.equal": (
        "**What goes back** Let the loss be the sum of the outputs, so that the gradient of each is 1. A maximum hands "
        "it to its cell, and where several are equal, as in {windows:window|windows} here, to the first; a mean hands "
        "each cell of its window an equal share. Where windows overlap, a cell adds up what it gets."
    ),
    "other_windows": "Average pooling has no dilation: its windows here are not spread as those of the maximum are.",
}
"""The English catalogue."""


def pooled_size_formula(layer: Pooling, axis: Axis, after: int) -> str:
    """The output size of one direction of a pooling layer, rounded up where `ceil_mode` says so.

    `after` is the padding after the input, without what windows stand out over.

    >>> from engine import MaxPool2d
    >>> layer = MaxPool2d(2, ceil_mode=True)
    >>> pooled_size_formula(layer, layer.axes(5, 5)[0], after=0)
    '⌈(5 + 2·0 − 1·(2 − 1) − 1) / 2⌉ + 1 = ⌈1.5⌉ + 1 = 3'
    """
    opening, closing = "⌈⌉" if layer.ceil_mode else "⌊⌋"
    room = (axis.length + axis.before + after - axis.extent) / axis.stride
    padding = f"2·{after}" if axis.before == after else f"{axis.before} + {after}"
    span = f"{axis.length} + {padding} − {axis.dilation}·({axis.kernel} − 1) − 1"
    size = (ceil(room) if layer.ceil_mode else floor(room)) + 1
    formula = f"{opening}({span}) / {axis.stride}{closing} + 1 = {opening}{room:g}{closing} + 1 = {size}"
    if size == axis.output:
        return formula
    return fill(TEMPLATES["less_the_last"], {"formula": formula, "output": axis.output})


def plain_pooled_size(layer: Pooling, axis: Axis, after: int) -> str:
    """The same without what does not change it: no padding of 0, no rounding of a whole number.

    >>> from engine import MaxPool2d
    >>> layers = MaxPool2d(3, 2), MaxPool2d(2, ceil_mode=True)
    >>> [plain_pooled_size(layer, layer.axes(5, 4)[0], after=0) for layer in layers]
    ['(5 − 3) / 2 + 1 = 2', '⌈(5 − 2) / 2⌉ + 1 = ⌈3 / 2⌉ + 1 = 3']
    """
    opening, closing = "⌈⌉" if layer.ceil_mode else "⌊⌋"
    room = axis.length + axis.before + after - axis.extent
    divided = f"({plain_span(axis.length, axis.before, after)} − {axis.extent}) / {axis.stride}"
    size = (ceil(room / axis.stride) if layer.ceil_mode else room // axis.stride) + 1
    if room % axis.stride == 0:
        formula = f"{divided} + 1 = {size}"
    else:
        formula = f"{opening}{divided}{closing} + 1 = {opening}{room} / {axis.stride}{closing} + 1 = {size}"
    if size != axis.output:
        formula = fill(TEMPLATES["less_the_last"], {"formula": formula, "output": axis.output})
    return with_span(axis, formula)


def plain_size_text(trace: PoolingTrace) -> list[str]:
    """The output size in the layer's own numbers, and what is never read, as a paragraph."""
    sides = trace.layer.padding_amounts(*trace.input.shape[1:])
    rows, columns = (
        plain_pooled_size(trace.layer, axis, after) for axis, (_, after) in zip(trace.axes, sides, strict=True)
    )
    heading = window_words.TEMPLATES["plain.size"]
    lines = [heading, *by_direction(rows, columns), unused_cells_sentence(trace)]
    return ["  \n".join(lines), *same_text(trace.layer.padding, trace.axes), *_mean_of_same(trace.layer)]


def _mean_of_same(layer: Pooling) -> list[str]:
    """What TensorFlow's mean is over, where a layer with its padding has another, as a paragraph."""
    is_other = isinstance(layer, AvgPool2d) and layer.padding == "same_upper" and layer.count_include_pad
    return [TEMPLATES["same.counted"]] if is_other else []


def in_short(state: PoolingState) -> str:
    """The layer in a line."""
    return layer_words.in_short(state, TEMPLATES[f"in_short.{state.kind}"])


def summary(trace: PoolingTrace) -> str:
    """What a pooling layer does in one sentence, for a layer that no preset describes."""
    key = "summary.max" if isinstance(trace.layer, MaxPool2d) else "summary.average"
    least, terms = int(trace.divisors.min()), int(trace.divisors.max())
    places = sizes(trace.input.shape, trace.output.shape) | {"least": least, "terms": terms}
    return fill(TEMPLATES[key if least == terms else f"{key}.some"], places)


def size_text(trace: PoolingTrace | None) -> list[str]:
    """The general formula of the output size as a paragraph; for a layer that works, with its numbers."""
    if trace is None:
        return [TEMPLATES["size"]]
    sides = trace.layer.padding_amounts(*trace.input.shape[1:])
    lines = [TEMPLATES["size" if squared_sides(sides) is not None else "size.sides"]]
    for direction, axis, (_, after) in zip(("rows", "columns"), trace.axes, sides, strict=True):
        formula = pooled_size_formula(trace.layer, axis, after)
        lines.append(fill(window_words.TEMPLATES[direction], {"formula": formula}))
    return ["  \n".join(lines)]


def sent_back(layer: Pooling, x: Floats) -> Floats:
    """The gradient of an input where the loss is the sum of the outputs: how often, or by what share, each cell counts.

    >>> import numpy as np
    >>> sent_back(MaxPool2d((1, 2)), np.array([[[5.0, 5.0, 1.0, 2.0]]])).tolist()
    [[[1.0, 0.0, 0.0, 1.0]]]
    """
    return gradients(layer, x, None, np.ones((len(x), *layer.output_size(*x.shape[1:])))).input


def gradient_sentence(layer: MaxPool2d, x: Floats) -> str:
    """What goes back to the first channel, and in how many windows several cells are the largest."""
    windows = record(layer, x).windows[0]
    largest = windows.max(axis=0)
    equal = int((((windows == largest).sum(axis=0) > 1) & np.isfinite(largest)).sum())
    return fill(TEMPLATES["gradient.equal" if equal else "gradient"], {"windows": equal})


def changed_sentence(name: str, effect: ShiftEffect) -> str:
    """Say how many outputs differ after the shift.

    >>> import numpy as np
    >>> from engine import shift_effect
    >>> changed_sentence("max", shift_effect(MaxPool2d((1, 2)), np.array([[[0.0, 5.0, 0.0, 5.0]]]), 1))
    'max: 1 of 2 outputs changed'
    """
    places = {"name": name, "changed": effect.changed, "count": effect.before.size}
    return fill(TEMPLATES["changed"], places)


def windows_sentence(layer: MaxPool2d | AvgPool2d) -> str:
    """Say that the two kinds look at other windows where they do (a mean has no dilation); '' where they do not.

    >>> windows_sentence(MaxPool2d(2))
    ''
    """
    return "" if layer.dilations == (1, 1) else TEMPLATES["other_windows"]
