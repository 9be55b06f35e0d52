"""A state's layer is the one that was chosen, and what the page cannot show is said in a sentence."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Conv2d, LayerError, PaddingMode
from kinds.standard.state import StandardState, StandardView
from sharing.page_state import MOST_MULTIPLIES, PaddingChoice, Values

SMALL = StandardState("simplest", height=8, width=9)
AMOUNT = replace(SMALL, padding=PaddingChoice.AMOUNT, values=Values.WHOLE)  # every number of it counts
LIMITS = {
    "in_channels": (1, 8),
    "out_channels": (1, 8),
    "height": (1, 32),
    "width": (1, 32),
    "kernel_height": (1, 7),
    "kernel_width": (1, 7),
    "stride_height": (1, 8),
    "stride_width": (1, 8),
    "padding_height": (0, 8),
    "padding_width": (0, 8),
    "dilation_height": (1, 8),
    "dilation_width": (1, 8),
    "seed": (0, 999_999),
}


def refusal(state: StandardState) -> str:
    with pytest.raises(LayerError) as caught:
        state.layer()
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        ({}, {}),
        ({"in_channels": 3, "out_channels": 2}, {"in_channels": 3, "out_channels": 2}),
        ({"kernel_height": 2, "kernel_width": 5}, {"kernel_size": (2, 5)}),
        ({"stride_height": 2, "stride_width": 3}, {"stride": (2, 3)}),
        ({"dilation_height": 2, "dilation_width": 3}, {"dilation": (2, 3)}),
        ({"padding": PaddingChoice.SAME}, {"padding": "same"}),
        ({"padding": PaddingChoice.FULL}, {"padding": "full"}),
        ({"padding": PaddingChoice.AMOUNT, "padding_height": 1, "padding_width": 2}, {"padding": (1, 2)}),
        ({"padding": PaddingChoice.VALID, "padding_height": 1, "padding_width": 2}, {}),
        ({"padding_mode": PaddingMode.REFLECT, "padding_value": 5}, {"padding_mode": "reflect"}),
        (
            {"padding_mode": PaddingMode.CONSTANT, "padding_value": 5},
            {"padding_mode": "constant", "padding_value": 5},
        ),
        ({"bias": True}, {"bias": True}),
    ],
)
def test_the_layer_is_the_one_that_was_chosen(change: dict[str, Any], arguments: dict[str, Any]) -> None:
    expected = {"in_channels": 1, "out_channels": 1, "kernel_size": (3, 3), "padding": "valid", "bias": False}
    plain = {"stride": (1, 1), "dilation": (1, 1)}
    assert replace(SMALL, **change).layer() == Conv2d(**expected | plain | arguments)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"padding_mode": PaddingMode.CONSTANT, "padding_value": 1000},
            "padding_value is 1,000, but this page shows -999 to 999: use 999.",
        ),
        ({"in_channels": 0}, "in_channels is 0, but this page shows 1 to 8: use 1."),
        ({"in_channels": 9}, "in_channels is 9, but this page shows 1 to 8: use 8."),
        ({"out_channels": 0}, "out_channels is 0, but this page shows 1 to 8: use 1."),
        ({"out_channels": 9}, "out_channels is 9, but this page shows 1 to 8: use 8."),
        ({"height": 0}, "height is 0, but this page shows 1 to 32: use 1."),
        ({"height": 33}, "height is 33, but this page shows 1 to 32: use 32."),
        ({"width": -4}, "width is -4, but this page shows 1 to 32: use 1."),
        ({"width": 1_000_000}, "width is 1,000,000, but this page shows 1 to 32: use 32."),
        (
            {"in_channels": 2, "height": 17},
            "height is 17, but this page shows 1 to 16 when there is more than one input channel (32 with one): "
            "use 16.",
        ),
        (
            {"in_channels": 8, "width": 32},
            "width is 32, but this page shows 1 to 16 when there is more than one input channel (32 with one): use 16.",
        ),
        ({"in_channels": 2, "height": 33}, "height is 33, but this page shows 1 to 16: use 16."),
        ({"kernel_height": 0}, "kernel_height is 0, but this page shows 1 to 7: use 1."),
        ({"kernel_width": 8}, "kernel_width is 8, but this page shows 1 to 7: use 7."),
        ({"stride_height": 0}, "stride_height is 0, but this page shows 1 to 8: use 1."),
        ({"stride_width": 9}, "stride_width is 9, but this page shows 1 to 8: use 8."),
        ({"padding_height": -1}, "padding_height is -1, but this page shows 0 to 8: use 0."),
        ({"padding_width": 9}, "padding_width is 9, but this page shows 0 to 8: use 8."),
        ({"dilation_height": 0}, "dilation_height is 0, but this page shows 1 to 8: use 1."),
        ({"dilation_width": 9}, "dilation_width is 9, but this page shows 1 to 8: use 8."),
        ({"seed": -1}, "seed is -1, but this page shows 0 to 999,999: use 0."),
        ({"seed": 1_000_000}, "seed is 1,000,000, but this page shows 0 to 999,999: use 999,999."),
        ({"height": None}, "height is empty, but this page shows 1 to 32: use 1."),
        ({"seed": None}, "seed is empty, but this page shows 0 to 999,999: use 0."),
    ],
)
def test_a_number_out_of_bounds_is_named_with_its_bounds(change: dict[str, Any], sentence: str) -> None:
    assert refusal(replace(AMOUNT, **change)) == sentence


@given(st.sampled_from(list(LIMITS)), st.integers(-(10**9), 10**9))
def test_a_limit_refuses_exactly_what_is_beyond_it(name: str, value: int) -> None:
    least, most = LIMITS[name]
    state = replace(AMOUNT, **{name: value})
    if least <= value <= most:
        state.check_limits()
    else:
        with pytest.raises(LayerError) as caught:
            state.check_limits()
        assert caught.value.parameter == name


@pytest.mark.parametrize("padding", [PaddingChoice.VALID, PaddingChoice.SAME, PaddingChoice.FULL])
@pytest.mark.parametrize("amounts", [(9, 0), (0, None)])
def test_an_amount_of_padding_that_is_not_used_is_not_at_fault(
    padding: PaddingChoice, amounts: tuple[int, int | None]
) -> None:
    height, width = amounts
    unused: dict[str, Any] = {"padding_height": height, "padding_width": width}
    assert replace(SMALL, padding=padding, **unused).layer() == replace(SMALL, padding=padding).layer()


def test_an_impossible_layer_is_explained_by_the_engine() -> None:
    assert refusal(replace(SMALL, padding=PaddingChoice.SAME, stride_width=2)).startswith(
        "padding is 'same' and stride is (1, 2), but in PyTorch padding='same' is not supported for strided"
    )


def test_a_kernel_larger_than_its_input_is_explained_before_there_are_values() -> None:
    assert refusal(replace(SMALL, height=2)).startswith("kernel_size is 3 rows, but the padded input has only 2 rows")


def test_too_many_multiplies_name_the_filters_that_would_do() -> None:
    state = StandardState("", 16, 16, 8, 8, 7, 7, padding=PaddingChoice.AMOUNT, padding_height=8, padding_width=8)
    multiplies = 8 * 8 * 7 * 7 * 26 * 26  # output: 16 + 8 + 8 - 7 + 1 = 26
    assert refusal(state) == (
        f"out_channels is 8, which makes {multiplies:,} multiplies, but this page plays at most 850,000: "
        "use out_channels 3, or a smaller input."
    )
    assert replace(state, out_channels=3).layer().out_channels == 3
    assert refusal(replace(state, out_channels=4)).startswith("out_channels is 4, which makes")


def test_too_many_multiplies_for_one_filter_ask_for_less_input() -> None:
    state = StandardState("", 16, 16, 8, 1, 7, 7, padding=PaddingChoice.FULL, dilation_height=8, dilation_width=8)
    multiplies = 8 * 7 * 7 * 64 * 64  # output: 16 + 48 + 48 - 49 + 1 = 64
    assert refusal(state) == (
        f"out_channels is 1, which makes {multiplies:,} multiplies, but this page plays at most 850,000: "
        "use a smaller input or kernel."
    )


@pytest.mark.parametrize(
    ("view", "sizes", "cells"),
    [
        (StandardView.MATRIX, {"height": 15, "width": 15}, 13 * 13 * 15 * 15),
        (StandardView.MATRIX, {"height": 16, "width": 16}, 14 * 14 * 16 * 16),
        (StandardView.IM2COL, {"height": 16, "width": 16, "in_channels": 8}, 8 * 9 * 14 * 14),
        (StandardView.IM2COL, {"height": 16, "width": 16, "in_channels": 8, "kernel_height": 7}, 8 * 21 * 10 * 14),
        (StandardView.IM2COL, {"height": 32, "width": 32, "kernel_height": 7, "kernel_width": 7}, 49 * 26 * 26),
    ],
)
def test_a_matrix_is_drawn_up_to_the_most_cells(view: StandardView, sizes: dict[str, int], cells: int) -> None:
    state = replace(SMALL, view=view, **sizes)
    if cells <= 40_000:
        assert state.layer().in_channels == state.in_channels
    else:
        name = "matrix" if view is StandardView.MATRIX else "im2col"
        assert refusal(state) == (
            f"view is {name}, a matrix of {cells:,} cells, but this page draws at most 40,000: "
            "use a smaller input, or the view windows."
        )


@given(
    st.integers(1, 16),
    st.integers(1, 16),
    st.integers(1, 8),
    st.integers(1, 8),
    st.integers(1, 7),
    st.sampled_from([PaddingChoice.SAME, PaddingChoice.FULL]),
)
def test_a_layer_is_played_up_to_the_most_multiplies(
    height: int, width: int, in_channels: int, out_channels: int, kernel: int, padding: PaddingChoice
) -> None:
    state = StandardState("", height, width, in_channels, out_channels, kernel, kernel, padding=padding)
    grown = kernel - 1 if padding is PaddingChoice.FULL else 0
    multiplies = (height + grown) * (width + grown) * in_channels * out_channels * kernel**2
    if multiplies <= MOST_MULTIPLIES:
        assert state.layer().output_size(height, width) == (height + grown, width + grown)
    else:
        assert f"which makes {multiplies:,} multiplies" in refusal(state)


def test_a_matrix_holds_no_padding_of_a_constant() -> None:
    """What it adds is no weight times a value; without cells of padding, or with zeros in them, it adds nothing."""
    border = replace(SMALL, padding=PaddingChoice.AMOUNT, padding_height=1, padding_mode=PaddingMode.CONSTANT)
    state = replace(border, view=StandardView.MATRIX, padding_value=1)
    with pytest.raises(LayerError, match=r"^view is matrix, but what a padding of 1 adds"):
        state.layer()
    for possible in (
        replace(state, padding_value=0),
        replace(state, padding=PaddingChoice.VALID),
        replace(state, padding_mode=PaddingMode.ZEROS),
    ):
        possible.layer()
