"""A link says what the page shows, and whatever a link says, a page comes of it."""

import tracemalloc
import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PaddingMode
from kinds.grouped.state import GroupedState, GroupedView
from kinds.links import LINKED, decode
from kinds.one_dimensional.state import SequencePadding, SequenceState
from kinds.pooling.state import PoolingKind, PoolingState
from kinds.registry import PRESETS
from kinds.separable.state import SeparableState
from kinds.standard.state import StandardState, StandardView
from kinds.transposed.state import TransposedState, TransposedView
from sharing.comparison import ComparisonState, ComparisonView, Measure
from sharing.fields import WIDEST, Limits, Stops, limits
from sharing.link import MOST_PROBLEMS, State, encode, encode_in_full
from sharing.matrices import LONGEST_TEXT
from sharing.packing import LONGEST_PACKED
from sharing.page_state import PaddingChoice, PageState, Values
from tests.draws import examples
from tests.sharing.strategies import queries, typed_states

FLOOR: StandardState = PRESETS["standard"]["floor"].state
PRESET_STATES = [preset.state for presets in PRESETS.values() for preset in presets.values()]


def read(state: State, query: dict[str, str]) -> Any:
    """Return what a query says once it has been through an address."""
    parsed = parse_qs(urlencode(query, errors="surrogatepass"), keep_blank_values=True, errors="surrogatepass")
    found, problems = decode(state.page, parsed)
    assert problems == ()
    return found


@settings(max_examples=examples(100))
@given(typed_states())
def test_every_state_comes_back_from_its_link(state: State) -> None:
    assert read(state, encode(state)) == state


@settings(max_examples=examples(20))
@given(typed_states())
def test_every_state_comes_back_from_its_link_in_full(state: State) -> None:
    assert read(state, encode_in_full(state)) == state


@settings(max_examples=examples(200))
@given(st.sampled_from(list(LINKED)), queries())
def test_any_query_at_all_gives_a_state_that_the_controls_of_its_page_can_show(page: str, query: Any) -> None:
    state, problems = decode(page, query)
    assert type(state) is LINKED[page]
    for name, bounds in limits(type(state)).items():
        number, most = getattr(state, name), Limits(-WIDEST, WIDEST)
        assert (bounds if isinstance(bounds, Stops) else most).nearest(number or 0) == (number or 0)
    assert len(problems) <= MOST_PROBLEMS
    assert all(len(str(problem)) < 1200 for problem in problems)
    assert encode(state) == encode(decode(page, encode(state))[0])


@pytest.mark.parametrize("state", PRESET_STATES, ids=lambda state: f"{state.page}-{state.preset}")
def test_a_presets_link_is_its_name(state: PageState) -> None:
    assert encode(state) == {"v": "1", "preset": state.preset}


def test_a_link_in_full_owes_nothing_to_its_preset() -> None:
    query = encode_in_full(FLOOR)
    assert {"height", "stride_height", "padding", "view", "seed", "bias", "input_values"} <= query.keys()
    other = decode("standard", query | {"preset": "simplest"})[0]
    assert replace(other, preset="floor") == FLOOR


