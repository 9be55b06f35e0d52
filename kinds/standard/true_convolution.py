"""Convolution as in mathematics, SciPy's convolve2d and MATLAB's conv2: the kernel is flipped before it slides."""

from dataclasses import replace

from engine import SumMistake, Trace
from engine.arrays import Floats
from kinds.standard.state import Operation, StandardState
from sharing.roles import KERNEL
from sharing.values import Operands, operands
from stage.labels import Label, channel_label, label_of
from stage.model import LayerNames, Stage, WindowsView

FLIPPED_KERNEL = replace(KERNEL, name="flipped_kernel")
"""The kernel that slides, beside the one that was typed."""


def flipped(weight: Floats) -> Floats:
    """A weight whose kernels are turned by half a turn: rows and columns in reverse.

    >>> import numpy as np
    >>> flipped(np.array([[[[1, 2], [3, 4]]]])).tolist()
    [[[[4, 3], [2, 1]]]]
    """
    return weight[..., ::-1, ::-1]


def all_numbers(state: StandardState) -> Operands:
    """The arrays of a state, and beside the kernel the flipped one, where that is the one that slides."""
    numbers = operands(state)
    if state.operation is Operation.CONVOLUTION:
        numbers[FLIPPED_KERNEL] = flipped(numbers[KERNEL])
    return numbers


def names_of(trace: Trace) -> LayerNames:
    """What the arrays are called where the kernel is flipped."""
    filters, depth = trace.weight.shape[:2]
    return LayerNames(
        input=tuple(channel_label(Label.INPUT, one, depth) for one in range(depth)),
        kernel=tuple(channel_label(Label.FLIPPED_KERNEL, one, filters) for one in range(filters)),
        output=tuple(channel_label(Label.OUTPUT, one, filters) for one in range(filters)),
        wholes={"kernel": label_of(Label.FLIPPED_KERNEL)},
        factor=label_of(Label.WEIGHT),
        made=label_of(Label.OUTPUT),
    )


def with_its_own_mistake(stage: Stage) -> Stage:
    """The stage where a kernel that is flipped once more is one that was not flipped."""
    return replace(
        stage, layers=tuple(_renamed(view) if isinstance(view, WindowsView) else view for view in stage.layers)
    )


def _renamed(view: WindowsView) -> WindowsView:
    if view.questions is None or view.questions.sums is None:
        return view
    sums = tuple(
        replace(wrong, mistake=SumMistake.KERNEL_NOT_FLIPPED) if wrong.mistake is SumMistake.KERNEL_FLIPPED else wrong
        for wrong in view.questions.sums
    )
    return replace(view, questions=replace(view.questions, sums=sums))
