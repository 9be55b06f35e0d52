"""Arrays arrive as they were sent, in as few bytes as that allows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from stage.encoding import encode
from tests.stage.strategies import decode

SHAPES = array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
SAFE = 2**53


@given(arrays(np.float64, SHAPES))
def test_every_float64_array_arrives_with_its_shape_and_values(array: NDArray[np.float64]) -> None:
    arrived = decode(encode(array))
    assert arrived.shape == array.shape
    np.testing.assert_array_equal(arrived.astype(np.float64), array)


@given(
    arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(allow_nan=True)), st.floats(0.1, 0.9)
)
def test_an_array_with_a_fraction_arrives_bit_for_bit(array: NDArray[np.float64], fraction: float) -> None:
    array.flat[0] = fraction
    arrived = decode(encode(array))
    assert arrived.dtype == np.float64
    assert arrived.tobytes() == array.tobytes()


@given(arrays(np.int64, SHAPES, elements=st.integers(-SAFE, SAFE)))
def test_whole_numbers_arrive_in_the_smallest_type_that_holds_them(array: NDArray[np.int64]) -> None:
    arrived = decode(encode(array))
    np.testing.assert_array_equal(arrived.astype(np.int64), array)
    types = (np.int8, np.int16, np.int32)
    fitting = [one for one in types if all(np.iinfo(one).min <= value <= np.iinfo(one).max for value in array.flat)]
    assert arrived.dtype == (fitting or [np.float64])[0]


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=3, max_side=4), elements=st.floats(-9, 9)))
def test_a_transposed_view_arrives_in_its_own_order(array: NDArray[np.float64]) -> None:
    np.testing.assert_array_equal(decode(encode(array.T)), array.T)


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (-128, "int8"),
        (127, "int8"),
        (-129, "int16"),
        (128, "int16"),
        (-(2**15), "int16"),
        (2**15 - 1, "int16"),
        (2**15, "int32"),
        (-(2**31), "int32"),
        (2**31 - 1, "int32"),
        (2**31, "float64"),
        (2**53, "float64"),
        (0.5, "float64"),
        (np.nan, "float64"),
        (np.inf, "float64"),
        (-np.inf, "float64"),
    ],
)
def test_a_value_at_the_edge_of_a_type(value: float, dtype: str) -> None:
    packed = encode(np.array([float(value)]))
    assert packed["dtype"] == dtype
    np.testing.assert_array_equal(decode(packed), [value])


def test_whole_numbers_take_a_byte_each() -> None:
    assert len(decode(encode(np.full((10, 10), 100.0))).tobytes()) == 100


def test_an_empty_array_keeps_its_shape() -> None:
    assert decode(encode(np.empty((2, 0, 3)))).shape == (2, 0, 3)
