"""The transposed page's presets are the published cases, and what it cannot show is said in a sentence."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Conv2d, ConvTranspose2d, LayerError, as_matrix, cost, record
from kinds.registry import PRESETS as ALL_PRESETS
from kinds.transposed.play import play
from kinds.transposed.state import LARGEST_MATRIX, LARGEST_UNCROPPED, TransposedState, TransposedView
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands
from tests.engine.strategies import Case, torch_transposed

PRESETS = ALL_PRESETS["transposed"]

# "A guide to convolution arithmetic" (arXiv 1603.07285), of the ordinary layer: input i, kernel k, stride s, padding p,
# dilation d, output o; then a, the padding p' of the equivalent convolution, and o with zeros inserted.
GUIDE = {
    "no-padding-unit-strides": (4, 3, 1, 0, 1, 2, 0, 2, 2),
    "arbitrary-padding": (5, 4, 1, 2, 1, 6, 0, 1, 6),
    "half-padding": (5, 3, 1, 1, 1, 5, 0, 1, 5),
    "full-padding": (5, 3, 1, 2, 1, 7, 0, 0, 7),
    "no-padding-strides": (5, 3, 2, 0, 1, 2, 0, 2, 3),
    "padding-strides": (5, 3, 2, 1, 1, 3, 0, 1, 5),
    "padding-strides-odd": (6, 3, 2, 1, 1, 3, 1, 1, 5),
    "dilation": (7, 3, 1, 0, 2, 3, 0, 4, 3),
}
PUBLISHED = {
    "stamps": [[1, 4, 4], [6, 20, 16], [9, 24, 16]],
    "simplest": [[0, 0, 1], [0, 4, 6], [4, 12, 9]],
    "stride": [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]],
    "padding": [[4]],
    "output-padding-is-not-zero": [[4, 5], [7, 8]],
}
# Under which number of the lesson, and from which size to which.
LESSON = {
    "round-trip": ("17.", 2, 4),
    "upsampling": ("18.", 4, 8),
    "valid": ("19.", 3, 5),
    "same": ("19.", 4, 4),
    "full": ("19.", 5, 3),
    "output-padding": ("20.", 3, 6),
    "output-padding-is-not-zero": ("20.", 1, 2),
    "checkerboard": ("21.", 5, 11),
    "no-checkerboard": ("21.", 5, 12),
}


def case(slug: str) -> Case[ConvTranspose2d]:
    state = PRESETS[slug].state
    found = operands(state)
    return Case(state.layer(), found[INPUT], found[KERNEL], found.get(BIAS))


@pytest.mark.parametrize("slug", PRESETS)
def test_the_output_is_pytorchs(slug: str) -> None:
    np.testing.assert_array_equal(record(*case(slug).arguments).output, torch_transposed(case(slug)))


@pytest.mark.parametrize(("slug", "numbers"), PUBLISHED.items())
def test_a_published_output_is_ours(slug: str, numbers: list[list[int]]) -> None:
    assert record(*case(slug).arguments).output.tolist() == [numbers]


@pytest.mark.parametrize(("slug", "sizes"), GUIDE.items())
def test_a_case_of_the_guide_undoes_the_size_of_its_ordinary_layer(slug: str, sizes: tuple[int, ...]) -> None:
    i, k, s, p, d, o, a, own_padding, inserted = sizes
    state = PRESETS[f"guide-{slug}"].state
    layer = state.layer()
    assert PRESETS[f"guide-{slug}"].title.startswith("Guide: ")
    assert (state.height, state.width) == (o, o)
    assert layer.output_size(o, o) == (i, i)
    assert torch.nn.Conv2d(1, 1, k, s, p, d)(torch.zeros(1, 1, i, i)).shape[2:] == (o, o)
    assert (layer.kernel, layer.strides, layer.padding, layer.dilations) == ((k, k), (s, s), (p, p), (d, d))
    assert layer.output_padding == (a, a)
    assert layer.equivalent(o, o).padding == ((own_padding, own_padding + a),) * 2
    assert layer.axes(o, o)[0].inserted == inserted


@pytest.mark.parametrize(("slug", "sizes"), LESSON.items())
def test_a_case_of_the_lesson_has_its_number_and_its_sizes(slug: str, sizes: tuple[str, int, int]) -> None:
    number, before, after = sizes
    output = record(*case(slug).arguments).output
    assert PRESETS[slug].title.startswith(number)
    assert (case(slug).x.shape[1:], output.shape[1:]) == ((before, before), (after, after))


def test_case_17_is_the_transpose_of_a_4_by_16_matrix() -> None:
    layer, weight = case("round-trip").layer, case("round-trip").weight
    ours, theirs = as_matrix(layer, weight, 2, 2).dense, as_matrix(Conv2d(1, 1, 3), weight, 4, 4).dense
    assert theirs.shape == (4, 16)
    np.testing.assert_array_equal(ours, theirs.T)


def test_case_18_stands_for_the_layer_from_32_to_64() -> None:
    preset = PRESETS["upsampling"]
    state = replace(preset.state, **preset.full)
    layer = state.make_layer()
    assert layer == ConvTranspose2d(3, 3, (4, 4), (2, 2), (1, 1), (0, 0), bias=False, dilation=(1, 1))
    assert layer.output_size(32, 32) == (64, 64)
    assert layer.forward_conv.output_size(64, 64) == (32, 32)
    counted = cost(layer, 32, 32)
    assert (counted.weights, counted.macs, counted.valid_macs) == (144, 147_456, 142_884)


@pytest.mark.parametrize(("slug", "own"), [("valid", 2), ("same", 1), ("full", 0)])
def test_case_19_changes_full_and_valid_and_leaves_same(slug: str, own: int) -> None:
    layer = case(slug).layer
    k, (p, _) = 3, layer.padding
    assert p == {"valid": 0, "same": (k - 1) // 2, "full": k - 1}[slug]
    assert layer.equivalent(5, 5).padding == ((own, own), (own, own))


@pytest.mark.parametrize(
    ("slug", "line"),
    [("checkerboard", [1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1]), ("no-checkerboard", [1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1])],
)
def test_case_21_counts_its_stamps(slug: str, line: list[int]) -> None:
    output = record(*case(slug).arguments).output[0]
    assert output[0].tolist() == output[:, 0].tolist() == line
    np.testing.assert_array_equal(output, np.outer(line, line))


@pytest.mark.parametrize(("slug", "groups"), [("channels", 1), ("groups", 2)])
def test_several_channels_are_there_with_and_without_groups(slug: str, groups: int) -> None:
    layer = case(slug).layer
    assert layer.groups == groups
    assert min(layer.in_channels, layer.out_channels) > 1


SMALL = TransposedState("simplest", 4, 5)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"output_padding_height": 1},
            "output_padding is (1, 0), but for its rows it must be less than the larger of the stride",
        ),
        ({"groups": 2}, "groups is 2, but it must divide in_channels, which is 1"),
        ({"checkerboard_stride": 5}, "checkerboard_stride is 5, but this page shows 1 to 4: use 4."),
        (
            {"height": 32, "stride_height": 5},
            "stride_height is 5, but it makes 158 rows, and this page shows up to 128: use 4.",
        ),
        (
            {"width": 32, "stride_width": 8, "output_padding_width": 5},
            "stride_width is 8, but it makes 256 columns, and this page shows up to 128: "
            "use 3 with output_padding_width 2.",
        ),
        (
            {"view": TransposedView.MATRIX, "height": 16},
            "view is matrix, but this layer's is 126 × 80, and this page shows up to 160 each way",
        ),
    ],
)
def test_what_the_page_cannot_show_is_said_in_a_sentence(change: dict[str, Any], sentence: str) -> None:
    state = replace(SMALL, **change)
    if "view" in change:
        assert state.layer()  # 126 rows are shown, twice as many are not
        state, sentence = replace(state, out_channels=2), sentence.replace("126 × 80", "252 × 80")
    with pytest.raises(LayerError) as caught:
        state.layer()
    assert str(caught.value).startswith(sentence)


numbers = st.fixed_dictionaries(
    {name: st.integers(1, 32) for name in ("height", "width")}
    | {f"{name}_{axis}": st.integers(1, 7) for name in ("kernel", "stride", "dilation") for axis in ("height", "width")}
    | {"output_padding_height": st.integers(0, 6), "output_padding_width": st.integers(0, 6)}
)


@given(numbers)
def test_what_a_refusal_of_a_large_output_suggests_will_do(chosen: dict[str, int]) -> None:
    state = TransposedState("simplest", **chosen)
    for _ in range(3):  # the rows, the columns, and a look at what came of both
        try:
            layer = state.layer()
        except LayerError as error:
            assume(error.parameter.startswith("stride_"))
            state = replace(state, **{change.parameter: change.value for change in error.choices[0].changes})
    assert max(axis.uncropped for axis in layer.axes(state.height, state.width)) <= LARGEST_UNCROPPED


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 3))
def test_a_matrix_view_shows_what_it_has_room_for(height: int, width: int, channels: int) -> None:
    state = TransposedState("simplest", height, width, channels, view=TransposedView.MATRIX)
    size = (height + 2) * (width + 2), channels * height * width
    if max(size) <= LARGEST_MATRIX:
        state.layer()
    else:
        with pytest.raises(LayerError, match="view is matrix"):
            state.layer()


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"view": TransposedView.STAMP}, True),
        ({"checkerboard_kernel": 5, "checkerboard_stride": 3}, True),
        ({"wanted_height": 200, "wanted_kernel": 4}, True),
        ({"stride_height": 2}, False),
        ({"seed": 9}, False),
    ],
)
def test_a_layer_is_the_same_however_it_is_looked_at(change: dict[str, Any], is_same: bool) -> None:
    assert replace(SMALL, **change).is_layer_of(SMALL) is is_same


def test_the_page_opens_with_a_stamp_that_is_not_all_zeros() -> None:
    opening, *_ = PRESETS.values()
    x, kernel = (np.array(opening.values[name]) for name in ("input", "kernel"))
    assert x[0, 0, 0] != 0
    assert np.all(kernel)


@pytest.mark.parametrize("view", TransposedView)
def test_the_view_of_zeros_opens_with_a_window_that_slides(view: TransposedView) -> None:
    _, stage = play(replace(SMALL, view=view))
    assert stage.opening == ("output" if view is TransposedView.ZERO_INSERTED else None)
