"""What a person can be asked to predict of a layer, and what is said of the answers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import prod

import numpy as np

from engine import (
    Axis,
    CornerMistake,
    PoolingTrace,
    PoolMistake,
    SizeMistake,
    SumMistake,
    Trace,
    TransposedTrace,
    mistaken_corners,
    mistaken_pools,
    mistaken_sizes,
    mistaken_stamp_corners,
    mistaken_stamp_sizes,
    mistaken_stamp_sums,
    mistaken_sums,
)
from engine.arrays import Floats
from stage.model import LayerView, Questions, ScatterView, SizeChoice, WindowsView, WrongCorners, WrongSums

MOST_ASKED = 100
"""So many sums are asked of a layer, or so many windows: nobody predicts more, and a large layer stays quick."""
MOST_PRODUCTS = 36
"""Of so many products is a sum that is asked: of more, the maps have no room for numbers, and nobody adds them up."""
MOST_WRONG_SIZES = 3
MOST_WRONG_STAMPED_SIZES = 4
"""Of a transposed layer, whose formula is less known."""


def ask(view: WindowsView, trace: Trace) -> WindowsView:
    """Return the view of a convolution with the questions that are asked of it."""
    return _asked(view, trace.axes, lambda: mistaken_sums(trace), _sizes(view, trace.axes))


def ask_of_matrices(view: WindowsView, trace: Trace) -> WindowsView:
    """Return the view of a convolution as matrices with what is asked of it: the sums.

    How large the matrices are says how large the output is, and where a window begins is not seen in them.
    """
    sums = _sums(view, view.loops.channels * view.loops.taps, lambda: mistaken_sums(trace))
    return replace(view, questions=Questions((), sums))


def ask_pooling(view: WindowsView, trace: PoolingTrace) -> WindowsView:
    """Return the view of a pooling layer with the questions that are asked of it.

    In `ceil_mode` its size is not asked: the cells that a window stands out over are no padding that is miscounted.
    """
    sizes = () if trace.layer.ceil_mode else _sizes(view, trace.axes)
    return _asked(view, trace.axes, lambda: mistaken_pools(trace), sizes)


def ask_stamps(view: ScatterView, trace: TransposedTrace) -> ScatterView:
    """Return the view of a transposed layer whose stamps stand alone with the questions that are asked of it."""
    corners = None
    if view.loops.positions <= MOST_ASKED:
        corners = _corners(mistaken_stamp_corners(trace.axes))
    right = tuple(axis.output for axis in trace.axes)
    sizes = _choices(right, mistaken_stamp_sizes(trace.axes), MOST_WRONG_STAMPED_SIZES)
    return replace(view, questions=Questions(sizes, _stamp_sums(view, trace), corners))


def ask_gathered(view: ScatterView, trace: TransposedTrace) -> ScatterView:
    """Return a view of a transposed layer that shows more than its stamps with what is asked of it: the sums.

    The input with zeros, and the matrix, say how large the output is and where a stamp lands.
    """
    return replace(view, questions=Questions((), _stamp_sums(view, trace)))


def _asked(
    view: WindowsView,
    axes: tuple[Axis, ...],
    mistaken: Callable[[], Mapping[SumMistake, Floats] | Mapping[PoolMistake, Floats]],
    sizes: tuple[SizeChoice, ...],
) -> WindowsView:
    corners = None
    if view.loops.positions <= MOST_ASKED:
        corners = _corners(mistaken_corners(axes))
    sums = _sums(view, view.loops.channels * view.loops.taps, mistaken)
    return replace(view, questions=Questions(sizes, sums, corners))


def _corners(mistaken: Mapping[CornerMistake, list[int]]) -> tuple[WrongCorners, ...]:
    return tuple(WrongCorners(mistake, np.array(cells)) for mistake, cells in mistaken.items())


def _stamp_sums(view: ScatterView, trace: TransposedTrace) -> tuple[WrongSums, ...] | None:
    products = view.loops.channels * int(trace.overlap_counts.max())
    return _sums(view, products, lambda: mistaken_stamp_sums(trace))


def _sums(
    view: LayerView,
    products: int,
    mistaken: Callable[[], Mapping[SumMistake, Floats] | Mapping[PoolMistake, Floats]],
) -> tuple[WrongSums, ...] | None:
    if view.arrays.output.size > MOST_ASKED or products > MOST_PRODUCTS:
        return None
    return tuple(WrongSums(mistake, values) for mistake, values in mistaken().items())


def _sizes(view: WindowsView, axes: tuple[Axis, ...]) -> tuple[SizeChoice, ...]:
    directions = axes[-view.dimensions :]
    return _choices(tuple(axis.output for axis in directions), mistaken_sizes(directions), MOST_WRONG_SIZES)


def _choices(
    right: tuple[int, ...], mistaken: Mapping[SizeMistake, tuple[int, ...]], most: int
) -> tuple[SizeChoice, ...]:
    """The right size and at most so many wrong ones, by how many cells they have: where each stands tells nothing."""
    wrong: dict[tuple[int, ...], SizeMistake] = {}
    for mistake, size in mistaken.items():
        wrong.setdefault(size, mistake)
    choices = [SizeChoice(size, mistake) for size, mistake in list(wrong.items())[:most]]
    choices.append(SizeChoice(right, None))
    return tuple(sorted(choices, key=lambda choice: (prod(choice.size), choice.size)))


TEMPLATES: Mapping[str, str] = {
    "off": "Predict: off",
    "sum": "Predict: next number",
    "size": "Predict: output size",
    "cells": "Predict: cells read",
    "cells.stamp": "Predict: where stamps land",
    "too_many": "Next number: of at most {most} outputs",
    "too_long": "Next number: of at most {most} products each",
    "ask.sum": "What is {name}? Type the number into its cell.",
    "ask.sum.rounded": "What is {name}? Type the number into its cell; two decimals are enough.",
    "ask.size": "How large is the output? Choose its rows × columns.",
    "ask.size.line": "How long is the output? Choose its length.",
    "ask.size.volume": "How large is the output? Choose its slices × rows × columns.",
    "ask.cells": "At which cell of the input does the window of {name} begin, at its top left? Tap it.",
    "ask.cells.line": "At which cell of the input does the window of {name} begin? Tap it.",
    "ask.cells.volume": "Where does the window of {name} begin, at the top left of its first slice? Tap that cell.",
    "ask.cells.stamp": "On which cell of the output does the stamp of {name} begin, at its top left? Tap it.",
    "check": "Check",
    "choice": "{rows}×{columns}",
    "choice.line": "{columns}",
    "choice.volume": "{slices}×{rows}×{columns}",
    "pointed": "{grid}: row {row}, column {column}",
    "pointed.line": "{grid}: cell {column}",
    "pointed.volume": "{grid}: slice {slice}, row {row}, column {column}",
    "withheld": "That is what is asked.",
    "no_picture": "Answer the question first: a picture would show what is asked.",
    "no_film": "Answer the other questions first: a film would show what is still to be asked.",
    "right.sum": "Right: {name} {value}.",
    "right.size": "Right: the output is {rows}×{columns}.",
    "right.size.line": "Right: the output is {columns} long.",
    "right.size.volume": "Right: the output is {slices}×{rows}×{columns}.",
    "right.cells": "Right: the window of {name} begins there.",
    "right.cells.stamp": "Right: the stamp of {name} begins there.",
    "wrong.sum": "Not {said}. {why} Change it, or press Next to see it.",
    "wrong.size": "Not {said}. {why} Choose again, or press Next to see it.",
    "wrong.cells": "Not there. {why} Tap again, or press Next to see it.",
    "no_answer": "That is no number. Type one such as −3 or 0.25.",
    "shown.sum": "{name} {value}.",
    "shown.size": "The output is {rows}×{columns}.",
    "shown.size.line": "The output is {columns} long.",
    "shown.size.volume": "The output is {slices}×{rows}×{columns}.",
    "shown.cells": "This is the window of {name}.",
    "shown.cells.stamp": "This is the stamp of {name}.",
    "shown_after.sum": "{name} {value}. You said {said}.",
    "shown_after.size": "The output is {rows}×{columns}. You said {said}.",
    "shown_after.size.line": "The output is {columns} long. You said {said}.",
    "shown_after.size.volume": "The output is {slices}×{rows}×{columns}. You said {said}.",
    "shown_after.cells": "This is the window of {name}. You tapped another cell.",
    "shown_after.cells.stamp": "This is the stamp of {name}. You tapped another cell.",
    "over": "You have predicted everything that was asked.",
    "over.missed": "Worth another look:",
    "missed": "{name}",
    "missed.size": "The size of the output",
    "missed.size.line": "The length of the output",
    "progress": "{done} of {count} done. {question}",
    "sum.other": "Go through the window again, cell by cell.",
    "sum.other.stamp": "Go through all stamps that reach this cell, one by one.",
    "cells.other": "A window begins at its top left cell.",
    "cells.other.volume": "A window begins at the top left cell of its first slice.",
    "cells.other.line": "A window begins at its first cell.",
    "cells.other.stamp": "A stamp begins at its top left cell.",
    "cells.another_group": "This filter does not read that channel.",
    "cells.another_group.stamp": "This step stamps another map of the output.",
    **{f"sum.{mistake}": text for mistake, text in {
        SumMistake.KERNEL_FLIPPED: "That is the sum with the kernel flipped.",
        SumMistake.KERNEL_NOT_FLIPPED: "That is the sum with the kernel as it was typed: here it is flipped first.",
        SumMistake.BIAS_DROPPED: "That is the sum without the bias.",
        SumMistake.FIRST_CHANNEL_ONLY: "That is the sum of the first channel only.",
        SumMistake.FIRST_CHANNEL_WITHOUT_BIAS: "That is the sum of the first channel only, without the bias.",
        SumMistake.FIRST_SLICE_ONLY: "That is the sum of the kernel's first slice only.",
        SumMistake.FIRST_GROUP_READ: "That is the sum over the channels of the first group.",
        SumMistake.PADDING_FORGOTTEN: "That is the sum with the padding forgotten.",
        SumMistake.PADDING_OF_ZEROS: "That is the sum with padding of zeros.",
        SumMistake.SIDES_SWAPPED: "That is the sum with the padding's two sides swapped.",
        SumMistake.STRIDE_TOO_SMALL: "That is the sum with a stride that is one too small.",
        SumMistake.STRIDE_TOO_LARGE: "That is the sum with a stride that is one too large.",
        SumMistake.DILATION_FORGOTTEN: "That is the sum with the dilation forgotten.",
        SumMistake.LAST_STAMP_ONLY: "That is what the last stamp alone leaves: where stamps overlap they add up.",
    }.items()},
    **{f"sum.{mistake}": text for mistake, text in {
        PoolMistake.MEAN_TAKEN: "That is the mean of the window: this layer takes its largest number.",
        PoolMistake.MAX_TAKEN: "That is the largest number of the window: this layer takes its mean.",
        PoolMistake.NOT_DIVIDED: "That is the sum of the window, not divided yet.",
        PoolMistake.PADDING_COUNTED: "That counts the padding: this layer leaves it out.",
        PoolMistake.PADDING_LEFT_OUT: "That leaves out the padding: this layer counts it.",
    }.items()},
    **{f"size.{mistake}": text for mistake, text in {
        SizeMistake.ROUNDED_UP: "That is rounded up: half a window does not count.",
        SizeMistake.ONE_FORGOTTEN: "That leaves out the + 1 of the first window.",
        SizeMistake.PADDING_COUNTED_ONCE: "That counts the padding on one side only.",
        SizeMistake.PADDING_FORGOTTEN: "That is the size with the padding forgotten.",
        SizeMistake.DILATION_FORGOTTEN: "That is the size with the dilation forgotten.",
        SizeMistake.STRIDE_FORGOTTEN: "That is the size with a stride of 1.",
        SizeMistake.AS_INPUT: "That is the size of the input.",
        SizeMistake.PADDING_ADDED: "That adds the padding: here it crops the output.",
        SizeMistake.OUTPUT_PADDING_FORGOTTEN: "That is the size with output_padding forgotten.",
        SizeMistake.ORDINARY_FORMULA: "That is what an ordinary layer makes: this one goes the other way.",
        SizeMistake.TIMES_STRIDE: "That is the stride times the input: the kernel and the padding count too.",
    }.items()},
    **{f"cells.{mistake}": text for mistake, text in {
        CornerMistake.PADDING_FORGOTTEN: "That counts from the first cell of the input, with the padding forgotten.",
        CornerMistake.STRIDE_FORGOTTEN: "That is where it would stand with a stride of 1.",
        CornerMistake.CENTRE: "That is the middle of the window.",
        CornerMistake.AXES_SWAPPED: "That takes rows for columns.",
    }.items()},
    f"sum.{SumMistake.PADDING_FORGOTTEN}.stamp": "That counts the cells from before the padding crops.",
    f"cells.{CornerMistake.PADDING_FORGOTTEN}.stamp": "That counts from the first cell that padding keeps.",
    f"cells.{CornerMistake.CENTRE}.stamp": "That is the middle of the stamp.",
}  # fmt: skip
"""The English catalogue: what is asked, what is said of an answer, and a name for each mistake.

Of a sequence other words are said (`line`) where it has no rows, of a volume (`volume`) where it has slices, and of a
transposed layer (`stamp`) where it has stamps and no windows.
"""
