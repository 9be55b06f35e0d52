"""What the stage is given of layers that are two, have no weights, or are shown as matrices."""

from typing import Any

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import AvgPool2d, MaxPool2d, SeparableConv2d, record
from kinds.grouped.play import side_by_side_stage
from kinds.pooling.play import pooling_stage
from kinds.separable.play import separable_stage
from stage.model import Grid, Stage, arrays_of
from stage.scene import GridRole
from stage.stages import im2col_stage, matrix_stage
from tests.draws import examples
from tests.engine.strategies import Case, numbers, pooling_cases, torch_output, torch_pooled
from tests.stage.strategies import stage_cases


def arrays(stage: Stage, layer: int = 0) -> dict[str, NDArray[Any]]:
    return arrays_of(stage.layers[layer])


def grids(stage: Stage, role: GridRole) -> list[Grid]:
    return [grid for grid in stage.grids if grid.role is role]


@given(stage_cases().filter(lambda case: case.layer.groups == 1))
@settings(max_examples=examples(5))
def test_filters_times_windows_are_pytorchs_output_without_bias(case: Case) -> None:
    found, expected = arrays(im2col_stage(record(*case.arguments))), torch_output(case)
    weights = found["kernel"].reshape(len(expected), -1)
    bias = 0 if case.bias is None else np.asarray(case.bias)[:, None]
    np.testing.assert_allclose(
        weights @ found["columns"] + bias, expected.reshape(len(expected), -1), rtol=0, atol=1e-9
    )


@given(stage_cases().filter(lambda case: case.layer.groups == 1 and not case.layer.padding_value))
@settings(max_examples=examples(5))
def test_the_matrix_times_the_input_is_pytorchs_output_without_bias(case: Case) -> None:
    found, expected = arrays(matrix_stage(record(*case.arguments))), torch_output(case)
    made = np.nan_to_num(found["matrix"]) @ found["flat_input"]
    bias = 0 if case.bias is None else np.repeat(case.bias, expected[0].size)
    np.testing.assert_allclose(made + bias, expected.ravel(), rtol=0, atol=1e-9)
    np.testing.assert_array_equal(found["flat_input"], np.asarray(case.x).ravel())


@given(stage_cases().filter(lambda case: case.layer.groups == 1))
@settings(max_examples=examples(5))
def test_the_matrix_is_empty_where_no_window_reads(case: Case) -> None:
    """By torch's gradient: the output depends on an input exactly where an entry stands (a weight of 0 counts)."""
    ones = Case(case.layer, case.x, np.ones_like(np.asarray(case.weight, float)), case.bias)
    found = arrays(matrix_stage(record(*ones.arguments)))["matrix"]
    size = np.asarray(case.x).size
    plain = Case(case.layer, np.zeros_like(np.asarray(case.x, float)), ones.weight, case.bias)
    base = torch_output(plain).ravel()
    for column in range(min(size, 12)):
        moved = np.zeros(size)
        moved[column] = 1.0
        change = torch_output(Case(case.layer, moved.reshape(np.shape(case.x)), ones.weight, case.bias)).ravel() - base
        np.testing.assert_allclose(np.nan_to_num(found[:, column]), change, rtol=0, atol=1e-9)


@given(stage_cases())
@settings(max_examples=examples(5))
def test_side_by_side_the_same_numbers_are_played(case: Case) -> None:
    trace = record(*case.arguments)
    stage = side_by_side_stage(trace)
    np.testing.assert_allclose(arrays(stage)["output"], torch_output(case), rtol=0, atol=1e-9)
    assert [grid.group for grid in grids(stage, GridRole.INPUT)] == [
        channel * case.layer.groups // len(trace.input) for channel in range(len(trace.input))
    ]


