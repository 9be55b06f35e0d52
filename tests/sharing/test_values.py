"""The numbers of a state keep their places, come back for the same seed, and are what was typed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from engine import LayerError
from kinds.registry import PRESETS as ALL_PRESETS
from kinds.standard.state import StandardState
from sharing.matrices import write
from sharing.page_state import Values
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import Operands, fit, operands

PRESETS = ALL_PRESETS["standard"]
SEEDS = st.integers(0, 999_999)
SEEDED = [Values.WHOLE, Values.REAL]
TYPED = StandardState("simplest", 3, 3, kernel_height=2, kernel_width=2, values=Values.TYPED)


@st.composite
def states(draw: st.DrawFn, values: Values) -> StandardState:
    in_channels = draw(st.integers(1, 8))
    size, kernel = st.integers(1, 32 if in_channels == 1 else 16), st.integers(1, 7)
    return StandardState(
        "simplest",
        draw(size),
        draw(size),
        in_channels,
        draw(st.integers(1, 8)),
        draw(kernel),
        draw(kernel),
        bias=draw(st.booleans()),
        values=values,
        seed=draw(SEEDS),
    )


def common(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut two arrays to the places both have."""
    both = tuple(slice(min(lengths)) for lengths in zip(one.shape, other.shape, strict=True))
    return one[both], other[both]


def assert_same_where_both_are(one: Operands, other: Operands) -> None:
    for role in one.keys() & other.keys():
        np.testing.assert_array_equal(*common(one[role], other[role]))


@given(st.data())
def test_fit_keeps_what_there_is_and_fills_the_rest(data: st.DataObject) -> None:
    shape = data.draw(array_shapes(min_dims=3, max_dims=3, max_side=4))
    base = data.draw(arrays(np.float64, array_shapes(min_dims=3, max_dims=3, max_side=4), elements=st.floats(1, 2)))
    fill = np.arange(-1.0, -126.0, -1.0).reshape(5, 5, 5)
    fitted = fit(base, shape, fill)
    assert fitted.shape == shape
    for place in np.ndindex(shape):
        inside = all(index < length for index, length in zip(place, base.shape, strict=True))
        assert fitted[place] == (base[place] if inside else fill[place])


def test_fit_leaves_its_arguments_alone() -> None:
    base, fill = np.ones((1, 1)), np.zeros((2, 2))
    fit(base, (2, 2), fill)[:] = 9
    assert (base.tolist(), fill.tolist()) == ([[1]], [[0, 0], [0, 0]])


@pytest.mark.parametrize("values", [Values.PRESET, *SEEDED])
@given(data=st.data())
def test_values_keep_their_place_when_sizes_change(values: Values, data: st.DataObject) -> None:
    one, other = data.draw(states(values)), data.draw(states(values))
    assert_same_where_both_are(operands(one), operands(replace(other, seed=one.seed)))


@given(states(Values.WHOLE))
def test_shapes_are_those_of_the_layer(state: StandardState) -> None:
    found = operands(state)
    x, kernel, bias = found[INPUT], found[KERNEL], found.get(BIAS)
    assert x.shape == (state.in_channels, state.height, state.width)
    assert kernel.shape == (state.out_channels, state.in_channels, state.kernel_height, state.kernel_width)
    assert (None if bias is None else bias.shape) == ((state.out_channels,) if state.bias else None)


