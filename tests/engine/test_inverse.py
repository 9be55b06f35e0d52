"""Sizes the other way round: which output_padding makes a size, as torch says, and which inputs do, by trying all."""

import itertools
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import AvgPool2d, Conv2d, ConvTranspose2d, LayerError, MaxPool2d
from engine.layers import Sliding
from tests.draws import examples
from tests.engine.strategies import (
    Case,
    as_pair,
    cases,
    convolutions,
    number_or_pair,
    pooling_cases,
    torch_arguments,
    torch_module,
    transposed_cases,
)

LONGEST = 30
"""Longer than any input that makes three cells of a layer that is drawn here."""


@given(transposed_cases(most_channels=1), st.data())
@settings(max_examples=examples(100))
def test_the_output_padding_for_a_size_is_torchs(case: Case[ConvTranspose2d], data: st.DataObject) -> None:
    layer, (_, height, width) = case.layer, case.x.shape
    if isinstance(as_pair(layer.padding)[0], str | tuple):
        layer = replace(layer, padding=0)  # torch has neither sides nor names
    near = (max(1, made + data.draw(st.integers(-4, 4))) for made in layer.output_size(height, width))
    wanted = data.draw(st.just(tuple(near)) | number_or_pair(1, 20))
    module = torch.nn.ConvTranspose2d(*torch_arguments(layer))
    x = torch.zeros(layer.in_channels, height, width)
    asked = list(as_pair(wanted))
    try:
        output_padding = layer.output_padding_for(height, width, wanted)
    except LayerError as error:
        with pytest.raises(ValueError, match="requested an output size"):
            module(x, output_size=asked)
        if error.parameter == "output_size":
            (change,) = error.choices[0].changes
            asked[change.axis or 0] = change.value
            assert change.value != as_pair(wanted)[change.axis or 0]
        return
    kernel = layer.kernel, layer.strides, as_pair(layer.padding)
    theirs = module._output_padding(
        x, asked, *(list(kernel[i]) for i in (1, 2, 0)), num_spatial_dims=2, dilation=list(layer.dilations)
    )
    assert list(output_padding) == theirs
    assert tuple(module(x, output_size=asked).shape[1:]) == as_pair(wanted)
    again = ConvTranspose2d(1, 1, *kernel, output_padding, dilation=layer.dilation)
    assert again.output_size(height, width) == as_pair(wanted)


@given(transposed_cases(most_channels=1), st.data())
@settings(max_examples=examples(60))
def test_the_output_padding_for_a_size_is_the_one_that_makes_it(
    case: Case[ConvTranspose2d], data: st.DataObject
) -> None:
    """Of every layer, with sides and with names too: all that are less than the stride are tried."""
    layer, (_, height, width) = case.layer, case.x.shape
    steps = (1, 1) if layer.padding in ("same_upper", "same_lower") else layer.strides
    made = {}
    for extra in itertools.product(range(steps[0]), range(steps[1])):
        with suppress(LayerError):
            made[replace(layer, output_padding=extra).output_size(height, width)] = extra
    near = (max(1, size + data.draw(st.integers(-4, 4))) for size in layer.output_size(height, width))
    wanted = data.draw(st.sampled_from([*made, tuple(near)]))
    if wanted in made:
        assert layer.output_padding_for(height, width, wanted) == made[wanted]
    else:
        with pytest.raises(LayerError):
            layer.output_padding_for(height, width, wanted)


def test_a_layer_of_240_by_200_and_all_that_it_can_make() -> None:
    layer = ConvTranspose2d(1, 1, 16, stride=16, padding=7)
    assert layer.output_padding_for(15, 13, (240, 200)) == (14, 6)
    assert layer.output_sizes(15, 13) == (range(226, 242), range(194, 210))
    assert [size for size in range(1, 300) if takes(layer, (size, 200))] == [*range(226, 242)]
    assert [size for size in range(1, 300) if takes(layer, (240, size))] == [*range(194, 210)]


def takes(layer: ConvTranspose2d, size: tuple[int, int]) -> bool:
    try:
        layer.output_padding_for(15, 13, size)
    except LayerError:
        return False
    return True


