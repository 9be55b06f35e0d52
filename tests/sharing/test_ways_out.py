"""The ways out of an impossible layer: each is fields of the page, and helps."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch.nn import functional

from engine import LayerError
from kinds.registry import PRESETS, SPECS, STATES
from kinds.standard.state import StandardState
from sharing.page_state import PaddingChoice, PageState
from sharing.values import operands
from sharing.ways_out import Beside, beside_tensorflow, check_layer, ways_out
from tests.draws import examples
from tests.engine.strategies import same_side
from tests.sharing.strategies import states


def error_of(state: PageState) -> LayerError | None:
    try:
        state.layer()
        operands(state)
    except LayerError as error:
        return error
    return None


@given(states(STATES))
def test_every_way_out_helps(state: PageState) -> None:
    error = error_of(state)
    if error is None:
        return
    for way in ways_out(state, error, check_layer):
        after = error_of(replace(state, **way))
        assert after is None or (after.key, after.parameter) != (error.key, error.parameter)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 5), st.integers(2, 4), st.integers(1, 2))
@settings(max_examples=examples(50))
def test_a_way_out_says_how_it_stands_to_tensorflows_numbers(
    height: int, width: int, kernel: int, stride: int, dilation: int
) -> None:
    """By torch, with the padding of TensorFlow's guide put there before: other starts make other numbers."""
    amount = dilation * (kernel - 1) // 2
    state = StandardState("simplest", height, width, kernel_height=kernel, kernel_width=kernel)
    state = replace(state, padding=PaddingChoice.SAME, stride_height=stride, stride_width=stride)
    state = replace(state, dilation_height=dilation, dilation_width=dilation)
    given_amount = {"padding": PaddingChoice.AMOUNT, "padding_height": amount, "padding_width": amount}
    ways = [{"stride_height": 1, "stride_width": 1}, {"padding": PaddingChoice.SAME_UPPER}, given_amount]
    drawn = np.random.default_rng(height * 10 + width)
    x, weight = (
        torch.tensor(drawn.integers(1, 10**6, (1, 1, *size)).astype(float))
        for size in ((height, width), (kernel, kernel))
    )
    sides = [same_side("same_upper", dilation * (kernel - 1), stride, size) for size in (width, height)]
    theirs = functional.conv2d(functional.pad(x, (*sides[0], *sides[1])), weight, None, stride, 0, dilation)
    assume(theirs.any())  # where windows read nothing but padding, all numbers are zeros
    try:
        ours = functional.conv2d(x, weight, None, stride, amount, dilation)
    except RuntimeError:
        expected = None
    else:
        if ours.shape != theirs.shape:
            expected = Beside.ANOTHER_SHAPE
        else:
            expected = Beside.SAME_NUMBERS if torch.equal(ours, theirs) else Beside.SAME_SHAPE
    assert beside_tensorflow(state, ways) == (None, None, expected)


def test_without_tensorflows_way_nothing_stands_beside_it() -> None:
    state = PRESETS["standard"]["simplest"].state
    assert beside_tensorflow(state, [{"kernel_height": 1}, {"padding": PaddingChoice.FULL}]) == (None, None)


@pytest.mark.parametrize(
    ("page", "preset", "changes", "expected"),
    [
        (
            "standard",
            "same-with-stride",
            {},
            [
                {"stride_height": 1, "stride_width": 1},
                {"padding": "same_upper"},
                {"padding": "amount", "padding_height": 0, "padding_width": 0},
            ],
        ),
        (
            "standard",
            "simplest",
            {"kernel_height": 6},
            [{"kernel_height": 4}, {"padding": "amount", "padding_height": 1, "padding_width": 0}],
        ),
        (
            "standard",
            "simplest",
            {"padding": "sides", "padding_top": 1, "padding_left": 2, "kernel_height": 7},
            [
                {"kernel_height": 5},
                {"padding_bottom": 2},
            ],
        ),
        (
            "standard",
            "simplest",
            {"padding": "same", "padding_mode": "reflect", "height": 2, "kernel_width": 4, "kernel_height": 4},
            [
                {"padding": "sides", "padding_top": 1, "padding_bottom": 1, "padding_left": 1, "padding_right": 2},
                {"padding_mode": "replicate"},
            ],
        ),
        ("standard", "simplest", {"kernel_height": None}, [{"kernel_height": 1}]),
        ("standard", "channels", {"height": 20}, [{"height": 16}]),
        ("grouped", "two-groups", {"groups": 3}, [{"groups": 2}]),
        (
            "transposed",
            "simplest",
            {"output_padding_height": 1},
            [{"output_padding_height": 0}, {"stride_height": 2}, {"dilation_height": 2}],
        ),
        (
            "pooling",
            "max",
            {"padding": "sides", "padding_right": 2, "padding_top": 1},
            [{"padding_right": 1}],
        ),
        (
            "one_dimensional",
            "strided",
            {"padding": "same"},
            [{"stride": 1}, {"padding": "same_upper"}, {"padding": "amount", "padding_amount": 1}],
        ),
    ],
)
def test_the_ways_out_of_common_faults(page: str, preset: str, changes: dict, expected: list[dict]) -> None:
    opening = PRESETS[page][preset].state
    kinds = {name: type(getattr(opening, name)) for name in changes}
    state = replace(opening, **{name: kinds[name](v) if isinstance(v, str) else v for name, v in changes.items()})
    error = error_of(state)
    assert error is not None
    assert [dict(way) for way in ways_out(state, error, check_layer)][: len(expected)] == expected


def test_a_kernel_longer_than_a_sequence_fits_with_padding() -> None:
    state = replace(PRESETS["one_dimensional"]["edges"].state, length=2, kernel_size=5)
    with pytest.raises(LayerError) as caught:
        SPECS["one_dimensional"].play(state)
    expected = [{"kernel_size": 2}, {"padding": "amount", "padding_amount": 2}]
    assert [dict(way) for way in ways_out(state, caught.value, check_layer)] == expected


def test_a_number_that_the_page_does_not_show_is_no_way_out() -> None:
    """A padding of 24 would do what “same” does without a stride; the page has up to 8."""
    state = replace(PRESETS["standard"]["same-with-stride"].state, kernel_height=7, dilation_height=8)
    error = error_of(state)
    assert error is not None
    assert [dict(way) for way in ways_out(state, error, check_layer)] == [
        {"stride_height": 1, "stride_width": 1},
        {"padding": "same_upper"},
    ]
