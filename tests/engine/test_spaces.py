"""Layers over sequences and volumes against torch: outputs, records, counts, matrices, and what they refuse."""

import inspect
import itertools
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from engine import (
    AvgPool1d,
    AvgPool3d,
    Conv1d,
    Conv2d,
    Conv3d,
    ConvTranspose1d,
    ConvTranspose3d,
    LayerError,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    as_convolution,
    as_matrix,
    cost,
    formulas,
    forward,
    im2col,
    printed_by_tools,
    receptive_field,
    record,
)
from tests.draws import examples
from tests.engine.records import check_arrays_are_its_own
from tests.engine.strategies import (
    Case,
    bias_of,
    cases,
    convolutions,
    numbers_for,
    pooling_cases,
    refuses,
    sides_of,
    torch_arguments,
    torch_class,
    torch_output,
    torch_padded,
    torch_pooled,
    torch_transposed,
    transposed_cases,
)

CONVOLUTIONS: list[Any] = [Conv1d, Conv3d]
TRANSPOSED: list[Any] = [ConvTranspose1d, ConvTranspose3d]
POOLINGS: list[Any] = [MaxPool1d, MaxPool3d, AvgPool1d, AvgPool3d]


@pytest.mark.parametrize("kind", CONVOLUTIONS)
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_a_convolution_of_whole_numbers_is_torchs_in_every_way(kind: Any, data: st.DataObject) -> None:
    case = data.draw(cases(True, 2, 2, kind))
    layer, size = case.layer, case.x.shape[1:]
    expected = torch_output(case)
    np.testing.assert_array_equal(forward(*case.arguments), expected)
    np.testing.assert_array_equal(record(*case.arguments).output, expected)
    assert (layer.out_channels, *layer.output_size(*size)) == expected.shape
    assert layer.padding_amounts(*size) == sides_of(layer, *size)
    filters = case.weight.reshape(layer.groups, layer.out_channels // layer.groups, -1)
    np.testing.assert_array_equal((filters @ im2col(layer, case.x)).reshape(expected.shape) + bias_of(case), expected)
    matrix = as_matrix(layer, case.weight, *size)
    # What an input of zeros makes: the bias, and what the windows read of a constant padding.
    nothing = torch_output(replace(case, x=np.zeros_like(case.x)))
    np.testing.assert_array_equal((matrix.dense @ case.x.ravel()).reshape(expected.shape) + nothing, expected)


@pytest.mark.parametrize("kind", CONVOLUTIONS)
@given(data=st.data())
@settings(max_examples=examples(10), deadline=None)
def test_what_is_recorded_of_a_convolution_are_weights_times_what_lies_under_them(
    kind: Any, data: st.DataObject
) -> None:
    case = data.draw(cases(False, 2, 1, kind))
    layer, trace, padded = case.layer, record(*case.arguments), torch_padded(case)
    names = ("input", "weight", "bias", "padded", "output", "positions", "products", "partial_sums", "running_sums")
    check_arrays_are_its_own(trace, case, names)
    np.testing.assert_array_equal(trace.padded, padded)
    depth, filters = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    output = torch_output(case)
    corners = [np.multiply(place, layer.strides) for place in np.ndindex(output.shape[1:])]
    np.testing.assert_array_equal(trace.positions, corners)
    for o, c in np.ndindex(layer.out_channels, depth):
        under = [
            [padded[(o // filters * depth + c, *(corner + np.multiply(tap, layer.dilations)))] for corner in corners]
            for tap in np.ndindex(layer.kernel)
        ]
        np.testing.assert_array_equal(trace.products[o, c], case.weight[o, c].reshape(-1, 1) * np.array(under))
    sums = trace.products.sum(axis=2).reshape(trace.partial_sums.shape)
    np.testing.assert_allclose(trace.partial_sums, sums, rtol=0, atol=1e-9)
    np.testing.assert_allclose(trace.output, output, rtol=0, atol=1e-9)


@pytest.mark.parametrize("kind", CONVOLUTIONS)
@given(data=st.data())
@settings(max_examples=examples(25), deadline=None)
def test_macs_of_a_convolution_are_every_tap_and_valid_ones_those_on_the_input(kind: Any, data: st.DataObject) -> None:
    case = data.draw(cases(True, 2, 2, kind))
    # With ones for all values and weights an output is the number of the taps that read a value.
    ones = Case(replace(case.layer, bias=False, padding_value=0), np.ones_like(case.x), np.ones_like(case.weight), None)
    counted, taps = cost(case.layer, *case.x.shape[1:]), torch_output(ones)
    assert counted.valid_macs == taps.sum()
    assert counted.macs == case.weight[0].size * taps.size
    assert counted.params == case.weight.size + (0 if case.bias is None else case.bias.size)
    assert (counted.input_bytes, counted.output_bytes) == (4 * case.x.size, 4 * taps.size)
    assert as_matrix(case.layer, case.weight, *case.x.shape[1:]).values.size == counted.valid_macs


@pytest.mark.parametrize("kind", TRANSPOSED)
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_a_transposed_layer_of_whole_numbers_is_torchs_in_every_way(kind: Any, data: st.DataObject) -> None:
    case = data.draw(transposed_cases(True, 2, 3, kind))
    layer, size, expected = case.layer, case.x.shape[1:], torch_transposed(case)
    np.testing.assert_array_equal(forward(*case.arguments), expected)
    np.testing.assert_array_equal(forward(*as_convolution(*case.arguments)), expected)
    matrix = as_matrix(layer, case.weight, *size)
    np.testing.assert_array_equal((matrix.dense @ case.x.ravel()).reshape(expected.shape) + bias_of(case), expected)
    assert (layer.out_channels, *layer.output_size(*size)) == expected.shape
    undone = layer.forward_conv
    assert (type(undone).space, undone.weight_shape) == (layer.space, layer.weight_shape)


@pytest.mark.parametrize("kind", TRANSPOSED)
@given(data=st.data())
@settings(max_examples=examples(15), deadline=None)
def test_what_is_recorded_of_a_transposed_layer_adds_up_to_torchs_output(kind: Any, data: st.DataObject) -> None:
    case = data.draw(transposed_cases(True, 2, 3, kind))
    layer, trace, expected = case.layer, record(*case.arguments), torch_transposed(case)
    names = ("input", "weight", "bias", "output", "positions", "stamps", "products", "scattered_sums", "uncropped")
    check_arrays_are_its_own(trace, case, names)
    cropped = [slice(axis.before, axis.before + axis.output) for axis in trace.axes]
    np.testing.assert_array_equal(trace.uncropped[:, *cropped], expected)
    np.testing.assert_array_equal(trace.running_sums[:, -1] + bias_of(case), expected)
    landed = np.zeros((layer.out_channels, trace.uncropped[0].size))
    for o, c in np.ndindex(trace.products.shape[:2]):
        np.add.at(landed[o], trace.scatter_index.T, trace.products[o, c])
    np.testing.assert_array_equal(landed.reshape(trace.uncropped.shape)[:, *cropped] + bias_of(case), expected)
    ones = Case(replace(layer, bias=False), np.ones_like(case.x), np.ones_like(case.weight), None)
    taps, counted = torch_transposed(ones), cost(layer, *case.x.shape[1:])
    np.testing.assert_array_equal(trace.overlap_counts * (layer.in_channels // layer.groups), taps[0])
    assert (counted.valid_macs, counted.macs) == (taps.sum(), case.x.size * case.weight[0].size)


@pytest.mark.parametrize("kind", POOLINGS)
@given(data=st.data())
@settings(max_examples=examples(100), deadline=None)
def test_pooling_is_torchs(kind: Any, data: st.DataObject) -> None:
    layer, x = data.draw(pooling_cases(kind))
    output, trace, expected = forward(layer, x), record(layer, x), torch_pooled(layer, x)
    if kind in (MaxPool1d, MaxPool3d):
        np.testing.assert_array_equal(output, expected)
    else:
        np.testing.assert_allclose(output, expected, rtol=0, atol=1e-12)
        sums = (trace.windows * trace.counted).sum(axis=1) / trace.divisors
        np.testing.assert_allclose(sums.reshape(output.shape), expected, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(trace.output, output)
    assert output.shape[1:] == layer.output_size(*x.shape[1:])
    counted = cost(layer, *x.shape[1:])
    assert (counted.macs, counted.input_bytes, counted.output_bytes) == (0, 4 * x[0].size, 4 * output[0].size)


@st.composite
def drawn_arguments(draw: st.DrawFn, kind: Any) -> tuple[Any, ...]:
    """Draw arguments in torch's order, possible or not, of what torch and the engine both have."""
    dims = kind.space.dims
    any_number = st.integers(0, 3) | st.sampled_from([-1, 1.5, "2"])
    size, amount = numbers_for(dims, 1, 3), numbers_for(dims, 0, 3)
    odd = any_number | st.tuples(*[any_number] * dims)
    window, padding = draw(size | odd), draw(amount | odd)
    steps = draw(st.just(1) | size | odd), draw(st.just(1) | size)
    channels = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    groups, bias = draw(st.integers(1, 3)), draw(st.booleans())
    if kind in TRANSPOSED:
        return (*channels, window, steps[0], padding, draw(st.just(0) | amount), groups, bias, steps[1])
    if kind in CONVOLUTIONS:
        padding = draw(st.just(padding) | st.sampled_from(["valid", "same"]))
        return (*channels, window, steps[0], padding, steps[1], groups, bias)
    return window, draw(st.none() | st.just(steps[0])), padding


@pytest.mark.parametrize("kind", [*CONVOLUTIONS, *TRANSPOSED, *POOLINGS])
@given(data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_it_refuses_what_torch_refuses_and_nothing_else(kind: Any, data: st.DataObject) -> None:
    arguments = data.draw(drawn_arguments(kind))
    size = [data.draw(st.integers(1, 4)) for _ in range(kind.space.dims)]
    try:
        layer = kind(*arguments)
        layer.axes(*size)
        # Torch's AvgPool3d, alone of all, wants the input to be as long as the kernel without its padding.
        refused = kind is AvgPool3d and any(length < taps for length, taps in zip(size, layer.kernel, strict=True))
    except LayerError:
        refused = True
    channels = 1 if kind in POOLINGS else arguments[0]
    torchs = getattr(torch.nn, kind.__name__)
    dtype = {} if kind in POOLINGS else {"dtype": torch.float64}
    assert refused == refuses(lambda: torchs(*arguments, **dtype), channels, *size)


LONGEST = 26


@pytest.mark.parametrize("kind", [*CONVOLUTIONS, *TRANSPOSED, *POOLINGS])
@given(data=st.data())
@settings(max_examples=examples(5), deadline=None)
def test_input_sizes_are_all_that_make_an_output(kind: Any, data: st.DataObject) -> None:
    if kind in CONVOLUTIONS:
        layer = data.draw(convolutions(1, 1, 1, kind))
    elif kind in TRANSPOSED:
        layer = data.draw(transposed_cases(most_channels=1, kind=kind)).layer
    else:
        layer = data.draw(pooling_cases(kind))[0]
    wanted = tuple(data.draw(st.integers(1, 3)) for _ in range(kind.space.dims))
    found = layer.input_sizes(wanted)
    for axis, lengths in enumerate(found):
        other = [one[-1] if one else LONGEST for one in found]
        making = []
        for length in range(1, LONGEST):
            with suppress(LayerError):
                size = (*other[:axis], length, *other[axis + 1 :])
                making += [length] * (layer.output_size(*size)[axis] == wanted[axis])
        assert making == list(lengths) or not all(found)


@pytest.mark.parametrize("kind", TRANSPOSED)
@given(data=st.data())
@settings(max_examples=examples(20), deadline=None)
def test_the_output_padding_for_a_size_is_the_one_that_makes_it(kind: Any, data: st.DataObject) -> None:
    case = data.draw(transposed_cases(most_channels=1, most_length=3, kind=kind))
    layer, size = case.layer, case.x.shape[1:]
    steps = (1,) * len(size) if layer.padding in ("same_upper", "same_lower") else layer.strides
    made = {}
    for extra in itertools.product(*map(range, steps)):
        with suppress(LayerError):
            made[replace(layer, output_padding=extra).output_size(*size)] = extra
    near = tuple(max(1, length + data.draw(st.integers(-2, 2))) for length in layer.output_size(*size))
    wanted = data.draw(st.sampled_from([*made, near]))
    if wanted in made:
        assert layer.output_padding_for(*size, wanted) == made[wanted]
    else:
        with pytest.raises(LayerError):
            layer.output_padding_for(*size, wanted)


def test_the_pair_of_a_sequence_is_before_and_after() -> None:
    for padding in ((4, 0), [4, 0], ((4, 0),)):
        layer = Conv1d(1, 1, 3, padding=padding, dilation=2, bias=False)  # type: ignore[arg-type]
        assert layer.padding_amounts(5) == ((4, 0),)
        assert forward(layer, [[1, 2, 3, 4, 5]], [[[1, 0, 1]]]).tolist() == [[1, 2, 3, 4, 6]]
    assert MaxPool1d(3, 1, padding=(2, 0)).padding_amounts(5) == ((2, 0),)
    assert ConvTranspose1d(1, 1, 3, padding=(0, 2)).cropping == ((0, 2),)
    assert Conv1d(1, 1, 3, padding=(2,)).padding_amounts(5) == ((2, 2),)


def test_a_volume_whose_kernel_is_as_deep_as_it_is_an_image_of_channels() -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (3, 5, 6)), rng.integers(-9, 10, (4, 3, 2, 3))
    image = forward(Conv2d(3, 4, (2, 3), bias=False), x, weight)
    volume = forward(Conv3d(1, 4, (3, 2, 3), bias=False), x[None], weight[:, None])
    np.testing.assert_array_equal(volume[:, 0], image)


def test_a_dot_that_moves_is_seen_by_a_kernel_in_time() -> None:
    frames = np.zeros((1, 3, 1, 4))
    for moment in range(3):
        frames[0, moment, 0, moment] = 1
    difference = np.array([-1.0, 1.0]).reshape(1, 1, 2, 1, 1)
    seen = forward(Conv3d(1, 1, (2, 1, 1), bias=False), frames, difference)
    assert seen[0, :, 0].tolist() == [[-1, 1, 0, 0], [0, -1, 1, 0]]


def test_layers_of_other_directions_are_not_equal() -> None:
    assert Conv1d(1, 1, 3) != Conv2d(1, 1, 3)
    assert MaxPool1d(2) != MaxPool2d(2)
    assert Conv3d(1, 1, [3, 1, 1]) == Conv3d(1, 1, (3, 1, 1))  # type: ignore[arg-type]
    assert Conv1d(1, 1, 3).output_size(9) == (7,)
    assert Conv3d(1, 1, 3).output_size(9, 9, 9) == (7, 7, 7)


def test_a_size_in_other_directions_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"the size of the input is \(depth, height, width\), not \(9, 9\)"):
        Conv3d(1, 1, 3).axes(9, 9)
    with pytest.raises(TypeError, match=r"the size of the input is \(length\), not \(9, 9\)"):
        cost(MaxPool1d(2), 9, 9)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: Conv1d(1, 1, (3, 3)),  # type: ignore[arg-type]
            "kernel_size is (3, 3), but it must be a whole number of at least 1: use 3.",
        ),
        (
            lambda: Conv3d(1, 1, (3, 2)),
            "kernel_size is (3, 2), but it must be a whole number of at least 1, or three of them (slices, rows, "
            "columns): use (3, 2, 3).",
        ),
        (
            lambda: Conv1d(1, 1, 3, padding=(1, 2, 3)),
            "padding is (1, 2, 3), but it must be a whole number of at least 0, a pair of them (before, after), or one "
            "of 'valid', 'same', 'full', 'same_upper', 'same_lower': use 1.",
        ),
        (
            lambda: Conv3d(1, 1, 3, padding=((1, 2), (3, 4))),
            "padding is ((1, 2), (3, 4)), but it must be a whole number of at least 0, three of them (slices, rows, "
            "columns), pairs ((front, back), (top, bottom), (left, right)), or one of 'valid', 'same', 'full', "
            "'same_upper', 'same_lower': use ((1, 2), (3, 4), (1, 2)).",
        ),
        (
            lambda: Conv1d(1, 1, 3, dilation=2).axes(4),
            "kernel_size is 3 values, spread over 5 by dilation 2, but the padded input has only 4 values: use a "
            "kernel of at most 2 values, a dilation of at most 1, or a padding of at least 1.",
        ),
        (
            lambda: Conv3d(1, 1, 3).axes(2, 9, 9),
            "kernel_size is 3 slices, but the padded input has only 2 slices: use a kernel of at most 2 slices, or a "
            "padding of at least 1.",
        ),
        (
            lambda: Conv3d(1, 1, 3).axes(9, 9, 2),
            "kernel_size is 3 columns, but the padded input has only 2 columns: use a kernel of at most 2 columns, or "
            "a padding of at least 1.",
        ),
        (
            lambda: Conv1d(1, 1, 3, padding=(4, 0), padding_mode="reflect").axes(4),
            "padding is 4 values at the start, but reflect padding mirrors the input without repeating its edge, and "
            "an input of 4 values has at most 3 to give: use a padding of at most 3, or padding_mode='replicate'.",
        ),
        (
            lambda: Conv3d(1, 1, 1, padding=((0, 3), (0, 0), (0, 0)), padding_mode="circular").axes(2, 2, 2),
            "padding is 3 slices at the back, but circular padding goes round the input once, and an input of 2 slices "
            "has at most 2 to give: use a padding of at most 2, or padding_mode='replicate'.",
        ),
        (
            lambda: ConvTranspose1d(1, 1, 3, 2, output_padding=2),
            "output_padding is 2, but it must be less than the larger of the stride, 2, and the dilation, 1: use an "
            "output_padding of at most 1, a stride of at least 3, or a dilation of at least 3.",
        ),
        (
            lambda: ConvTranspose3d(1, 1, 3, padding=((2, 3), (0, 0), (0, 0))).axes(1, 1, 1),
            "padding is 2 slices at the front and 3 at the back, but a transposed layer crops its padding off the "
            "output, which has only 3 slices: use paddings that add up to at most 2.",
        ),
        (
            lambda: ConvTranspose1d(1, 1, 3, 2).output_padding_for(4, 11),
            "output_size is 11 values, but this layer makes 9 to 10 of 4 values, by its output_padding: use 10.",
        ),
        (
            lambda: MaxPool1d(3, padding=2),
            "padding is 2, but a pooling layer's must be at most half of its kernel, at most 1: use 1.",
        ),
        (
            lambda: AvgPool3d((2, 4, 4), padding=2),
            "padding is 2, but a pooling layer's must be at most half of its kernel, for its slices at most 1: use 1.",
        ),
        (
            lambda: MaxPool1d(3, padding=(0, 3)),
            "padding is 3 values at the end, but a window of 3 values would then lie on padding alone: use at most 2.",
        ),
        (
            lambda: forward(Conv1d(2, 1, 3), np.zeros((3, 5)), None),
            "x is of shape (3, 5), but its channels must be the layer's in_channels, which is 2: use an x of shape "
            "(2, 5).",
        ),
        (
            lambda: forward(Conv1d(1, 1, 3), np.zeros(5), None),
            "x is of shape (5,), but the layer reads (channels, length): the channel axis is missing, use x[None] of "
            "shape (1, 5).",
        ),
        (
            lambda: forward(Conv3d(1, 1, 3), np.zeros((2, 1, 5, 5, 5)), None),
            "x is of shape (2, 1, 5, 5, 5), but the layer reads (channels, depth, height, width): the batch axis is "
            "one too many, use x[0] of shape (1, 5, 5, 5).",
        ),
        (
            lambda: forward(Conv3d(1, 1, 2), np.zeros((1, 5, 5, 5)), np.zeros((1, 1, 2, 2))),
            "weight is of shape (1, 1, 2, 2), but the layer's is (out_channels, in_channels // groups, kernel slices, "
            "kernel rows, kernel columns): use an array of shape (1, 1, 2, 2, 2).",
        ),
        (lambda: Conv1d(1, 1, 3).axes(0), "length is 0, but it must be a whole number of at least 1: use 1."),
        (lambda: Conv3d(1, 1, 3).axes(0, 3, 3), "depth is 0, but it must be a whole number of at least 1: use 1."),
    ],
)
def test_what_is_refused_is_said_in_values_or_in_slices_rows_and_columns(make: Any, sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        make()
    assert str(caught.value) == sentence


def test_four_causal_layers_of_two_taps_see_sixteen_values() -> None:
    """Van den Oord et al., "WaveNet" (arXiv 1609.03499), figure 3: dilations 1, 2, 4 and 8."""
    layers = [Conv1d(1, 1, 2, padding=(dilation, 0), dilation=dilation) for dilation in (1, 2, 4, 8)]
    assert receptive_field(axis for layer in layers for axis in layer.axes(40)) == 16


@pytest.mark.parametrize("kind", [*CONVOLUTIONS, *TRANSPOSED, *POOLINGS])
def test_arguments_have_torchs_order_and_defaults(kind: Any) -> None:
    torchs = inspect.signature(getattr(torch.nn, kind.__name__).__init__).parameters
    ours = dict(inspect.signature(kind).parameters)
    ours.pop("padding_value", None)  # which only torch's pad has
    shared = [name for name in torchs if name in ours]
    assert shared == list(ours)
    assert {name: torchs[name].default for name in shared} == {
        name: str(one.default) if name == "padding_mode" else one.default for name, one in ours.items()
    } | {name: inspect.Parameter.empty for name in shared if ours[name].default is inspect.Parameter.empty}


@pytest.mark.parametrize("kind", [*CONVOLUTIONS, *TRANSPOSED])
@given(data=st.data())
@settings(max_examples=examples(10), deadline=None)
def test_every_formula_comes_to_what_it_says(kind: Any, data: st.DataObject) -> None:
    drawn = cases if kind in CONVOLUTIONS else transposed_cases
    case = data.draw(drawn(True, 2, 2, kind=kind))
    layer, size = case.layer, case.x.shape[1:]
    for line in formulas(layer, *size):
        numbers = re.sub(r"(?<=\d),(?=\d{3})", "", line.numbers).replace("·", "*")
        assert eval(numbers) == line.value, line


@pytest.mark.parametrize(
    ("layer", "size"),
    [
        (Conv1d(4, 6, 3, stride=2, padding=1, groups=2), (9,)),
        (Conv3d(3, 8, (1, 3, 3), padding=1, dilation=(2, 1, 1)), (4, 6, 5)),
        (ConvTranspose1d(4, 6, 4, stride=2, padding=1), (9,)),
        (ConvTranspose3d(4, 6, 2, stride=2, groups=2), (2, 3, 4)),
    ],
)
def test_torchs_counter_prints_what_we_say_it_prints(layer: Any, size: tuple[int, ...]) -> None:
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        torch_class(layer)(*torch_arguments(layer))(torch.zeros(1, layer.in_channels, *size))
    (printed,) = (one for one in printed_by_tools(layer, *size) if one.tool.startswith("torch."))
    assert printed.number == counter.get_total_flops() == cost(layer, *size).flops


def test_a_formula_names_the_directions_of_its_layer() -> None:
    words = {line.quantity: line.words for line in formulas(Conv3d(1, 2, (3, 1, 1), bias=False), 4, 5, 6)}
    assert words["mult-adds"] == (
        "out_channels · in_channels · kernel depth · kernel height · kernel width · "
        "output depth · output height · output width"
    )
    words = {line.quantity: line.words for line in formulas(ConvTranspose1d(1, 2, 3), 4)}
    assert words["parameters"] == "in_channels · out_channels · kernel + out_channels"
    assert words["real-data mult-adds"] == "in_channels · out_channels · taps that land on the output's values"
