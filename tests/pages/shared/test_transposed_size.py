"""The words under the stage of a transposed layer, against PyTorch's sizes and loops over the taps."""

from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ConvTranspose2d, TransposedAxis, record
from pages.shared.overlaps import counts_away_from_the_border, overlap_map, verdict
from pages.shared.round_trip import round_trip
from pages.shared.torch_check import compare_transposed
from pages.shared.transposed_size import equivalent_size, transposed_size, transposed_summary
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_cases

small = st.integers(1, 7)


def worked_out(side: str) -> int:
    """Work out one side of a formula as a reader would."""
    return int(eval(side.replace("−", "-").replace("·", "*"), {"__builtins__": {}}))


@given(transposed_cases())
@settings(max_examples=examples(10))
def test_every_formula_is_true_and_leads_to_pytorchs_size(case: Case[ConvTranspose2d]) -> None:
    axes = record(*case.arguments).axes
    for axis, size in zip(axes, torch_transposed(case).shape[1:], strict=True):
        left, right = transposed_size(axis).split(" = ")
        assert worked_out(left) == worked_out(right) == size
        parts, output = equivalent_size(axis).rsplit(": ", 1)
        for part in parts.replace(" (below 0, so it crops)", "").split(", "):
            sides = part.split(" = ")[1:]
            assert len({worked_out(side) for side in sides}) == 1, part
        left, right = output.split(" = ")
        assert worked_out(left) == worked_out(right) == size
        assert ("so it crops" in parts) is (axis.extent - 1 < axis.padding)


def ones(case: Case[ConvTranspose2d]) -> Case[ConvTranspose2d]:
    """Return the layer with ones for its numbers, and no bias to speak of: its output counts landings."""
    bias = None if case.bias is None else 0 * case.bias
    return Case(case.layer, np.ones_like(case.x), np.ones_like(case.weight), bias)


@given(transposed_cases(most_channels=2))
@settings(max_examples=examples(6))
def test_a_summary_counts_what_is_stamped_and_what_is_cropped(case: Case[ConvTranspose2d]) -> None:
    """By torch: as many landings are left as ones stamped with ones add up to."""
    sentence = transposed_summary(record(*case.arguments))
    stamped = case.x[0].size * case.weight.size
    cropped = stamped - int(torch_transposed(ones(case)).sum())
    assert f"{stamped:,} in all" in sentence
    assert (f"crops {cropped:,}." in sentence) is (cropped > 0)


@given(small, small, st.integers(1, 4))
def test_counts_away_from_the_border_are_those_of_a_long_line(kernel: int, stride: int, dilation: int) -> None:
    """By loops over a hundred stamps: the middle of the line, from a stamp's first tap on."""
    landed = Counter(at * stride + tap * dilation for at in range(100) for tap in range(kernel))
    middle = [landed[50 * stride + cell] for cell in range(stride)]
    counts = counts_away_from_the_border(kernel, stride, dilation)
    assert list(counts) == middle
    assert ("checkerboard" in verdict(kernel, stride, dilation)) is (len(set(middle)) > 1)
    assert ("holes" in verdict(kernel, stride, dilation)) is (0 in middle)


@given(transposed_cases(most_channels=1, most_length=4))
@settings(max_examples=examples(6))
def test_the_overlap_map_is_ones_stamped_with_ones(case: Case[ConvTranspose2d]) -> None:
    depth = case.layer.in_channels // case.layer.groups
    np.testing.assert_array_equal(overlap_map(record(*case.arguments).axes) * depth, torch_transposed(ones(case))[0])


@pytest.mark.parametrize(("kernel", "dilation", "word"), [(4, 2, "taps stand 2 apart"), (4, 1, "stamped 2 times")])
def test_dilation_can_make_a_checkerboard_of_a_kernel_that_divides(kernel: int, dilation: int, word: str) -> None:
    assert word in verdict(kernel, 2, dilation)


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(6))
def test_a_round_trip_is_torchs_there_and_torchs_back(case: Case[ConvTranspose2d]) -> None:
    layer, trip = case.layer, round_trip(record(*case.arguments))
    start, weight = torch.tensor(trip.start)[None], torch.tensor(case.weight).double()
    there = torch.nn.functional.conv2d(
        start, weight, None, layer.strides, layer.undone.padding, layer.dilations, layer.groups
    )
    np.testing.assert_array_equal(trip.middle, there[0].numpy())
    plain = None if case.bias is None else 0 * case.bias
    np.testing.assert_array_equal(trip.end, torch_transposed(Case(layer, trip.middle, case.weight, plain)))
    if trip.start.shape == trip.end.shape:
        assert trip.largest_difference == np.abs(trip.start - trip.end).max()
    else:
        assert trip.largest_difference is None


@given(transposed_cases())
@settings(max_examples=examples(6))
def test_pytorchs_own_function_is_what_is_compared_with(case: Case[ConvTranspose2d]) -> None:
    found = compare_transposed(record(*case.arguments))
    np.testing.assert_allclose(found.output, torch_transposed(case), rtol=0, atol=1e-9)
    assert found.largest_difference <= 1e-9


def test_a_checkerboard_of_five_inputs_is_the_lessons() -> None:
    axis = TransposedAxis(5, padding=0, kernel=3, stride=2, dilation=1, extra=0)
    assert overlap_map((axis, axis))[2].tolist() == [2, 2, 4, 2, 4, 2, 4, 2, 4, 2, 2]