# Links that are out in the world. What one of them means never changes: a renamed field, preset or slug keeps its old
# name for reading.
KEPT: list[tuple[str, str, State]] = [
    ("standard", "v=1&preset=simplest", StandardState("simplest", height=4, width=4, kernel_height=2, kernel_width=2)),
    (
        "standard",
        "v=1&preset=simplest&values=typed&input_values=0+1_2+3&kernel_values=1&height=2&width=2&kernel_height=1"
        "&kernel_width=1&view=im2col",
        StandardState(
            "simplest",
            height=2,
            width=2,
            kernel_height=1,
            kernel_width=1,
            values=Values.TYPED,
            input_text="0  1\n2  3",
            kernel_text="1",
            view=StandardView.IM2COL,
        ),
    ),
    (
        "standard",
        "v=1&preset=channels&stride_height=2&padding=amount&padding_height=1&padding_mode=circular&bias=0",
        StandardState(
            "channels",
            height=4,
            width=4,
            in_channels=3,
            out_channels=2,
            kernel_height=2,
            kernel_width=2,
            stride_height=2,
            padding=PaddingChoice.AMOUNT,
            padding_height=1,
            padding_mode=PaddingMode.CIRCULAR,
        ),
    ),
    (
        "transposed",
        "v=1&preset=simplest&values=whole&seed=42&output_padding_width=1&stride_width=2&view=zero-inserted",
        TransposedState(
            "simplest",
            height=2,
            width=2,
            kernel_height=2,
            kernel_width=2,
            values=Values.WHOLE,
            seed=42,
            output_padding_width=1,
            stride_width=2,
            view=TransposedView.ZERO_INSERTED,
        ),
    ),
    (
        "grouped",
        "v=1&preset=two-groups&groups=4&view=apart&values=real&seed=7",
        GroupedState(
            "two-groups",
            height=4,
            width=4,
            in_channels=4,
            out_channels=4,
            kernel_height=2,
            kernel_width=2,
            groups=4,
            view=GroupedView.APART,
            values=Values.REAL,
            seed=7,
        ),
    ),
    (
        "comparison",
        "v=1&view=stack&out_channels=512&measure=valid-macs&stack=*conv+8+3",
        ComparisonState(
            view=ComparisonView.STACK, out_channels=512, measure=Measure.VALID_MACS, stack="conv 8 3"
        ),
    ),
    (
        "separable",
        "v=1&preset=two-steps&values=typed&pointwise_kernel_values=1+0+2_0+1+-1&bias=1&bias_values=*1+one",
        SeparableState(
            "two-steps",
            height=4,
            width=4,
            in_channels=3,
            out_channels=2,
            kernel_height=2,
            kernel_width=2,
            values=Values.TYPED,
            pointwise_kernel_text="1   0   2\n0   1   -1",
            bias=True,
            bias_text="1 one",
        ),
    ),
    ("pooling", "v=1&preset=max&kind=average&count_include_pad=0&shift=3&ceil_mode=1", PoolingState(
        "max", height=4, width=4, kind=PoolingKind.AVERAGE, count_include_pad=False, shift=3, ceil_mode=True
    )),
    ("one_dimensional", "v=1&preset=edges&padding=causal&dilation=3&kernel_size=3", SequenceState(
        "edges", length=8, kernel_size=3, padding=SequencePadding.CAUSAL, dilation=3
    )),
    (
        "standard",
        "v=1&preset=same&values=typed&kernel_values=~eNozVDBQMFUwBQAEogEs",
        StandardState(
            "same",
            height=4,
            width=4,
            kernel_height=2,
            kernel_width=2,
            padding=PaddingChoice.SAME,
            values=Values.TYPED,
            kernel_text="1 0 5 5",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "query", "meaning"), KEPT, ids=[f"{page}?{query}"[:60] for page, query, _ in KEPT])
def test_a_link_of_today_goes_on_meaning_what_it_means(page: str, query: str, meaning: State) -> None:
    assert len(KEPT) == 10
    state, problems = decode(page, parse_qs(query, keep_blank_values=True))
    assert (state, problems) == (meaning, ())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"v": "2"}, "v is “2”, but this program writes and reads version 1: the rest is read as version 1."),
        ({"height": "1000000001"}, "height is “1000000001”, but it goes from 1 to 32: 32 is used."),
        ({"height": "-1000000001"}, "height is “-1000000001”, but it goes from 1 to 32: 1 is used."),
        ({"height": "four"}, "height is “four”, but it goes from 1 to 32: 5 is used."),
        ({"height": "9" * 500}, "height is “" + "9" * 60 + "…”, but it goes from 1 to 32: 5 is used."),
        ({"height": ["3", "4"]}, "height is “3 and 4”, but it can have one value only: “4” is used."),
        ({"bias": "maybe"}, "bias is “maybe”, but it is one of 1, 0, true, false: 0 is used."),
        ({"view": "<b>x</b>"}, "view is “<b>x</b>”, but it is one of windows, im2col, matrix: windows is used."),
        (
            {"groups": "2"},
            "groups is “2”, but it belongs to other pages (grouped, transposed, gradients, comparison): it is left "
            "out.",
        ),
        ({"shift": "1"}, "shift is “1”, but it belongs to another page (pooling): it is left out."),
        ({"hieght": "3"}, "hieght is “3”, but there is no such parameter: it is left out."),
        (
            {"kernel_values": "1 x"},
            "kernel_values is “1 x”, but kernel[0, 1] is “x” and every value must be a number: it is left out.",
        ),
        (
            {"input_values": "~" + "A" * 40},
            "input_values is “~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA”, but input is cut off or changed and what "
            "follows a ~ must be a text that was packed for a link: it is left out.",
        ),
    ],
)
def test_what_was_not_understood_is_said_with_what_is_allowed_and_what_was_used(query: Any, sentence: str) -> None:
    state, problems = decode("standard", {"preset": "floor"} | query)
    assert [str(problem) for problem in problems] == [sentence]
    assert state.preset == "floor"