@pytest.mark.parametrize(
    ("layer", "size", "sentence"),
    [
        (
            ConvTranspose2d(1, 1, 16, 16, 7),
            (225, 200),
            "output_size is 225 rows, but this layer makes 226 to 241 of 15 rows, by its output_padding: use 226.",
        ),
        (
            ConvTranspose2d(1, 1, 16, 16, 7, output_padding=3),
            (240, 210),
            "output_size is 210 columns, but this layer makes 194 to 209 of 13 columns, by its output_padding: "
            "use 209.",
        ),
        (
            ConvTranspose2d(1, 1, 3, padding=1),
            (15, 15),
            "output_size is 15 columns, but this layer makes 13 of 13 columns, and no output_padding makes more: "
            "use 13.",
        ),
        (
            ConvTranspose2d(1, 1, 3, padding=1),
            (14, 13),
            "output_size is 14 rows, but this layer makes 15 of 15 rows, and no output_padding makes more: use 15.",
        ),
        (
            ConvTranspose2d(1, 1, 3, (1, 3), padding=(9, 20)),
            1,
            "padding is 9 rows at the top and the bottom, but a transposed layer crops its padding off the output, "
            "which has only 17 rows: use a padding of at most 8.",
        ),
        (
            ConvTranspose2d(1, 1, 3),
            (0, 2),
            "output_size is (0, 2), but it must be a whole number of at least 1, or a pair of them (rows, columns): "
            "use (1, 2).",
        ),
    ],
)
def test_a_size_out_of_reach_is_refused_with_those_within(layer: Any, size: Any, sentence: str) -> None:
    with pytest.raises(LayerError) as caught:
        layer.output_padding_for(15, 13, size)
    assert str(caught.value) == sentence


def test_where_only_some_output_padding_leaves_an_output_the_least_size_is_one() -> None:
    layer = ConvTranspose2d(1, 1, 1, stride=4, padding=1)
    assert layer.output_padding_for(1, 1, 1) == (2, 2)
    assert layer.output_sizes(1, 1) == (range(1, 3), range(1, 3))
    assert ConvTranspose2d(1, 1, 1, padding=1).output_sizes(1, 3) == (range(1, 1), range(1, 2))
    with pytest.raises(LayerError, match=r"makes 1 to 2 of 1 row, by its output_padding: use 2\."):
        layer.output_padding_for(1, 1, 3)


def one_channel(layer: Any) -> Sliding:
    return layer.layer if isinstance(layer, Case) else layer[0] if isinstance(layer, tuple) else layer


SLIDING = st.one_of(
    convolutions(1, 1, 1), transposed_cases(most_channels=1), pooling_cases(MaxPool2d), pooling_cases(AvgPool2d)
).map(one_channel)


@given(SLIDING, st.tuples(st.integers(1, 3), st.integers(1, 3)))
@settings(max_examples=examples(40))
def test_the_inputs_of_a_size_are_all_that_make_it(layer: Any, wanted: tuple[int, int]) -> None:
    def makes(height: int, width: int) -> bool:
        try:
            return layer.output_size(height, width) == wanted
        except LayerError:
            return False

    heights, widths = layer.input_sizes(wanted)
    lengths = range(1, LONGEST)
    found = {(height, width) for height in lengths for width in lengths if makes(height, width)}
    assert found == {(height, width) for height in heights for width in widths}


@given(cases(most_channels=1))
def test_the_input_of_a_convolution_is_among_those_of_its_output(case: Case[Conv2d]) -> None:
    _, height, width = case.x.shape
    heights, widths = case.layer.input_sizes(case.layer.output_size(height, width))
    assert height in heights
    assert width in widths


@pytest.mark.parametrize(
    ("arguments", "output", "first", "last"),
    [((3, 64, 7, 2, 3), 112, 223, 224), ((1, 1, 3, 1, 1), 4096, 4096, 4096), ((1, 1, 11, 4), 55, 227, 230)],
)
def test_the_first_layers_of_networks_and_the_sizes_next_to_theirs(
    arguments: tuple[int, ...], output: int, first: int, last: int
) -> None:
    assert Conv2d(*arguments).input_sizes(output) == (range(first, last + 1),) * 2
    with torch.device("meta"):
        module = torch_module(*arguments)
        for length in range(first - 1, last + 2):
            made = module(torch.empty(arguments[0], length, 32, dtype=torch.float64)).shape[1]
            assert (made == output) == (first <= length <= last)


def test_no_input_makes_a_size_that_a_stride_steps_over() -> None:
    layer = ConvTranspose2d(1, 1, 2, stride=2)
    assert layer.input_sizes((8, 8)) == (range(4, 5), range(4, 5))
    heights, widths = layer.input_sizes((7, 8))
    assert (len(heights), len(widths)) == (0, 1)


@pytest.mark.parametrize("wanted", [0, (1, 0), 2.5, True])
def test_a_size_is_whole_numbers_of_at_least_one(wanted: Any) -> None:
    with pytest.raises(LayerError, match=r"output_size is .* a whole number of at least 1"):
        Conv2d(1, 1, 3).input_sizes(wanted)
