"""Links that say padding by sides and by SAME, and links from before there were any: each opens its own layer."""

from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine import LayerError, MaxPool2d, forward
from kinds.links import decode
from kinds.registry import SPECS
from sharing.link import encode, encode_in_full
from sharing.page_state import PageState
from sharing.values import operands


def opened(page: str, query: str) -> PageState:
    state, problems = decode(page, dict(parse_qsl(query)))
    assert problems == ()
    assert decode(page, encode(state))[0] == decode(page, encode_in_full(state))[0] == state
    return state


def output(page: str, query: str) -> list[Any]:
    """Return what the page of a link shows as the output, which is what was recorded."""
    trace, _ = SPECS[page].play(opened(page, query))
    return trace.output.tolist()


TYPED = "v=1&values=typed&height=6&width=6&kernel_height=3&kernel_width=3&stride_height=2&stride_width=2"
ROWS = "_".join(" ".join(str(6 * row + column) for column in range(6)) for row in range(6))
KERNEL = "0 1 2_3 4 5_6 7 8"
TENSORFLOWS = [[[366, 438, 294], [798, 870, 546], [451, 481, 271]]]
SIX = f"{TYPED}&input_values={ROWS}&kernel_values={KERNEL}".replace(" ", "+")


@pytest.mark.parametrize(
    ("page", "query", "expected"),
    [
        ("standard", f"{SIX}&padding=same-upper", TENSORFLOWS),
        ("standard", "v=1&preset=same-upper", TENSORFLOWS),
        (
            "standard",
            f"{SIX}&padding=sides&padding_bottom=1&padding_right=1",
            TENSORFLOWS,
        ),
        (
            "grouped",
            f"{SIX}&in_channels=1&out_channels=1&groups=1&padding=same-upper",
            TENSORFLOWS,
        ),
        ("pooling", "v=1&preset=same-upper", [[[10, 11], [14, 15]]]),
        (
            "pooling",
            "v=1&preset=same-upper&padding=sides&padding_bottom=1&padding_right=1",
            [[[10, 11], [14, 15]]],
        ),
    ],
)
def test_a_link_shows_what_the_framework_makes(page: str, query: str, expected: list[Any]) -> None:
    assert output(page, query) == expected


def test_a_link_pads_with_the_odd_cell_before_as_onnx_does() -> None:
    """With a kernel of 3 and a stride of 2 on 6 cells, that is PyTorch's padding of 1, the end of which is not read."""
    lower, plain = (
        output("standard", f"{SIX}&{padding}")
        for padding in ("padding=same-lower", "padding=amount&padding_height=1&padding_width=1")
    )
    assert lower == plain
    assert lower[0][0] == [103, 196, 262]


@pytest.mark.parametrize(
    "query", ["preset=same-upper", "preset=same-upper&padding=sides&padding_bottom=1&padding_right=1"]
)
def test_a_link_crops_as_keras_does(query: str) -> None:
    (shown,) = output("transposed", f"v=1&{query}")
    assert (len(shown), len(shown[0]), shown[0][:4]) == (8, 8, [1, 2, 5, 4])


def test_a_link_pads_a_sequence_before_and_after() -> None:
    numbers = "v=1&values=typed&length=6&kernel_size=3&stride=2&input_values=1+2+3+4+5+6&kernel_values=1+10+100"
    upper, sides, lower = (
        output("one_dimensional", f"{numbers}&padding={padding}")
        for padding in ("same-upper", "sides&padding_after=1", "same-lower")
    )
    assert upper == sides == [[[321, 543, 65]]]
    assert lower == [[[210, 432, 654]]]


def test_a_link_pads_the_first_of_two_layers() -> None:
    state = opened("separable", f"{TYPED}&values=whole&padding=same-upper".replace("values=typed&", ""))
    assert state.layer().depthwise.padding_amounts(6, 6) == ((0, 1), (0, 1))


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("pooling", "v=1&preset=padding-counted&padding_height=0"),
        ("transposed", "v=1&preset=padding&padding_width=0"),
    ],
)
def test_an_old_link_that_names_no_kind_of_padding_means_rows_and_columns(page: str, query: str) -> None:
    state = opened(page, query)
    assert state.layer().padding == (state.padding_height, state.padding_width)
    assert state.padding_height != state.padding_width


def test_a_mean_with_kerass_same_leaves_the_padding_out_where_the_link_says_so() -> None:
    link = "v=1&preset=same-upper&kind=average&count_include_pad="
    counted, left_out = output("pooling", f"{link}1"), output("pooling", f"{link}0")
    corner = [10, 11, 14, 15]
    assert counted[0][1][1] == sum(corner) / 9
    assert left_out[0][1][1] == sum(corner) / 4


def test_the_link_of_the_faults_corner_is_divided_by_one() -> None:
    numbers = "_".join(" ".join(str(7 * row + column) for column in range(7)) for row in range(7)).replace(" ", "+")
    link = f"v=1&kind=average&values=typed&height=7&width=7&stride_height=3&stride_width=3&input_values={numbers}"
    trace, _ = SPECS["pooling"].play(opened("pooling", f"{link}&ceil_mode=1"))
    assert trace.output[0, 2, 2] == 48
    assert "the mean of 1 to 4 values for every output" in SPECS["pooling"].summary(trace)


def test_what_no_layer_may_have_is_refused_on_its_page() -> None:
    query = "v=1&preset=stride&padding=same-upper&output_padding_height=1"
    with pytest.raises(LayerError) as caught:
        opened("transposed", query).layer()
    assert str(caught.value) == (
        "output_padding is (1, 0), but padding='same_upper' makes the output size * stride, so that there is nothing "
        "to add: use 0."
    )


def test_a_pooling_layer_of_a_link_is_that_of_its_numbers() -> None:
    state = opened("pooling", "v=1&preset=same-upper&padding=same-lower")
    (x,) = operands(state).values()
    assert state.layer() == MaxPool2d((3, 3), (2, 2), "same_lower", (1, 1))
    np.testing.assert_array_equal(
        output("pooling", "v=1&preset=same-upper&padding=same-lower"), forward(state.layer(), x)
    )
