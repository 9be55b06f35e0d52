"""Sides, and SAME as TensorFlow, Keras and ONNX have it: published numbers, Keras itself, and counting."""

import os
import warnings
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"  # before Keras is first imported

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras.src.backend.common.backend_utils import compute_conv_transpose_padding_args_for_jax
from numpy.typing import NDArray

from engine import AvgPool2d, Conv2d, ConvTranspose2d, LayerError, MaxPool2d, as_matrix, forward, im2col, record

LENGTH, KERNEL, STRIDE, DILATION = st.integers(1, 12), st.integers(1, 6), st.integers(1, 5), st.integers(1, 3)
UPPER_OR_LOWER = st.sampled_from(["same_upper", "same_lower"])


def counting(*shape: int, first: int = 0) -> NDArray[np.float64]:
    return np.arange(first, first + np.prod(shape), dtype=float).reshape(shape)


def test_tensorflows_same_with_a_stride() -> None:
    layer = Conv2d(1, 1, 3, stride=2, padding="same_upper", bias=False)
    x, weight = counting(1, 6, 6), counting(1, 1, 3, 3)
    expected = [[[366, 438, 294], [798, 870, 546], [451, 481, 271]]]
    assert layer.padding_amounts(6, 6) == ((0, 1), (0, 1))
    assert forward(layer, x, weight).tolist() == expected
    assert record(layer, x, weight).output.tolist() == expected
    assert (as_matrix(layer, weight, 6, 6).dense @ x.ravel()).tolist() == np.ravel(expected).tolist()
    assert (weight.reshape(1, -1) @ im2col(layer, x)[0]).tolist() == [np.ravel(expected).tolist()]


def test_tensorflows_same_for_pooling() -> None:
    assert forward(MaxPool2d(3, 2, "same_upper"), counting(1, 4, 4)).tolist() == [[[10, 11], [14, 15]]]


def test_kerass_same_for_a_transposed_layer() -> None:
    layer = ConvTranspose2d(1, 1, 3, stride=2, padding="same_upper", bias=False)
    output = forward(layer, counting(1, 4, 4, first=1), counting(1, 1, 3, 3, first=1))
    assert layer.cropping == ((0, 1), (0, 1))
    assert output.shape == (1, 8, 8)
    assert output[0, 0, :4].tolist() == [1, 2, 5, 4]


