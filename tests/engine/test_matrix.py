"""The matrix of a layer against the layer, against counting, and against its picture in the guide."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine import Conv2d, LayerError, as_matrix, cost, forward
from tests.draws import examples
from tests.engine.strategies import Case, cases, torch_output


@given(cases(whole=True, most_channels=2, most_extra=3))
@settings(max_examples=examples(200))
def test_the_product_with_the_input_is_the_output_less_that_of_zeros(case: Case) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    matrix = as_matrix(layer, case.weight, height, width)
    product = matrix.dense @ case.x.ravel()
    # What an input of zeros makes: the bias, and what the windows read of a constant padding.
    nothing = torch_output(replace(case, x=np.zeros_like(case.x)))
    expected = torch_output(case) - nothing
    np.testing.assert_array_equal(product.reshape(expected.shape), expected)
    assert matrix.shape == (expected.size, case.x.size)


@given(cases(most_channels=2, most_extra=3))
@settings(max_examples=examples(200))
def test_the_entries_are_the_valid_macs(case: Case) -> None:
    _, height, width = case.x.shape
    assume((case.weight != 0).all())
    matrix, counted = as_matrix(case.layer, case.weight, height, width), cost(case.layer, height, width).valid_macs
    assert matrix.values.size == matrix.rows.size == matrix.columns.size == counted
    assert (np.diff(matrix.rows) >= 0).all()
    if case.layer.padding_mode == "zeros":
        assert np.count_nonzero(matrix.dense) == counted


def test_the_guides_matrix_of_a_3x3_kernel_on_4x4() -> None:
    weight = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    matrix = as_matrix(Conv2d(1, 1, 3), weight, 4, 4)
    row = [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9]
    expected = [[0] * before + row + [0] * (5 - before) for before in (0, 1, 4, 5)]
    assert matrix.dense.tolist() == expected
    assert (matrix.shape, matrix.values.size) == ((4, 16), 36)


def test_padding_that_copies_one_cell_adds_its_weights_up() -> None:
    layer = Conv2d(1, 1, (1, 3), padding=(0, 1), padding_mode="replicate", bias=False)
    matrix = as_matrix(layer, [[[[1, 10, 100]]]], 1, 2)
    assert matrix.dense.tolist() == [[11, 100], [1, 110]]
    assert matrix.values.tolist() == [1, 10, 100, 1, 10, 100]
    assert (matrix.dense @ [1, 2]).tolist() == forward(layer, [[[1, 2]]], [[[[1, 10, 100]]]]).ravel().tolist()


def test_a_weight_of_zero_is_an_entry() -> None:
    assert as_matrix(Conv2d(1, 1, 2), np.zeros((1, 1, 2, 2)), 2, 2).values.tolist() == [0, 0, 0, 0]


def test_entries_of_a_large_layer_need_no_dense_matrix() -> None:
    # Dense it would be 74 GB.
    matrix = as_matrix(Conv2d(1, 1, 3, padding=1), np.ones((1, 1, 3, 3)), 300, 320)
    assert matrix.shape == (96_000, 96_000)
    assert matrix.values.size == 898 * 958


def test_its_arrays_are_read_only() -> None:
    matrix = as_matrix(Conv2d(1, 1, 2), np.ones((1, 1, 2, 2)), 3, 3)
    for array in (matrix.rows, matrix.columns, matrix.values, matrix.dense):
        assert not array.flags.writeable


def test_a_layer_that_does_not_fit_has_no_matrix() -> None:
    with pytest.raises(LayerError, match="weight is of shape"):
        as_matrix(Conv2d(1, 1, 2), [[1]], 3, 3)
    with pytest.raises(LayerError, match="kernel_size is 2 rows"):
        as_matrix(Conv2d(1, 1, 2), np.ones((1, 1, 2, 2)), 1, 3)
