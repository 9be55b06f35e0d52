"""What a shift changes in what is pooled, against PyTorch."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import AvgPool2d, MaxPool2d, both_poolings, shift_effect, shifted
from tests.draws import examples
from tests.engine.strategies import pooling_cases, torch_pooled

drawn = st.one_of(pooling_cases(MaxPool2d), pooling_cases(AvgPool2d))


@given(drawn, st.data())
@settings(max_examples=examples(25))
def test_the_changed_outputs_are_those_that_differ_in_torch(
    case: tuple[MaxPool2d | AvgPool2d, NDArray[np.float64]], data: st.DataObject
) -> None:
    layer, x = case
    columns = data.draw(st.integers(0, x.shape[2]))
    moved = functional.pad(torch.tensor(x), (columns, 0))[..., : x.shape[2]].numpy()
    np.testing.assert_array_equal(shifted(x, columns), moved)
    effect = shift_effect(layer, x, columns)
    before, after = torch_pooled(layer, x), torch_pooled(layer, moved)
    np.testing.assert_allclose(effect.before, before, rtol=0, atol=1e-9)
    np.testing.assert_allclose(effect.after, after, rtol=0, atol=1e-9)
    with np.errstate(invalid="ignore"):  # a window of nothing but padding has no largest value
        assert effect.changed == np.sum(~np.isclose(before, after, rtol=0, atol=1e-12))


@given(drawn)
@settings(max_examples=examples(15))
def test_the_two_poolings_have_the_windows_of_the_one_given(
    case: tuple[MaxPool2d | AvgPool2d, NDArray[np.float64]],
) -> None:
    layer, _ = case
    largest, mean = both_poolings(layer)
    assert layer in (largest, mean)
    for name in ("kernel", "strides", "ceil_mode"):
        assert getattr(largest, name) == getattr(mean, name) == getattr(layer, name)
    assert largest.padding == mean.padding == layer.padding
    if layer.dilations == (1, 1):
        assert largest.output_size(12, 11) == mean.output_size(12, 11) == layer.output_size(12, 11)