@st.composite
def separable(draw: st.DrawFn) -> tuple[SeparableConv2d, list[Any]]:
    """Draw a separable layer and its numbers: input, two kernels, two biases or None."""
    layer = SeparableConv2d(
        in_channels=draw(st.integers(1, 3)),
        out_channels=draw(st.integers(1, 3)),
        kernel_size=draw(st.integers(1, 3)),
        stride=draw(st.integers(1, 2)),
        padding=draw(st.integers(0, 1)),
        bias=draw(st.booleans()),
        depth_multiplier=draw(st.integers(1, 2)),
        pointwise_padding=draw(st.integers(0, 1)),
    )
    values = draw(numbers(whole=True))
    biases = [values(one.out_channels) if layer.bias else None for one in (layer.depthwise, layer.pointwise)]
    x = values(layer.in_channels, draw(st.integers(3, 5)), draw(st.integers(3, 5)))
    return layer, [
        x,
        values(*layer.depthwise.weight_shape),
        biases[0],
        values(*layer.pointwise.weight_shape),
        biases[1],
    ]


@given(separable())
@settings(max_examples=examples(6))
def test_two_layers_are_pytorchs_two_layers(case: tuple[SeparableConv2d, list[Any]]) -> None:
    layer, (x, kernel, bias, pointwise_kernel, pointwise_bias) = case
    first = record(layer.depthwise, x, kernel, bias)
    second = record(layer.pointwise, first.output, pointwise_kernel, pointwise_bias)
    stage = separable_stage(first, second, 1234)

    def tensor(array: Any) -> Any:
        return None if array is None else torch.tensor(array).double()

    between = functional.conv2d(
        tensor(x)[None], tensor(kernel), tensor(bias), layer.stride, layer.padding, groups=layer.in_channels
    )
    output = functional.conv2d(
        between, tensor(pointwise_kernel), tensor(pointwise_bias), padding=layer.pointwise_padding
    )
    np.testing.assert_array_equal(arrays(stage, 0)["output"], between[0].numpy())
    np.testing.assert_array_equal(arrays(stage, 1)["output"], output[0].numpy())
    padding = layer.pointwise_padding
    np.testing.assert_array_equal(arrays(stage, 1)["input"], functional.pad(between, (padding,) * 4)[0].numpy())
    assert stage.layers[0].output_offset == (padding, padding)
    assert stage.standard_macs == 1234
    assert len(grids(stage, GridRole.MIDDLE)) == layer.in_channels * layer.depth_multiplier


@given(pooling_cases(AvgPool2d))
@settings(max_examples=examples(6))
def test_a_mean_is_the_sum_of_what_counts_over_the_divisor(case: tuple[AvgPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    found = arrays(pooling_stage(record(layer, x)))
    expected = torch_pooled(layer, x)
    sums = np.nansum(found["products"], axis=2)[:, 0]
    np.testing.assert_allclose(sums / found["divisors"], expected.reshape(len(x), -1), rtol=0, atol=1e-9)
    np.testing.assert_allclose(found["output"], expected, rtol=0, atol=1e-9)


@given(pooling_cases(MaxPool2d))
@settings(max_examples=examples(6))
def test_the_tap_that_was_chosen_holds_the_largest(case: tuple[MaxPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    found = arrays(pooling_stage(record(layer, x)))
    expected = torch_pooled(layer, x).reshape(len(x), -1)
    for channel, chosen in enumerate(found["chosen"]):
        for position, tap in enumerate(chosen):
            value = found["products"][channel, 0, tap, position]
            assert value == expected[channel, position] or np.isneginf(expected[channel, position])


def test_cells_that_ceil_mode_lets_windows_stand_out_over_are_no_padding() -> None:
    stage = pooling_stage(record(MaxPool2d(3, 3, 1, ceil_mode=True), np.ones((1, 3, 3))))
    # One row of padding before the input, one after it, and one more under the last window.
    assert arrays(stage)["cell_kinds"].reshape(stage.layers[0].padded_size).tolist() == [
        [1, 1, 1, 1, 1, 3],
        [1, 0, 0, 0, 1, 3],
        [1, 0, 0, 0, 1, 3],
        [1, 0, 0, 0, 1, 3],
        [1, 1, 1, 1, 1, 3],
        [3, 3, 3, 3, 3, 3],
    ]
