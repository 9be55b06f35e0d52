"""What was recorded, against loops over every product, and against torch."""

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Conv2d, Trace, forward, record
from tests.draws import examples
from tests.engine.records import check_arrays_are_its_own
from tests.engine.strategies import Case, cases, torch_output, torch_padded

ARRAYS = ("input", "weight", "bias", "padded", "output", "positions", "products", "partial_sums", "running_sums")


@given(cases(most_channels=2, most_extra=3))
@settings(max_examples=examples(15))
def test_products_are_weights_times_what_lies_under_them(case: Case) -> None:
    layer, trace = case.layer, record(*case.arguments)
    padded, weight = torch_padded(case), case.weight
    (down, across), (step_down, step_across) = layer.dilations, layer.strides
    depth = layer.in_channels // layer.groups
    filters = layer.out_channels // layer.groups
    _, output_height, output_width = torch_output(case).shape
    expected = np.zeros((layer.out_channels, depth, *layer.kernel, output_height, output_width))
    for o, c, i, j, y, x in np.ndindex(expected.shape):
        value = padded[o // filters * depth + c, y * step_down + i * down, x * step_across + j * across]
        expected[o, c, i, j, y, x] = weight[o, c, i, j] * value
    np.testing.assert_array_equal(
        trace.products, expected.reshape(*expected.shape[:2], -1, output_height * output_width)
    )
    np.testing.assert_allclose(trace.partial_sums, expected.sum(axis=(2, 3)), rtol=0, atol=1e-9)


@given(cases())
@settings(max_examples=examples(30))
def test_running_sums_are_the_partial_sums_in_order_and_end_in_the_output(case: Case) -> None:
    trace = record(*case.arguments)
    total = np.zeros_like(trace.output)
    for channel in range(trace.partial_sums.shape[1]):
        total = total + trace.partial_sums[:, channel]
        np.testing.assert_array_equal(trace.running_sums[:, channel], total)
    if case.bias is not None:
        total = total + case.bias[:, None, None]
    np.testing.assert_array_equal(trace.output, total)
    np.testing.assert_allclose(trace.output, torch_output(case), rtol=0, atol=1e-9)


@given(cases(whole=True))
@settings(max_examples=examples(30))
def test_whole_numbers_make_record_forward_and_sums_one(case: Case) -> None:
    trace = record(*case.arguments)
    np.testing.assert_array_equal(trace.output, forward(*case.arguments))
    np.testing.assert_array_equal(trace.output, torch_output(case))
    np.testing.assert_array_equal(trace.partial_sums, trace.products.sum(axis=2).reshape(trace.partial_sums.shape))


@given(cases())
@settings(max_examples=examples(20))
def test_padded_and_positions_are_the_windows(case: Case) -> None:
    trace = record(*case.arguments)
    np.testing.assert_array_equal(trace.padded, torch_padded(case))
    (down, across), (_, height, width) = case.layer.strides, torch_output(case).shape
    assert trace.positions.tolist() == [[y * down, x * across] for y in range(height) for x in range(width)]


@given(cases())
@settings(max_examples=examples(10))
def test_arrays_are_copies_of_what_was_given_and_read_only(case: Case) -> None:
    check_arrays_are_its_own(record(*case.arguments), case, ARRAYS)


@pytest.fixture
def grouped() -> Trace:
    layer = Conv2d(4, 6, (3, 2), stride=(2, 1), padding=1, groups=2)
    rng = np.random.default_rng(0)
    return record(layer, rng.normal(size=(4, 6, 5)), rng.normal(size=layer.weight_shape), rng.normal(size=6))


def test_shapes_are_those_of_the_design(grouped: Trace) -> None:
    shapes = {name: getattr(grouped, name).shape for name in ARRAYS}
    assert shapes == {
        "input": (4, 6, 5),
        "weight": (6, 2, 3, 2),
        "bias": (6,),
        "padded": (4, 8, 7),
        "output": (6, 3, 6),
        "positions": (18, 2),
        "products": (6, 2, 6, 18),
        "partial_sums": (6, 2, 3, 6),
        "running_sums": (6, 2, 3, 6),
    }


def test_axes_are_the_plan_of_the_recorded_input(grouped: Trace) -> None:
    rows, columns = grouped.axes
    assert ((rows.length, rows.kernel, rows.stride), (columns.length, columns.kernel, columns.stride)) == (
        (6, 3, 2),
        (5, 2, 1),
    )


def test_numpys_buffer_is_put_back_even_after_an_error() -> None:
    layer = Conv2d(1, 1, 1, bias=False)
    before = np.setbufsize(4096)
    try:
        record(layer, [[[1.0]]], [[[[1.0]]]])
        assert np.getbufsize() == 4096
        with np.errstate(over="raise"):
            with pytest.raises(FloatingPointError):
                record(layer, [[[1e300]]], [[[[1e300]]]])
            assert np.getbufsize() == 4096
    finally:
        np.setbufsize(before)