@given(LENGTH, KERNEL, STRIDE, DILATION, UPPER_OR_LOWER)
def test_same_is_the_least_padding_that_makes_room_for_the_windows(
    length: int, kernel: int, stride: int, dilation: int, padding: str
) -> None:
    """As ONNX's auto_pad has it: ceil(size / stride) outputs, the padding halved, the odd cell where the name says."""
    extent, windows = dilation * (kernel - 1) + 1, -(-length // stride)

    def fitting(total: int) -> int:
        return len(range(0, length + total - extent + 1, stride))

    total = next(total for total in range(extent) if fitting(total) >= windows)
    (before, after), _ = Conv2d(1, 1, (kernel, 1), (stride, 1), padding, (dilation, 1)).padding_amounts(length, 1)
    assert before + after == total
    assert (after if padding == "same_upper" else before) == (total + 1) // 2
    assert Conv2d(1, 1, kernel, stride, padding, dilation).output_size(length, length) == (windows, windows)
    assert MaxPool2d(kernel, stride, padding, dilation).padding_amounts(length, length) == ((before, after),) * 2


@st.composite
def images(draw: st.DrawFn) -> NDArray[np.float64]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(-9, 10, (draw(st.integers(1, 3)), draw(LENGTH), draw(LENGTH))).astype(float)


def as_keras(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.moveaxis(x, 0, -1)[None]


def from_keras(output: Any) -> NDArray[np.float64]:
    return np.moveaxis(output[0].numpy(), -1, 0)


@given(images(), KERNEL, KERNEL, STRIDE, st.integers(0, 2**32 - 1), st.data())
def test_same_upper_is_kerass_same(
    x: NDArray[np.float64], rows: int, columns: int, stride: int, seed: int, data: st.DataObject
) -> None:
    # Keras takes a stride or a dilation, not both.
    dilation = data.draw(DILATION) if stride == 1 else 1
    weight = np.random.default_rng(seed).integers(-9, 10, (2, len(x), rows, columns)).astype(float)
    layer = Conv2d(len(x), 2, (rows, columns), stride, "same_upper", dilation, bias=False)
    expected = keras.ops.conv(
        as_keras(x), weight.transpose(2, 3, 1, 0), stride, "same", "channels_last", dilation_rate=dilation
    )
    np.testing.assert_array_equal(forward(layer, x, weight), from_keras(expected))


@given(images(), KERNEL, KERNEL, STRIDE)
def test_same_upper_pools_as_kerass_same(x: NDArray[np.float64], rows: int, columns: int, stride: int) -> None:
    window = (rows, columns), stride
    largest = from_keras(keras.ops.max_pool(as_keras(x), *window, "same", "channels_last"))
    np.testing.assert_array_equal(forward(MaxPool2d(*window, "same_upper"), x), largest)
    layer = AvgPool2d(*window, "same_upper", count_include_pad=False)
    if all(before == after for before, after in layer.padding_amounts(*x.shape[1:])):
        # With uneven sides Keras pads copies of the edge on PyTorch, which it does not on TensorFlow.
        mean = from_keras(keras.ops.average_pool(as_keras(x), *window, "same", "channels_last"))
        np.testing.assert_allclose(forward(layer, x), mean, rtol=0, atol=1e-9)


@given(KERNEL, STRIDE, DILATION, LENGTH)
def test_same_upper_crops_as_kerass_same(kernel: int, stride: int, dilation: int, length: int) -> None:
    """Held against what Keras computes for JAX: its PyTorch, it warns, cannot crop an odd number so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ((left, right),) = compute_conv_transpose_padding_args_for_jax(
            (1, length, 1), (kernel, 1, 1), stride, "same", None, dilation
        )
    layer = ConvTranspose2d(1, 1, (kernel, 1), (stride, 1), "same_upper", dilation=(dilation, 1))
    # JAX pads the input with its zeros, and a padding of extent - 1 would crop nothing.
    span, ((before, after), _) = layer.extents[0] - 1, layer.cropping
    assert (span - left, span - right) == (before, after - layer.output_paddings[0])
    assert layer.output_size(length, 1) == (length * stride, 1)


@given(KERNEL, STRIDE, DILATION, LENGTH, UPPER_OR_LOWER)
def test_same_of_a_transposed_layer_undoes_same_of_the_ordinary_one(
    kernel: int, stride: int, dilation: int, length: int, padding: str
) -> None:
    layer = ConvTranspose2d(1, 1, kernel, stride, padding, dilation=dilation)
    ordinary = Conv2d(1, 1, kernel, stride, padding, dilation)
    assert ordinary.output_size(length * stride, length * stride) == (length, length)
    assert layer.cropping == ordinary.padding_amounts(length * stride, length * stride)


@pytest.mark.parametrize("layer", [MaxPool2d(2, padding=((0, 1), (0, 1))), AvgPool2d(2, padding=((0, 1), (0, 1)))])
def test_ceil_mode_adds_no_window_that_would_start_in_the_padding(layer: MaxPool2d | AvgPool2d) -> None:
    """ONNX (AveragePool, MaxPool): sliding windows that would start in the right padded region are ignored."""
    ceiled = type(layer)(2, padding=layer.padding, ceil_mode=True)
    assert ceiled.output_size(4, 4) == layer.output_size(4, 4) == (2, 2)


def test_the_mean_counts_padding_of_sides_only_where_it_is_told_to() -> None:
    x, sides = np.full((1, 3, 3), 6.0), ((0, 1), (1, 0))
    assert forward(AvgPool2d(2, 2, sides), x).tolist() == [[[3, 6], [1.5, 3]]]
    assert forward(AvgPool2d(2, 2, sides, count_include_pad=False), x).tolist() == [[[6, 6], [6, 6]]]


@given(KERNEL, st.tuples(st.integers(0, 7), st.integers(0, 7)), LENGTH)
def test_sides_of_a_pooling_layer_are_refused_where_a_window_would_lie_on_padding_alone(
    kernel: int, sides: tuple[int, int], length: int
) -> None:
    padded = [False] * sides[0] + [True] * length + [False] * sides[1]
    windows = [padded[start : start + kernel] for start in range(len(padded) - kernel + 1)]
    if not windows:
        return
    try:
        MaxPool2d((kernel, 1), 1, (sides, (0, 0)))
        is_refused = False
    except LayerError:
        is_refused = True
    assert is_refused is not all(map(any, windows))