@pytest.mark.parametrize("values", SEEDED)
@given(data=st.data())
def test_the_same_seed_gives_the_same_numbers(values: Values, data: st.DataObject) -> None:
    state = data.draw(states(values))
    for one, other in zip(operands(state).values(), operands(replace(state)).values(), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("values", SEEDED)
@given(one=SEEDS, away=st.integers(1, 3) | st.integers(1, 999_999))
def test_another_seed_gives_other_numbers(values: Values, one: int, away: int) -> None:
    state = StandardState("simplest", 16, 16, 8, 8, 7, 7, bias=True, values=values, seed=one)
    other = replace(state, seed=(one + away) % 1_000_000)
    for ours, theirs in list(zip(operands(state).values(), operands(other).values(), strict=True))[:2]:
        assert not np.array_equal(ours, theirs)


@pytest.mark.parametrize("values", SEEDED)
def test_input_kernel_and_bias_are_drawn_apart(values: Values) -> None:
    x = operands(StandardState("simplest", 32, 32, values=values))[INPUT].ravel()
    _, kernel, bias = operands(StandardState("simplest", 7, 7, 8, 8, 7, 7, bias=True, values=values)).values()
    for one, other in ((x, kernel.ravel()[: x.size]), (x[:8], bias), (kernel.ravel()[:8], bias)):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.9


@given(SEEDS)
def test_whole_numbers_are_whole_and_small(seed: int) -> None:
    for array, (least, most) in zip(_all_of(Values.WHOLE, seed).values(), ((0, 9), (-2, 3), (-5, 5)), strict=True):
        np.testing.assert_array_equal(array, np.round(array))
        assert least <= array.min() <= array.max() <= most


@given(SEEDS)
def test_reals_have_two_decimals_and_lie_between_minus_one_and_one(seed: int) -> None:
    for array in _all_of(Values.REAL, seed).values():
        assert all(float(f"{value:.2f}") == value for value in array.ravel()[:200].tolist())
        assert -1 <= array.min() <= array.max() <= 1


def _all_of(values: Values, seed: int) -> Operands:
    return operands(StandardState("simplest", 16, 16, 8, 8, 7, 7, bias=True, values=values, seed=seed))


def test_each_whole_number_of_the_ranges_is_drawn() -> None:
    x, kernel, _ = _all_of(Values.WHOLE, 1).values()
    assert (set(x.ravel()), set(kernel.ravel())) == (set(range(10)), set(range(-2, 4)))


@given(st.data())
def test_typed_values_are_what_was_typed_and_zero_beyond(data: st.DataObject) -> None:
    element = st.integers(-9, 9).map(float)
    typed = {
        "input": data.draw(arrays(np.float64, (1, *data.draw(array_shapes(min_dims=3, max_dims=3))), elements=element)),
        "kernel": data.draw(arrays(np.float64, array_shapes(min_dims=4, max_dims=4, max_side=3), elements=element)),
        "bias": data.draw(arrays(np.float64, (1, 1, 1, data.draw(st.integers(1, 8))), elements=element)),
    }
    texts: dict[str, Any] = {f"{role}_text": write(array) for role, array in typed.items()}
    state = replace(data.draw(states(Values.TYPED)), bias=True, **texts)
    given_arrays = (typed["input"][0], typed["kernel"], typed["bias"][0, 0, 0])
    for array, given_array in zip(operands(state).values(), given_arrays, strict=True):
        for place in np.ndindex(array.shape):
            inside = all(index < length for index, length in zip(place, given_array.shape, strict=True))
            assert array[place] == (given_array[place] if inside else 0)


def test_filters_typed_as_input_are_its_channels() -> None:
    state = replace(TYPED, height=1, width=2, in_channels=2, input_text="1 2\n---\n3 4", kernel_text="1")
    assert operands(state)[INPUT].tolist() == [[[1, 2]], [[3, 4]]]


@pytest.mark.parametrize(("bias", "text"), [(True, ""), (True, "  \n"), (True, "0 0")])
def test_a_bias_that_was_not_typed_is_zero(bias: bool, text: str) -> None:
    state = replace(TYPED, out_channels=2, bias=bias, input_text="1", kernel_text="1", bias_text=text)
    assert operands(state)[BIAS].tolist() == [0, 0]


def test_a_layer_without_bias_reads_none_whatever_was_typed() -> None:
    assert operands(replace(TYPED, input_text="1", kernel_text="1", bias_text="one")).get(BIAS) is None


@pytest.mark.parametrize("role", ["input", "kernel", "bias"])
def test_typed_text_that_cannot_be_read_is_refused_by_its_name(role: str) -> None:
    texts = {"input_text": "1", "kernel_text": "1", "bias_text": "1"} | {f"{role}_text": "one"}
    with pytest.raises(LayerError, match=rf"^{role}\b.* is “one”"):
        operands(replace(TYPED, bias=True, **texts))


def test_a_size_beyond_the_page_is_refused_before_numbers_are_made() -> None:
    with pytest.raises(LayerError, match=r"^height is 33,"):
        operands(StandardState("simplest", 33, 3, values=Values.WHOLE))


def test_a_presets_numbers_are_its_own_and_seeded_beyond() -> None:
    state = replace(PRESETS["cross-correlation"].state, height=4, width=4)
    x, seeded = operands(state)[INPUT], operands(replace(state, values=Values.WHOLE))[INPUT]
    assert x[0, :3, :3].tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    np.testing.assert_array_equal(x[0, 3], seeded[0, 3])
    np.testing.assert_array_equal(x[0, :, 3], seeded[0, :, 3])


def test_a_preset_without_channels_is_handed_on_as_it_is() -> None:
    assert operands(PRESETS["missing-axis"].state)[INPUT].shape == (4, 4)
