"""Gradients against torch's autograd, what they refuse, and the layers that compute them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import (
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    LayerError,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    SeparableConv2d,
    as_matrix,
    forward,
    gradients,
    input_gradient_layer,
    unpad,
    weight_gradient_layer,
)
from tests.draws import examples
from tests.engine.strategies import (
    Case,
    by_direction,
    cases,
    pooling_cases,
    same_side,
    sides_of,
    torch_function,
    torch_padding,
    torch_pooled_tensor,
    torch_sides,
    transposed_cases,
)

Array = NDArray[Any]


def leaf(values: Any) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def convolved(layer: Any, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    """Return the output by torch; the mirror that it has not looks its cells up in an index that NumPy has padded."""
    sides = sides_of(layer, *x.shape[1:])
    if layer.padding_mode == "symmetric":
        cells = np.pad(np.arange(x[0].numel()).reshape(x.shape[1:]), sides, mode="symmetric")
        padded = x.flatten(1)[:, torch.tensor(cells.ravel())].reshape(1, len(x), *cells.shape)
    else:
        padded = functional.pad(x[None], torch_sides(sides), **torch_padding(layer))
    return torch_function("conv", layer)(padded, weight, bias, layer.stride, 0, layer.dilation, layer.groups)[0]


def stamped(layer: Any, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    """Return the output of a transposed layer by torch, uncropped, and then what the padding leaves of it."""
    dims = layer.space.dims
    whole = torch_function("conv_transpose", layer)(
        x[None], weight, None, layer.stride, 0, layer.output_padding, layer.groups, layer.dilation
    )[0]
    kept = []
    for axis, (length, kernel, stride, dilation) in enumerate(
        zip(x.shape[1:], layer.kernel, layer.strides, layer.dilations, strict=True)
    ):
        if layer.padding in ("same_upper", "same_lower"):
            before, _ = same_side(layer.padding, dilation * (kernel - 1), stride, length * stride)
            kept.append(slice(before, before + length * stride))
        else:
            side = 0 if layer.padding == "valid" else by_direction(layer.padding, dims)[axis]
            before, after = side if isinstance(side, tuple) else (side, side)
            kept.append(slice(before, whole.shape[1 + axis] - after))
    if layer.padding in ("same_upper", "same_lower"):
        whole = functional.pad(whole, [amount for stride in reversed(layer.strides) for amount in (0, stride)])
    output = whole[:, *kept]
    return output if bias is None else output + bias.reshape(-1, *[1] * dims)


def backward(output: torch.Tensor, grad_output: Array, leaves: Sequence[torch.Tensor | None]) -> list[Array | None]:
    output.backward(torch.tensor(grad_output, dtype=torch.float64))
    return [None if one is None else one.grad.numpy() for one in leaves]  # type: ignore[union-attr]


def same(found: Array | None, expected: Array | None, whole: bool) -> None:
    if expected is None or found is None:
        assert found is expected
        return
    assert found.dtype == np.float64
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=0, atol=0 if whole else 1e-9)


def drawn_gradient(data: st.DataObject, shape: tuple[int, ...], whole: bool) -> Array:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    return rng.integers(-9, 10, shape) if whole else rng.normal(size=shape)


def check_case(data: st.DataObject, case: Case[Any], whole: bool, compute: Any) -> None:
    leaves = [None if one is None else leaf(one) for one in (case.x, case.weight, case.bias)]
    output = compute(case.layer, *leaves)
    grad_output = drawn_gradient(data, tuple(output.shape), whole)
    expected = backward(output, grad_output, leaves)
    found = gradients(case.layer, case.x, case.weight, grad_output)
    for ours, theirs in zip((found.input, found.weight, found.bias), expected, strict=True):
        same(ours, theirs, whole)


@pytest.mark.parametrize("whole", [False, True])
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_of_a_convolution_they_are_autograds(whole: bool, data: st.DataObject) -> None:
    check_case(data, data.draw(cases(whole)), whole, convolved)


@pytest.mark.parametrize("whole", [False, True])
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_of_a_transposed_layer_they_are_autograds(whole: bool, data: st.DataObject) -> None:
    check_case(data, data.draw(transposed_cases(whole)), whole, stamped)


@pytest.mark.parametrize("kind", [Conv1d, Conv3d])
@given(data=st.data())
@settings(max_examples=examples(15), deadline=None)
def test_of_a_convolution_in_other_directions_they_are_autograds(kind: Any, data: st.DataObject) -> None:
    check_case(data, data.draw(cases(True, 2, 2, kind)), True, convolved)


@pytest.mark.parametrize("kind", [ConvTranspose1d, ConvTranspose3d])
@given(data=st.data())
@settings(max_examples=examples(15), deadline=None)
def test_of_a_transposed_layer_in_other_directions_they_are_autograds(kind: Any, data: st.DataObject) -> None:
    check_case(data, data.draw(transposed_cases(True, 2, 3, kind)), True, stamped)


def check_pooling(data: st.DataObject, layer: Any, x: Array) -> None:
    values = leaf(x)
    output = torch_pooled_tensor(layer, values)
    # Where a dilated window reads padding alone, torch's backward pass writes outside of the input's memory.
    assume(bool(output.isfinite().all()))
    grad_output = drawn_gradient(data, tuple(output.shape), whole=False)
    (expected,) = backward(output, grad_output, [values])
    found = gradients(layer, x, None, grad_output)
    same(found.input, expected, whole=False)
    assert (found.weight, found.bias) == (None, None)


@pytest.mark.parametrize("kind", [MaxPool2d, AvgPool2d])
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_of_a_pooling_layer_they_are_autograds(kind: Any, data: st.DataObject) -> None:
    check_pooling(data, *data.draw(pooling_cases(kind)))


@pytest.mark.parametrize("kind", [MaxPool1d, AvgPool1d, MaxPool3d, AvgPool3d])
@given(data=st.data())
@settings(max_examples=examples(10), deadline=None)
def test_of_a_pooling_layer_in_other_directions_they_are_autograds(kind: Any, data: st.DataObject) -> None:
    check_pooling(data, *data.draw(pooling_cases(kind)))


@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_the_first_of_equal_cells_gets_the_gradient(data: st.DataObject) -> None:
    layer, x = data.draw(pooling_cases(MaxPool2d))
    check_pooling(data, layer, np.sign(x) * (np.abs(x) > 1))


def test_nine_equal_cells_pass_on_one_gradient() -> None:
    found = gradients(MaxPool2d(3), np.ones((1, 3, 3)), None, [[[5]]])
    assert found.input.tolist() == [[[5, 0, 0], [0, 0, 0], [0, 0, 0]]]


def test_a_window_on_padding_alone_has_nobody_to_pass_its_gradient_to() -> None:
    found = gradients(MaxPool2d(2, padding=1, dilation=3), np.ones((1, 2, 2)), None, np.ones((1, 1, 1)))
    assert found.input.tolist() == [[[0, 0], [0, 0]]]


@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_of_a_separable_layer_they_are_autograds(data: st.DataObject) -> None:
    whole = data.draw(st.booleans())
    case = data.draw(cases(whole, most_channels=2))
    first, multiplier, out_channels = case.layer, data.draw(st.integers(1, 2)), data.draw(st.integers(1, 3))
    around = data.draw(st.integers(0, 1))
    layer = SeparableConv2d(
        first.in_channels,
        out_channels,
        first.kernel_size,
        first.stride,
        first.padding,
        first.dilation,
        first.bias,
        first.padding_mode,
        multiplier,
        around,
        first.padding_value,
    )
    weights = [leaf(drawn_gradient(data, one.weight_shape, whole)) for one in (layer.depthwise, layer.pointwise)]
    biases = [
        leaf(drawn_gradient(data, (one.out_channels,), whole)) if one.bias else None
        for one in (layer.depthwise, layer.pointwise)
    ]
    x = leaf(case.x)
    between = convolved(layer.depthwise, x, weights[0], biases[0])
    between.retain_grad()
    output = functional.conv2d(between[None], weights[1], biases[1], padding=around)[0]
    grad_output = drawn_gradient(data, tuple(output.shape), whole)
    expected = backward(output, grad_output, [x, weights[0], biases[0], between, weights[1], biases[1]])
    pairs = [tuple(None if one is None else one.detach().numpy() for one in pair) for pair in (weights, biases)]
    found = gradients(layer, case.x, pairs[0], grad_output, pairs[1] if layer.bias else None)  # type: ignore[arg-type]
    both = [array for one in (found.depthwise, found.pointwise) for array in (one.input, one.weight, one.bias)]
    for ours, theirs in zip(both, expected, strict=True):
        same(ours, theirs, whole)
    assert found.input is found.depthwise.input


@given(data=st.data())
@settings(max_examples=examples(50), deadline=None)
def test_the_layers_that_compute_them_make_autograds_numbers(data: st.DataObject) -> None:
    """The input correlated with the gradient, and the transposed layer with the same weight, in every padding mode."""
    case = data.draw(cases(whole=True))
    layer, size = case.layer, case.x.shape[1:]
    x, weight = leaf(case.x), leaf(case.weight)
    output = convolved(layer, x, weight, None)
    grad_output = drawn_gradient(data, tuple(output.shape), whole=True)
    of_input, of_weight = backward(output, grad_output, [x, weight])
    roles = weight_gradient_layer(layer, *size)
    assert (roles.correlation.strides, roles.correlation.dilations) == (layer.dilations, layer.strides)
    same(roles.weight(forward(roles.correlation, case.x, roles.kernels(grad_output))), of_weight, whole=True)
    made = forward(input_gradient_layer(layer, *size), grad_output, case.weight)
    if layer.padding_mode not in ("zeros", "constant"):
        made = unpad(made, layer.axes(*size))
    same(made, of_input, whole=True)


@given(data=st.data())
@settings(max_examples=examples(25), deadline=None)
def test_the_gradient_of_the_input_is_the_transposed_matrix_times_the_gradient(data: st.DataObject) -> None:
    case = data.draw(cases(whole=True))
    matrix = as_matrix(case.layer, case.weight, *case.x.shape[1:])
    shape = (case.layer.out_channels, *case.layer.output_size(*case.x.shape[1:]))
    grad_output = drawn_gradient(data, shape, whole=True)
    found = gradients(case.layer, case.x, case.weight, grad_output)
    np.testing.assert_array_equal(found.input.ravel(), matrix.dense.T @ grad_output.ravel())


def test_a_gradient_8x8x5_meets_an_input_10x10x3_channel_by_channel() -> None:
    layer = Conv2d(3, 5, 3, bias=False)
    roles = weight_gradient_layer(layer, 10, 10)
    rng = np.random.default_rng(0)
    x, grad_output = rng.integers(-3, 4, (3, 10, 10)), rng.integers(-3, 4, (5, 8, 8))
    assert (roles.correlation.groups, roles.correlation.kernel_size) == (3, (8, 8))
    found = roles.weight(forward(roles.correlation, x, roles.kernels(grad_output)))
    by_hand = [
        [[[(x[c, a : a + 8, b : b + 8] * one).sum() for b in range(3)] for a in range(3)] for c in range(3)]
        for one in grad_output
    ]
    assert found.tolist() == by_hand


def test_what_was_given_is_left_as_it_was() -> None:
    layer = Conv2d(1, 1, 3, padding=1, padding_mode="reflect")
    arrays = [np.arange(16.0).reshape(1, 4, 4), np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 4, 4))]
    copies = [one.copy() for one in arrays]
    gradients(layer, *arrays)
    for one, copy in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(one, copy)


ZEROS = np.zeros((2, 5, 5))
PAIR = np.ones((2, 1, 3, 3)), np.ones((3, 2, 1, 1))
REFUSED: dict[str, tuple[Any, ...]] = {
    "convolution": (Conv2d(2, 3, 3), ZEROS, np.zeros((3, 2, 3, 3)), (3, 3, 3)),
    "transposed": (ConvTranspose2d(2, 3, 3), ZEROS, np.zeros((2, 3, 3, 3)), (3, 7, 7)),
    "separable": (
        SeparableConv2d(2, 3, 3, bias=False),
        ZEROS,
        (np.ones((2, 1, 3, 3)), np.ones((3, 2, 1, 1))),
        (3, 3, 3),
    ),
    "largest": (MaxPool2d(2), ZEROS, None, (2, 2, 2)),
    "mean": (AvgPool2d(2), ZEROS, None, (2, 2, 2)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_gradient_of_another_shape_is_refused_and_the_one_suggested_is_taken(case: str) -> None:
    layer, x, weight, shape = REFUSED[case]
    with pytest.raises(LayerError) as caught:
        gradients(layer, x, weight, np.zeros((1, 2)))
    assert str(caught.value) == (
        "grad_output is of shape (1, 2), but each number of the layer's output has one gradient: "
        f"use an array of shape {shape}."
    )
    gradients(layer, x, weight, np.zeros(caught.value.choices[0].changes[0].value))


def test_pooling_has_no_weight_to_give() -> None:
    with pytest.raises(LayerError, match="a pooling layer has none"):
        gradients(MaxPool2d(2), ZEROS, ZEROS, np.zeros((2, 2, 2)))  # type: ignore[call-overload]


def test_what_is_no_layer_has_no_gradients() -> None:
    with pytest.raises(TypeError, match="is not a layer"):
        gradients("Conv2d", ZEROS, None, ZEROS)  # type: ignore[call-overload]
