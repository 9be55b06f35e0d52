"""The way back and forth between a transposed layer's output and its input, against PyTorch."""

import numpy as np
import torch
from hypothesis import given, settings

from engine import ConvTranspose2d, record, round_trip
from tests.draws import examples
from tests.engine.strategies import Case, sides_of, torch_transposed, transposed_cases


@given(transposed_cases(whole=True, most_channels=2, most_length=4))
@settings(max_examples=examples(6))
def test_a_round_trip_is_torchs_there_and_torchs_back(case: Case[ConvTranspose2d]) -> None:
    layer, trip = case.layer, round_trip(record(*case.arguments))
    start, weight = torch.tensor(trip.start)[None], torch.tensor(case.weight).double()
    (top, bottom), (left, right) = sides_of(layer.forward_conv, *trip.start.shape[1:])
    padded = torch.nn.functional.pad(start, (left, right, top, bottom))
    there = torch.nn.functional.conv2d(padded, weight, None, layer.strides, 0, layer.dilations, layer.groups)
    np.testing.assert_array_equal(trip.middle, there[0].numpy())
    plain = None if case.bias is None else 0 * case.bias
    np.testing.assert_array_equal(trip.end, torch_transposed(Case(layer, trip.middle, case.weight, plain)))
    if trip.start.shape == trip.end.shape:
        assert trip.largest_difference == np.abs(trip.start - trip.end).max()
    else:
        assert trip.largest_difference is None
