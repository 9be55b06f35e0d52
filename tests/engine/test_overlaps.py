"""How many taps reach each output cell, against PyTorch and against counting stamp by stamp."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ConvTranspose2d, TransposedAxis, overlap_counts, periodic_overlaps, record, shows_period
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_axes, transposed_cases

small = st.integers(1, 7)


def stamped_one_by_one(axis: TransposedAxis) -> list[int]:
    """Count the taps on each output cell of one direction by loops over inputs and taps."""
    taps = Counter(at * axis.stride + tap * axis.dilation for at in range(axis.length) for tap in range(axis.kernel))
    return [taps[cell + axis.before] for cell in range(axis.output)]


@given(small, small, st.integers(1, 4))
def test_the_period_is_that_of_a_long_line(kernel: int, stride: int, dilation: int) -> None:
    """By loops over a hundred stamps: the middle of the line, from a stamp's first tap on."""
    taps = Counter(at * stride + tap * dilation for at in range(100) for tap in range(kernel))
    assert list(periodic_overlaps(kernel, stride, dilation)) == [taps[50 * stride + cell] for cell in range(stride)]


@given(transposed_cases(most_channels=1, most_length=4))
@settings(max_examples=examples(6))
def test_the_counts_are_what_ones_stamped_with_ones_add_up_to(case: Case[ConvTranspose2d]) -> None:
    layer, trace = case.layer, record(*case.arguments)
    bias = None if case.bias is None else 0 * case.bias
    ones = torch_transposed(Case(layer, np.ones_like(case.x), np.ones_like(case.weight), bias))
    np.testing.assert_array_equal(overlap_counts(trace.axes) * (layer.in_channels // layer.groups), ones[0])


@given(transposed_axes())
@settings(max_examples=examples(40))
def test_a_cell_is_unreached_where_no_tap_of_any_stamp_is(axis: TransposedAxis) -> None:
    counted = stamped_one_by_one(axis)
    assert list(axis.unreached) == [cell for cell in range(axis.output) if not counted[cell]]


@given(transposed_axes())
@settings(max_examples=examples(40))
def test_a_period_is_shown_where_the_counts_hold_it_from_any_cell_on(axis: TransposedAxis) -> None:
    far_from_the_border = [at * axis.stride + tap * axis.dilation for at in range(100) for tap in range(axis.kernel)]
    middle = [far_from_the_border.count(50 * axis.stride + cell) for cell in range(2 * axis.stride)]
    line = stamped_one_by_one(axis)
    windows = [line[start : start + axis.stride] for start in range(len(line))]
    assert shows_period(axis) is any(middle[start : start + axis.stride] in windows for start in range(axis.stride))


def test_five_inputs_show_the_checkerboard_of_a_kernel_of_three_with_stride_two() -> None:
    axis = TransposedAxis(5, 0, 0, kernel=3, stride=2, dilation=1, output_padding=0)
    assert overlap_counts((axis, axis))[2].tolist() == [2, 2, 4, 2, 4, 2, 4, 2, 4, 2, 2]
