"""What is played of a convolution, against first principles and PyTorch's padding."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Conv2d, Trace, record
from stage.model import WindowLoops, WindowsView, arrays_of
from stage.windows_view import convolution_view, padded_kinds, padded_sources, window_reads
from tests.draws import examples
from tests.engine.strategies import Case, as_pair, torch_output, torch_padded
from tests.stage.strategies import stage_cases


def small_trace(**arguments: object) -> Trace:
    layer = Conv2d(1, 1, 2, bias=False, **arguments)
    return record(layer, np.arange(9.0).reshape(1, 3, 3), np.arange(4.0).reshape(1, 1, 2, 2))


def viewed(case: Case) -> WindowsView:
    return convolution_view(record(*case.arguments))


@given(stage_cases())
@settings(max_examples=examples(6))
def test_reads_are_the_cells_under_each_tap_counted_row_by_row(case: Case) -> None:
    (down, across), (rows, columns) = as_pair(case.layer.stride), as_pair(case.layer.kernel_size)
    (step_down, step_across), width = as_pair(case.layer.dilation), torch_padded(case).shape[2]
    _, output_rows, output_columns = torch_output(case).shape
    expected = [
        [(y * down + i * step_down) * width + x * across + j * step_across for i in range(rows) for j in range(columns)]
        for y in range(output_rows)
        for x in range(output_columns)
    ]
    assert window_reads(record(*case.arguments).axes).tolist() == expected


@given(stage_cases())
@settings(max_examples=examples(10))
def test_sources_are_where_pytorchs_padding_copies_from(case: Case) -> None:
    height, width = case.x.shape[1:]
    cells_from_one = np.arange(1.0, height * width + 1).reshape(1, height, width)
    padded = torch_padded(replace(case, x=cells_from_one, layer=replace(case.layer, padding_value=0)))
    assert padded_sources(record(*case.arguments).axes).tolist() == (padded.ravel().astype(int) - 1).tolist()


@pytest.mark.parametrize(
    ("mode", "corner"),
    [("zeros", [-1, -1, -1, 0]), ("reflect", [4, 3, 1, 0]), ("replicate", [0, 0, 0, 0]), ("circular", [8, 6, 2, 0])],
)
def test_the_corner_of_the_padding_copies_what_its_mode_says(mode: str, corner: list[int]) -> None:
    copied = padded_sources(small_trace(padding=1, padding_mode=mode).axes).reshape(5, 5)
    assert copied[:2, :2].ravel().tolist() == corner


@given(stage_cases())
@settings(max_examples=examples(6))
def test_the_arrays_are_exactly_what_was_recorded(case: Case) -> None:
    trace = record(*case.arguments)
    arrays = arrays_of(convolution_view(trace))
    recorded = {
        "input": trace.padded,
        "kernel": trace.weight,
        "products": trace.products,
        "partial_sums": trace.partial_sums,
        "running_sums": trace.running_sums,
        "output": trace.output,
        "reads": window_reads(trace.axes),
        "sources": padded_sources(trace.axes),
        "cell_kinds": padded_kinds(trace.axes),
    } | ({} if trace.bias is None else {"bias": trace.bias})
    if trace.layer.out_channels > trace.layer.groups:  # filters that read one channel stand by themselves too
        recorded["filters"] = np.array([np.hstack(list(kernels)) for kernels in trace.weight])
    assert arrays.keys() == recorded.keys()
    for name, array in recorded.items():
        np.testing.assert_array_equal(arrays[name], array, strict=False, err_msg=name)
        assert arrays[name].shape == array.shape, name


@given(stage_cases())
@settings(max_examples=examples(6))
def test_a_product_is_the_kernel_times_what_it_reads(case: Case) -> None:
    found = viewed(case)
    arrays = arrays_of(found)
    flat_input = arrays["input"].reshape(len(arrays["input"]), -1)
    under = flat_input[:, arrays["reads"]].transpose(0, 2, 1)  # (channels, taps, positions)
    kernel = arrays["kernel"].reshape(*arrays["kernel"].shape[:2], -1, 1)
    depth = kernel.shape[1]
    first = [out * depth * case.layer.groups // len(kernel) // depth * depth for out in range(len(kernel))]
    read = np.stack([under[start : start + depth] for start in first])
    np.testing.assert_array_equal(arrays["products"], kernel * read)
    assert list(found.group_offsets) == first


@given(stage_cases())
@settings(max_examples=examples(6))
def test_loops_count_what_there_is_to_step_through(case: Case) -> None:
    (rows, columns), expected = as_pair(case.layer.kernel_size), torch_output(case)
    assert viewed(case).loops == WindowLoops(
        filters=expected.shape[0],
        positions=expected.shape[1] * expected.shape[2],
        channels=case.x.shape[0] // case.layer.groups,
        taps=rows * columns,
    )


@given(stage_cases())
@settings(max_examples=examples(6))
def test_kinds_tell_the_input_from_its_padding(case: Case) -> None:
    found, padded = viewed(case), torch_padded(case)
    assert (found.padded_size, found.input_size) == (padded.shape[1:], case.x.shape[1:])
    own = found.arrays.cell_kinds == 0
    np.testing.assert_array_equal(padded.reshape(len(padded), -1)[:, own], case.x.reshape(len(padded), -1))


@given(stage_cases())
@settings(max_examples=examples(10))
def test_unread_rows_and_columns_are_those_without_a_read_cell(case: Case) -> None:
    found = viewed(case)
    rows, columns = found.padded_size
    is_read = np.zeros((rows, columns), dtype=bool)
    is_read.flat[found.arrays.reads.ravel()] = True
    assert [list(lines) for lines in found.unused_cells] == [
        [row for row in range(rows) if not is_read[row].any()],
        [column for column in range(columns) if not is_read[:, column].any()],
    ]


@given(stage_cases())
@settings(max_examples=examples(10))
def test_color_limits_hold_every_value_coloured_by_them(case: Case) -> None:
    found = viewed(case)
    arrays = arrays_of(found)
    for end, names in {
        "input": ["input"],
        "kernel": ["kernel"],
        "products": ["products"],
        "output": ["output"],
        # the player colours these four cells, which stand side by side, by one scale
        "sums": ["partial_sums", "running_sums", "output", *(["bias"] if "bias" in arrays else [])],
    }.items():
        most = max(np.abs(arrays[name]).max() for name in names)
        assert found.color_limits[end] == (most or 1.0), end


def test_color_limits_of_nothing_but_zeros_are_one() -> None:
    layer = Conv2d(1, 1, 2)
    found = convolution_view(record(layer, np.zeros((1, 3, 3)), np.zeros((1, 1, 2, 2)), np.zeros(1)))
    assert set(found.color_limits.values()) == {1.0}


def test_a_layer_without_bias_sends_none() -> None:
    assert convolution_view(small_trace()).arrays.bias is None
