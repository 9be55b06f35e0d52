"""Which layer makes the size that somebody needs: the answer for the page's own layer, and the list of all others."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import LayerError
from kinds.transposed.play import play
from kinds.transposed.size_question import in_both_directions, in_each_direction, playable
from kinds.transposed.size_words import apart_sentences, found_sentence, link_text, own_sentence, row
from kinds.transposed.state import QUESTION, TransposedState
from sharing.link import encode, read_link

OPENING = TransposedState("stamps", 2, 2)
ASKED = {"given_height": 15, "given_width": 13, "wanted_height": 240, "wanted_width": 200}
LARGE = {"kernel_height": 16, "kernel_width": 16, "stride_height": 16, "stride_width": 16}
"""A layer that the page has no room to play, and whose sizes it can tell all the same."""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            LARGE | {"padding_height": 7, "padding_width": 7},
            "**This page's layer** (kernel 16×16, stride 16, padding 7, dilation 1) makes 240×200 of 15×13 with "
            "output_padding (14, 6).",
        ),
        (
            # The layer's own output_padding, which is impossible here, is not asked for.
            {"kernel_height": 4, "kernel_width": 4, "output_padding_height": 3},
            "**This page's layer** (kernel 4×4, stride 1, padding 0, dilation 1) does not make 240×200 of 15×13, "
            "whatever its output_padding: of 15×13 it makes 18 rows and 16 columns.",
        ),
        (
            LARGE | {"padding_height": 7, "padding_width": 7, "wanted_width": 210},
            "**This page's layer** (kernel 16×16, stride 16, padding 7, dilation 1) does not make 240×210 of 15×13, "
            "whatever its output_padding: of 15×13 it makes 226 to 241 rows and 194 to 209 columns.",
        ),
        (
            {"kernel_height": 1, "padding_height": 8},
            "**This page's layer** (kernel 1×3, stride 1, padding 8×0, dilation 1) does not make 240×200 of 15×13: its "
            "padding crops all it makes of that.",
        ),
        ({"kernel_height": None}, ""),
        ({"groups": 2}, ""),
    ],
)
def test_what_the_pages_own_layer_makes(changes: dict[str, Any], sentence: str) -> None:
    assert own_sentence(replace(OPENING, **ASKED | changes)) == sentence


def test_the_list_of_15_by_13_to_240_by_200_has_each_layers_output_padding_and_all_it_can_make() -> None:
    state = replace(OPENING, **ASKED, wanted_kernel=16, wanted_stride=16)
    rows = [row(plans) for plans in in_both_directions(state).plans]
    assert rows[-1] == ("16", "16", "7", "(14, 6)", "evenly", "7 rows", "226 to 241 × 194 to 209")
    assert {one[2] for one in rows} == {"4", "5", "6", "7"}
    assert "make 240×200 of 15×13" in found_sentence(state)
    assert "kernels of 16, strides of 16" in found_sentence(state)


def test_twice_the_size_begins_with_the_kernels_that_people_use() -> None:
    found = in_both_directions(OPENING)
    assert [row(plans)[:6] for plans in found.plans[:3]] == [
        ("2", "2", "0", "0", "evenly", "no cell"),
        ("3", "2", "1", "1", "unevenly", "no cell"),
        ("4", "2", "1", "0", "evenly", "no cell"),
    ]
    assert found.has_more


def test_where_no_numbers_do_both_directions_each_has_its_own() -> None:
    state = replace(OPENING, given_height=4, given_width=3, wanted_height=8, wanted_width=27, wanted_kernel=3)
    assert in_both_directions(state).plans == ()
    rows, columns = in_each_direction(state)
    assert row(rows.plans[0]) == ("3", "2", "1", "1", "unevenly", "no cell", "7 to 8")
    assert row(columns.plans[0]) == ("3", "12", "0", "0", "unevenly", "18 cells", "27 to 38")
    (sentence,) = apart_sentences(state, rows, columns)
    assert sentence.startswith(
        "**No layer** with one number for kernel, stride and padding makes 8×27 of 4×3; with one"
    )


def test_a_size_that_no_layer_makes_is_named() -> None:
    state = replace(OPENING, given_height=4, wanted_height=1024, wanted_width=9)
    rows, columns = in_each_direction(state)
    assert apart_sentences(state, rows, columns) == [
        "**No layer** makes 1,024 rows of 4. Looked at are kernels of 1 to 64, strides of 1 to 32, paddings smaller "
        "than the kernel, and no dilation."
    ]


def test_cells_that_only_the_bias_reaches_are_counted_in_the_directions_that_have_them() -> None:
    gaps = replace(OPENING, given_height=3, given_width=3, wanted_height=8, wanted_width=7, wanted_kernel=1)
    both = [row(plans) for plans in in_both_directions(gaps).plans]
    assert ("1", "3", "0", "(1, 0)", "unevenly", "5 rows, 4 columns", "7 to 9 × 7 to 9") in both
    columns = replace(gaps, given_height=1, wanted_height=1, wanted_kernel=2, wanted_stride=3, wanted_width=8)
    assert "columns" in row(in_both_directions(columns).plans[0])[5]


SIZES = st.integers(1, 40)


@given(SIZES, SIZES, SIZES, SIZES, st.integers(0, 7), st.integers(0, 8))
def test_what_a_link_plays_is_the_layer_that_was_found(
    height: int, width: int, rows: int, columns: int, kernel: int, stride: int
) -> None:
    asked = dict(zip(QUESTION, (height, width, rows, columns, kernel, stride), strict=True))
    state = replace(OPENING, **asked)
    for plans in in_both_directions(state).plans[:2]:
        plays = playable(state, plans[0], plans[1])
        if plays is None:
            assert link_text(plays, *plans) == "too large to play"
            continue
        assert read_link(TransposedState, encode(plays), [TransposedState]) == (plays, ())
        assert {name: getattr(plays, name) for name in QUESTION} == asked
        layer = plays.layer()
        if (plays.height, plays.width) == (height, width):
            assert layer.output_size(height, width) == (rows, columns)
            assert link_text(plays, *plans) == "Play it"
        else:
            assert link_text(plays, *plans) == f"Play it on {min(height, 4)}×{min(width, 4)}"


def test_the_layer_of_a_link_is_played() -> None:
    state = replace(OPENING, given_height=3, given_width=4, wanted_height=6, wanted_width=8)
    plans = in_both_directions(state).plans[1]
    plays = playable(state, plans[0], plans[1])
    assert plays is not None
    trace, _ = play(plays)
    assert trace.output.shape == (1, 6, 8)
    assert trace.input.all()  # numbers of its own, in every cell
    assert own_sentence(plays).endswith("makes 6×8 of 3×4 with output_padding 1.")


@pytest.mark.parametrize("name", QUESTION)
def test_a_number_of_the_question_is_refused_without_refusing_the_layer(name: str) -> None:
    for value in (None, -1, 5000):
        state = replace(OPENING, **{name: value})
        state.layer()
        with pytest.raises(LayerError, match=f"{name} is .*, but this page shows"):
            state.check_question()