def test_an_unknown_preset_is_told_with_those_there_are() -> None:
    state, (problem,) = decode("pooling", {"preset": "simplest", "height": "5"})
    assert (state.preset, state.height) == ("max", 5)
    assert problem.places["presets"] == tuple(PRESETS["pooling"])
    assert f"the presets of this page are {', '.join(PRESETS['pooling'])}: max is used" in str(problem)


def test_numbers_that_cannot_be_read_leave_the_presets() -> None:
    query = {"preset": "simplest", "values": "typed", "input_values": "1 2_3", "kernel_values": "1"}
    state, problems = decode("standard", query)
    assert state.values is Values.PRESET
    assert [problem.parameter for problem in problems] == ["input_values", "values"]


def test_what_is_the_same_twice_is_no_problem() -> None:
    assert decode("standard", {"height": ["6", "6"]})[1] == ()


def test_many_problems_are_counted() -> None:
    problems = decode("standard", {f"p{number}": "1" for number in range(1000)})[1]
    assert len(problems) == MOST_PROBLEMS
    assert str(problems[-1]) == (
        "The rest is “993 problems more”, but they are too many: each was settled as these were."
    )


def packed(text: str) -> str:
    return "~" + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


@pytest.mark.parametrize(
    "said",
    [
        packed("1 " * 10_000_000),
        packed("x" * (LONGEST_TEXT + 1)),
        "*" + "x" * (LONGEST_TEXT + 1),
        "1 " * LONGEST_PACKED,
        "1" * (LONGEST_PACKED + 1),
    ],
    ids=["a bomb", "packed", "verbatim", "numbers", "digits"],
)
def test_a_text_too_long_for_a_page_is_refused_before_it_costs_much(said: str) -> None:
    tracemalloc.start()
    try:
        state, problems = decode("standard", {"input_values": said})
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert (state.input_text, len(problems)) == ("", 1)


def test_numbers_are_packed_where_that_is_shorter() -> None:
    text = "\n".join("  ".join("0.25" for _ in range(32)) for _ in range(32))
    query = encode(replace(FLOOR, values=Values.TYPED, input_text=text))
    assert len(urlencode(query)) < 200
    assert read(FLOOR, query).input_text == text


@pytest.mark.parametrize("page", LINKED)
def test_what_a_frame_says_to_streamlit_is_no_matter_of_the_page(page: str) -> None:
    """Of `embed_options` a link has one for each option; Streamlit keeps both from the page."""
    assert decode(page, {"embed": ["", "true"], "embed_options": ["light_theme", "show_padding"]}) == decode(page, {})
