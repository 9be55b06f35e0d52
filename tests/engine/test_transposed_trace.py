"""The record of a transposed layer, against loops over every stamp, and against torch."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine import ConvTranspose2d, LayerError, SeparableConv2d, TransposedTrace, forward, record
from tests.draws import examples
from tests.engine.records import check_arrays_are_its_own
from tests.engine.strategies import Case, torch_transposed, transposed_cases

ARRAYS = ("input", "weight", "bias", "stamps", "positions", "scatter_index", "overlap_counts")
SUMS = ("products", "scattered_sums", "uncropped", "partial_sums", "running_sums", "output")


@given(transposed_cases(most_channels=2, most_length=3))
@settings(max_examples=examples(15))
def test_stamps_are_input_values_times_the_kernel_and_land_where_they_should(case: Case[ConvTranspose2d]) -> None:
    layer, trace = case.layer, record(*case.arguments)
    (down, across), (step_down, step_across) = layer.dilations, layer.strides
    _, height, width = case.x.shape
    rows, columns = trace.axes
    filters, depth = layer.out_channels // layer.groups, layer.in_channels // layer.groups
    stamps = np.zeros((layer.in_channels, filters, *layer.kernel, height, width))
    canvas = np.zeros((layer.out_channels, depth, rows.uncropped, columns.uncropped))
    counts = np.zeros(canvas.shape[2:], int)
    for c, f, i, j, y, x in np.ndindex(stamps.shape):
        stamps[c, f, i, j, y, x] = case.x[c, y, x] * case.weight[c, f, i, j]
        row, column = y * step_down + i * down, x * step_across + j * across
        assert trace.positions[y * width + x].tolist() == [y * step_down, x * step_across]
        assert trace.scatter_index[y * width + x, i * layer.kernel[1] + j] == row * columns.uncropped + column
        canvas[c // depth * filters + f, c % depth, row, column] += stamps[c, f, i, j, y, x]
        counts[row, column] += (c, f) == (0, 0)
    top, left = rows.before, columns.before
    inside = (slice(top, top + rows.output), slice(left, left + columns.output))
    np.testing.assert_array_equal(trace.stamps, stamps.reshape(*stamps.shape[:2], -1, height * width))
    np.testing.assert_allclose(trace.partial_sums, canvas[:, :, *inside], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(trace.overlap_counts, counts[inside])


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(15))
def test_each_landing_holds_what_has_landed_there_so_far(case: Case[ConvTranspose2d]) -> None:
    """Stamp after stamp, position by position, each channel of a position after the other, from the bias on."""
    layer, trace = case.layer, record(*case.arguments)
    filters, depth = layer.out_channels // layer.groups, layer.in_channels // layer.groups
    rows, columns = trace.axes
    canvas = np.zeros((layer.out_channels, rows.uncropped, columns.uncropped))
    if case.bias is not None:
        canvas += case.bias[:, None, None]
    for position, (top, left) in enumerate(trace.positions):
        for o, c, i, j in np.ndindex(layer.out_channels, depth, *layer.kernel):
            at = (o, top + i * layer.dilations[0], left + j * layer.dilations[1])
            source = o // filters * depth + c
            product = case.x[source].ravel()[position] * case.weight[source, o % filters, i, j]
            canvas[at] += product
            tap = i * layer.kernel[1] + j
            assert trace.products[o, c, tap, position] == product
            assert trace.scattered_sums[o, c, tap, position] == canvas[at]
    np.testing.assert_array_equal(trace.uncropped, canvas)


@given(transposed_cases())
@settings(max_examples=examples(10))
def test_the_uncropped_output_is_pytorchs_without_padding(case: Case[ConvTranspose2d]) -> None:
    trace, (rows, columns) = record(*case.arguments), record(*case.arguments).axes
    inside = trace.uncropped[
        :, rows.before : rows.before + rows.output, columns.before : columns.before + columns.output
    ]
    np.testing.assert_allclose(inside, torch_transposed(case), rtol=0, atol=1e-9)
    added = rows.output_padding, columns.output_padding
    uncropped = Case(replace(case.layer, padding=0, output_padding=added), case.x, case.weight, case.bias)
    np.testing.assert_allclose(trace.uncropped, torch_transposed(uncropped), rtol=0, atol=1e-9)


@given(transposed_cases())
@settings(max_examples=examples(15))
def test_running_sums_are_the_partial_sums_in_order_and_end_in_the_output(case: Case[ConvTranspose2d]) -> None:
    trace = record(*case.arguments)
    np.testing.assert_array_equal(trace.running_sums, np.cumsum(trace.partial_sums, axis=1))
    bias = 0 if case.bias is None else case.bias[:, None, None]
    np.testing.assert_allclose(trace.running_sums[:, -1] + bias, torch_transposed(case), rtol=0, atol=1e-9)
    np.testing.assert_array_equal(trace.output, forward(*case.arguments))


@given(transposed_cases(whole=True))
@settings(max_examples=examples(15))
def test_whole_numbers_make_output_and_sums_one(case: Case[ConvTranspose2d]) -> None:
    trace = record(*case.arguments)
    bias = 0 if case.bias is None else case.bias[:, None, None]
    np.testing.assert_array_equal(trace.running_sums[:, -1] + bias, torch_transposed(case))
    np.testing.assert_array_equal(trace.output, torch_transposed(case))


@given(transposed_cases())
@settings(max_examples=examples(10))
def test_arrays_are_copies_of_what_was_given_and_read_only(case: Case[ConvTranspose2d]) -> None:
    check_arrays_are_its_own(record(*case.arguments), case, ARRAYS + SUMS)


@pytest.fixture
def grouped() -> TransposedTrace:
    layer = ConvTranspose2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), output_padding=(1, 0), groups=2)
    rng = np.random.default_rng(0)
    return record(layer, rng.normal(size=(4, 5, 3)), rng.normal(size=layer.weight_shape), rng.normal(size=6))


def test_shapes_are_those_of_the_manual(grouped: TransposedTrace) -> None:
    assert {name: getattr(grouped, name).shape for name in ARRAYS + SUMS} == {
        "input": (4, 5, 3),
        "weight": (4, 3, 3, 2),
        "bias": (6,),
        "stamps": (4, 3, 6, 15),
        "positions": (15, 2),
        "scatter_index": (15, 6),
        "overlap_counts": (10, 4),
        "products": (6, 2, 6, 15),
        "scattered_sums": (6, 2, 6, 15),
        "uncropped": (6, 12, 4),
        "partial_sums": (6, 2, 10, 4),
        "running_sums": (6, 2, 10, 4),
        "output": (6, 10, 4),
    }


def test_the_checkerboard_is_the_product_of_both_directions() -> None:
    trace = record(ConvTranspose2d(1, 1, 3, 2, bias=False), np.ones((1, 5, 2)), np.ones((1, 1, 3, 3)))
    down, across = [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1], [1, 1, 2, 1, 1]
    assert trace.overlap_counts.tolist() == [[i * j for j in across] for i in down]
    assert trace.output.tolist() == [trace.overlap_counts.tolist()]


def test_an_input_that_leaves_no_output_has_no_record() -> None:
    with pytest.raises(LayerError, match="crops its padding off"):
        record(ConvTranspose2d(1, 1, 1, padding=1, bias=False), [[[1]]], [[[[1]]]])


def test_a_layer_without_a_record_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="is not a layer with a record"):
        record(SeparableConv2d(1, 1, 1), [[[1]]], [[[[1]]]])  # it is recorded as its two layers
