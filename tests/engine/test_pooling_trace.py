"""The record of a pooling layer: what lies under each window, what of it counts, and that it makes torch's output."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from engine import AvgPool2d, LayerError, MaxPool2d, record
from tests.draws import examples
from tests.engine.strategies import as_pair, pooling_cases, sides_of, torch_pooled

Pool = MaxPool2d | AvgPool2d
Drawn = tuple[Pool, NDArray[np.float64]]


def window(case: Drawn, at: tuple[int, int]) -> dict[int, tuple[int, int]]:
    """Return the input cell under each tap that lies on the input, by the definition of a window."""
    layer, x = case
    dilation = as_pair(getattr(layer, "dilation", 1))
    found = {}
    corner = [before for before, _ in sides_of(layer, *x.shape[1:])]
    for tap in range(layer.kernel[0] * layer.kernel[1]):
        offsets = divmod(tap, layer.kernel[1])
        cell = [at[i] * layer.strides[i] - corner[i] + dilation[i] * offsets[i] for i in range(2)]
        if all(0 <= cell[i] < x.shape[1:][i] for i in range(2)):
            found[tap] = (cell[0], cell[1])
    return found


@given(pooling_cases(MaxPool2d) | pooling_cases(AvgPool2d))
@settings(max_examples=examples(15))
def test_windows_are_what_lies_under_each_tap(case: Drawn) -> None:
    layer, x = case
    trace = record(layer, x)
    columns = trace.output.shape[2]
    for position in range(trace.windows.shape[-1]):
        under = window(case, divmod(position, columns))
        for tap in range(trace.windows.shape[1]):
            blank = -np.inf if isinstance(layer, MaxPool2d) else 0.0
            expected = [channel[under[tap]] if tap in under else blank for channel in x]
            assert trace.windows[:, tap, position].tolist() == expected
            if tap in under:
                assert trace.counted[tap, position]


@given(pooling_cases(AvgPool2d))
@settings(max_examples=examples(20))
def test_what_counts_over_the_divisor_is_torchs_mean(case: tuple[AvgPool2d, NDArray[np.float64]]) -> None:
    layer, x = case
    trace = record(layer, x)
    expected = torch_pooled(layer, x).reshape(len(x), -1)
    sums = np.where(trace.counted, trace.windows, 0).sum(axis=1)
    np.testing.assert_allclose(sums / trace.divisors, expected, rtol=0, atol=1e-9)


@given(pooling_cases(MaxPool2d))
@settings(max_examples=examples(20))
def test_padding_never_counts_for_a_maximum(case: tuple[MaxPool2d, NDArray[np.float64]]) -> None:
    trace = record(*case)
    for position in range(trace.windows.shape[-1]):
        under = window(case, divmod(position, trace.output.shape[2]))
        assert np.flatnonzero(trace.counted[:, position]).tolist() == sorted(under)


def test_what_was_given_is_copied_and_kept() -> None:
    x = np.arange(16.0).reshape(1, 4, 4)
    trace = record(MaxPool2d(2), x)
    x[:] = 0
    assert trace.input[0, 3, 3] == trace.windows[0, 3, 3] == 15
    for array in (trace.input, trace.padded, trace.windows, trace.counted, trace.divisors, trace.output):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize("parameter", ["weight", "bias"])
def test_a_pooling_layer_takes_neither_weight_nor_bias(parameter: str) -> None:
    with pytest.raises(LayerError, match=f"^{parameter} is of shape .*, but a pooling layer has none: leave it out"):
        record(MaxPool2d(2), np.zeros((1, 4, 4)), **{parameter: np.zeros(1)})
