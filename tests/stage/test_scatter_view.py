"""What the player looks up of a transposed layer, against loops over every stamp, and against torch."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from numpy.typing import NDArray
from torch.nn import functional

from engine import ConvTranspose2d, as_matrix, record
from kinds.transposed.play import transposed_stage
from kinds.transposed.state import SINGLE_VIEWS
from stage.model import CellKind, ScatterLoops, ScatterView, arrays_of
from stage.scatter_view import scatter_view
from stage.wire import to_wire
from stage.zero_inserted import zero_inserted
from tests.draws import examples
from tests.engine.strategies import Case, torch_transposed, transposed_cases

Arrays = dict[str, NDArray[Any]]
VIEWS = [SINGLE_VIEWS, *((view,) for view in SINGLE_VIEWS)]


def viewed(case: Case[ConvTranspose2d]) -> tuple[ScatterView, Arrays]:
    trace = record(*case.arguments)
    view = scatter_view(trace, zero_inserted(trace), as_matrix(trace.layer, case.weight, *case.x.shape[1:]).masked)
    return view, arrays_of(view)


def landing(case: Case[ConvTranspose2d], position: int, tap: int) -> tuple[int, int]:
    """Return the row and column of the uncropped output on which a tap of a stamp lands, from the definition."""
    (row, column), (i, j) = divmod(position, case.x.shape[2]), divmod(tap, case.layer.kernel[1])
    strides, dilations = case.layer.strides, case.layer.dilations
    return row * strides[0] + i * dilations[0], column * strides[1] + j * dilations[1]


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_the_scatter_index_is_where_the_definition_puts_them(case: Case[ConvTranspose2d]) -> None:
    view, arrays = viewed(case)
    rows, columns = view.uncropped_size
    (top, _), (left, _) = case.layer.cropping
    height, width = torch_transposed(case).shape[1:]
    assert (view.output_size, view.crop) == ((height, width), (top, left))
    assert arrays["output_cells"].tolist() == [(top + y) * columns + left + x for y, x in np.ndindex(height, width)]
    outputs = np.full((rows, columns), -1)
    outputs[top : top + height, left : left + width] = np.arange(height * width).reshape(height, width)
    assert arrays["cell_outputs"].tolist() == outputs.ravel().tolist()
    gathered = np.full((rows * columns, view.loops.taps), -1)
    for position, tap in np.ndindex(*arrays["scatter_index"].shape):
        row, column = landing(case, position, tap)
        assert arrays["scatter_index"][position, tap] == row * columns + column
        gathered[row * columns + column, tap] = position
    np.testing.assert_array_equal(arrays["gather_index"], gathered)


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_what_is_gathered_adds_up_to_pytorchs_output(case: Case[ConvTranspose2d]) -> None:
    """From the tables as the browser has them: weights by output channel, and the channels that each reads."""
    view, arrays = viewed(case)
    expected = torch_transposed(case)
    loops, x = view.loops, case.x.reshape(len(case.x), -1)
    for filter_, first in enumerate(view.group_offsets):
        for output, cell in enumerate(arrays["output_cells"]):
            total = 0.0 if case.bias is None else float(case.bias[filter_])
            for channel in range(loops.channels):
                partial = 0.0
                for tap, position in enumerate(arrays["gather_index"][cell]):
                    if position < 0:
                        continue
                    product = float(arrays["kernel"][filter_, channel, tap]) * float(x[first + channel, position])
                    assert arrays["products"][filter_, channel, tap, position] == product
                    partial += product
                assert arrays["partial_sums"][filter_, channel].ravel()[output] == partial
                total += partial
            assert total == expected[filter_].ravel()[output] == arrays["output"][filter_].ravel()[output]


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_weights_are_found_again_where_they_were_typed(case: Case[ConvTranspose2d]) -> None:
    view, arrays = viewed(case)
    typed = np.asarray(case.weight, float).ravel()
    np.testing.assert_array_equal(arrays["kernel"], typed[arrays["weight_index"]])
    assert sorted(arrays["weight_index"].ravel().tolist()) == list(range(typed.size))
    filters, taps = case.weight.shape[1], view.loops.taps
    for o, c, t in np.ndindex(*arrays["weight_index"].shape):
        row = view.group_offsets[o] + c
        assert arrays["weight_index"][o, c, t] == (row * filters + o % filters) * taps + t


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_the_equivalent_convolution_reads_what_makes_pytorchs_output(case: Case[ConvTranspose2d]) -> None:
    """An ordinary `conv2d` of the picture with the turned kernel, and the windows of the table, cell by cell."""
    _, arrays = viewed(case)
    layer, expected = case.layer, torch_transposed(case)
    kernel = arrays["kernel"].astype(float)[..., ::-1].copy()
    turned = kernel.reshape(*kernel.shape[:2], *layer.kernel)
    output = functional.conv2d(
        torch.tensor(arrays["zero_inserted"].astype(float))[None],
        torch.tensor(turned),
        None if case.bias is None else torch.tensor(case.bias).double(),
        dilation=layer.dilations,
        groups=layer.groups,
    )[0].numpy()
    np.testing.assert_array_equal(output, expected)
    flat = arrays["zero_inserted"].reshape(len(case.x), -1)
    windows = flat[:, arrays["reads"]].astype(float)  # (in_channels, outputs, taps)
    depth = kernel.shape[1]
    for filter_, weights in enumerate(kernel):
        first = filter_ // case.weight.shape[1] * depth
        made = np.einsum("cot,ct->o", windows[first : first + depth], weights)
        bias = 0 if case.bias is None else case.bias[filter_]
        np.testing.assert_array_equal(made + bias, expected[filter_].ravel())


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_three_views_agree_exactly(case: Case[ConvTranspose2d]) -> None:
    _, arrays = viewed(case)
    expected = torch_transposed(case)
    stamped = arrays["uncropped"].reshape(len(expected), -1)[:, arrays["output_cells"]].reshape(expected.shape)
    np.testing.assert_array_equal(stamped, expected)
    bias = 0 if case.bias is None else case.bias[:, None, None]
    multiplied = np.nan_to_num(arrays["matrix"].astype(float)) @ case.x.ravel()
    np.testing.assert_array_equal(multiplied.reshape(expected.shape) + bias, expected)
    np.testing.assert_array_equal(arrays["output"], expected)


@given(transposed_cases(most_channels=2, most_length=4))
@settings(max_examples=examples(6))
def test_real_numbers_agree_to_a_billionth(case: Case[ConvTranspose2d]) -> None:
    _, arrays = viewed(case)
    expected = torch_transposed(case)
    inside = arrays["uncropped"].reshape(len(expected), -1)[:, arrays["output_cells"]]
    np.testing.assert_allclose(inside.reshape(expected.shape), expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(arrays["output"], expected, rtol=0, atol=1e-9)


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(10))
def test_the_matrix_has_an_entry_wherever_a_tap_lands_and_nowhere_else(case: Case[ConvTranspose2d]) -> None:
    """A weight of 0 is an entry; blank is what no tap touches."""
    view, arrays = viewed(case)
    columns, cells = view.uncropped_size[1], arrays["output_cells"].tolist()
    expected = np.full(arrays["matrix"].shape, np.nan)
    positions, depth = view.loops.positions, view.loops.channels
    for filter_, channel, tap, position in np.ndindex(*arrays["products"].shape):
        row, column = landing(case, position, tap)
        if row * columns + column in cells:
            at = filter_ * len(cells) + cells.index(row * columns + column)
            source = filter_ // case.weight.shape[1] * depth + channel
            weight = case.weight[source, filter_ % case.weight.shape[1]].ravel()[tap]
            expected[at, source * positions + position] = weight
    np.testing.assert_array_equal(arrays["matrix"], expected)


@given(transposed_cases(most_channels=2, most_length=4))
@example(Case(ConvTranspose2d(1, 1, 1), -np.ones((1, 1, 1)), np.ones((1, 1, 1, 1)), np.array([3.0])))
@settings(max_examples=examples(6))
def test_no_value_is_beyond_the_end_of_its_scale(case: Case[ConvTranspose2d]) -> None:
    view, arrays = viewed(case)
    scales = {
        "scattered_sums": "sums",
        "bias": "sums",
        "output": "output",
        "uncropped": "uncropped",
        "products": "products",
    }
    for name in ("input", "zero_inserted", "flat_input", "kernel", "matrix"):
        scales[name] = name
    for name, scale in scales.items():
        if name in arrays:
            assert np.nanmax(np.abs(arrays[name]), initial=0) <= view.color_limits[scale], name


@given(transposed_cases(most_channels=2, most_length=3))
@settings(max_examples=examples(5))
def test_every_view_is_json_and_has_the_same_steps(case: Case[ConvTranspose2d]) -> None:
    """The player keeps its step where kind and loops are the same."""
    payloads = [to_wire(transposed_stage(record(*case.arguments), views)) for views in VIEWS]
    for payload in payloads:
        assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    shapes = {json.dumps([payload["layers"][0][name] for name in ("kind", "loops")]) for payload in payloads}
    assert len(shapes) == 1


def test_loops_are_the_sizes_of_the_layer() -> None:
    layer = ConvTranspose2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), output_padding=(1, 0), groups=2)
    trace = record(layer, np.ones((4, 5, 3)), np.ones(layer.weight_shape), np.zeros(6))
    view = scatter_view(trace)
    assert view.loops == ScatterLoops(filters=6, positions=15, channels=2, taps=6, outputs=40)
    assert (view.group_offsets, view.output_padding, view.kernel_size) == ((0, 0, 0, 2, 2, 2), (1, 0), (3, 2))


@given(transposed_cases(most_channels=1, most_length=4))
@settings(max_examples=examples(15))
def test_each_cell_of_the_equivalent_input_is_what_the_guide_says(case: Case[ConvTranspose2d]) -> None:
    """In from each edge: p' cells of padding, or as many cropped; then inputs s apart; a more cells at the very end."""
    layer, (_, height, width) = case.layer, case.x.shape
    seen = zero_inserted(record(*case.arguments))
    lines = []
    for axis, length in enumerate((height, width)):
        stride, span = layer.strides[axis], layer.dilations[axis] * (layer.kernel[axis] - 1)
        before, after = (span - cropped for cropped in layer.cropping[axis])
        own = [CellKind.INSERTED] * ((length - 1) * stride + 1)
        own[::stride] = [CellKind.INPUT] * length
        line = [CellKind.PADDING] * before + own + [CellKind.PADDING] * after
        line += [CellKind.EXTRA] * layer.output_paddings[axis]
        lines.append(line if min(before, after) >= 0 else None)
    if None in lines:
        return  # it crops; what is read then is held by the test above
    order = [CellKind.INPUT, CellKind.INSERTED, CellKind.PADDING, CellKind.EXTRA]
    expected = [max(row, column, key=order.index) for row in lines[0] for column in lines[1]]
    assert seen.cell_kinds.tolist() == expected
    assert seen.sources[seen.cell_kinds == CellKind.INPUT].tolist() == list(range(height * width))
    assert (seen.sources[seen.cell_kinds != CellKind.INPUT] == -1).all()
    assert (seen.values.reshape(len(case.x), -1)[:, seen.cell_kinds != CellKind.INPUT] == 0).all()


# Of 4 inputs in a direction, those that the equivalent convolution still reads.
@pytest.mark.parametrize(("stride", "padding", "kept"), [(2, 3, [1, 2]), (3, 4, [1, 2]), (3, 5, [])])
def test_a_padding_beyond_the_kernels_reach_crops_the_equivalent_input(
    stride: int, padding: int, kept: list[int]
) -> None:
    layer = ConvTranspose2d(1, 1, 2, stride, padding, bias=False)
    sources = zero_inserted(record(layer, np.arange(16.0).reshape(1, 4, 4), np.ones((1, 1, 2, 2)))).sources
    assert sorted(sources[sources >= 0].tolist()) == [row * 4 + column for row in kept for column in kept]
