"""The presets are the published cases, with the published numbers."""

import re

import numpy as np
import pytest
import torch

from engine import LayerError, record
from kinds.registry import PRESETS as ALL_PRESETS
from kinds.standard.state import StandardState
from sharing.presets import find_preset
from sharing.roles import BIAS, INPUT, KERNEL
from sharing.values import operands
from tests.engine.strategies import Case, torch_output, torch_padded
from tests.exports.examples import IMPOSSIBLE

PRESETS = ALL_PRESETS["standard"]

# "A guide to convolution arithmetic" (arXiv 1603.07285): input i, kernel k, stride s, padding p, dilation d, output o.
GUIDE = {
    "no-padding-unit-strides": (4, 3, 1, 0, 1, 2),
    "arbitrary-padding": (5, 4, 1, 2, 1, 6),
    "half-padding": (5, 3, 1, 1, 1, 5),
    "full-padding": (5, 3, 1, 2, 1, 7),
    "no-padding-strides": (5, 3, 2, 0, 1, 2),
    "padding-strides": (5, 3, 2, 1, 1, 3),
    "padding-strides-odd": (6, 3, 2, 1, 1, 3),
    "dilation": (7, 3, 1, 0, 2, 3),
}
LESSON = [
    "simplest",
    "same",
    "same-with-stride",
    "same-upper",
    "missing-axis",
    "channels",
    "cross-correlation",
    "uneven-stride",
    "even-kernel",
    "floor",
    "one-deep-filter",
    *(f"padding-{mode}" for mode in ("zeros", "reflect", "replicate", "circular", "symmetric", "constant")),
]
MATRICES = ["windows-as-columns", "sparse-matrix"]
FLIPPED = ["true-convolution"]
POSSIBLE = [slug for slug in [*LESSON, *GUIDE] if slug not in IMPOSSIBLE]
PUBLISHED = {
    "simplest": [[16, 11, 16], [25, 20, 10], [9, 9, 10]],
    "same": [[16, 11, 16, 15], [25, 20, 10, 13], [9, 9, 10, 12], [1, 0, 2, 4]],
    "cross-correlation": [[19, 25], [37, 43]],
    "uneven-stride": [[0, 8], [6, 8]],
    # Of 9 cells a window in a corner has 4 of the input, and one at an edge 6.
    "padding-constant": [[5, 3, 3, 5], [3, 0, 0, 3], [3, 0, 0, 3], [5, 3, 3, 5]],
}


def case(slug: str) -> Case:
    state = PRESETS[slug].state
    found = operands(state)
    return Case(state.layer(), found[INPUT], found[KERNEL], found.get(BIAS))


def output(slug: str) -> np.ndarray:
    return record(*case(slug).arguments).output


def test_the_presets_are_the_lessons_and_the_guides_in_order() -> None:
    assert list(PRESETS) == [*LESSON, *GUIDE, *MATRICES, *FLIPPED]


@pytest.mark.parametrize("slug", PRESETS)
def test_a_preset_has_a_title_of_one_line(slug: str) -> None:
    assert re.fullmatch(r"(\d+\. |Guide: |im2col: )\S.*", PRESETS[slug].title)


@pytest.mark.parametrize("slug", PRESETS)
def test_a_preset_says_in_one_or_two_sentences_what_to_look_for(slug: str) -> None:
    text = PRESETS[slug].look_for.strip()
    assert text[-1] == "."
    assert len(re.findall(r"[.?!](?= [A-Z]|$)", text)) in (1, 2)
    assert "\n" not in text


def test_titles_are_all_different() -> None:
    assert len({preset.title for preset in PRESETS.values()}) == len(PRESETS)


@pytest.mark.parametrize("slug", PRESETS)
def test_a_preset_is_found_by_the_slug_of_its_state(slug: str) -> None:
    assert find_preset(PRESETS[slug].state) is PRESETS[slug]


@pytest.mark.parametrize(("slug", "sizes"), GUIDE.items())
def test_a_case_of_the_guide_has_its_sizes(slug: str, sizes: tuple[int, ...]) -> None:
    i, k, s, p, d, o = sizes
    layer, state = PRESETS[slug].state.layer(), PRESETS[slug].state
    assert (state.height, state.width) == (i, i)
    assert (layer.kernel, layer.strides, layer.dilations) == ((k, k), (s, s), (d, d))
    assert layer.padding_amounts(i, i) == ((p, p), (p, p))
    assert layer.output_size(i, i) == (o, o)


@pytest.mark.parametrize(("slug", "numbers"), PUBLISHED.items())
def test_a_published_output_is_ours(slug: str, numbers: list[list[int]]) -> None:
    assert output(slug).tolist() == [numbers]


@pytest.mark.parametrize("slug", POSSIBLE)
def test_the_output_is_pytorchs(slug: str) -> None:
    np.testing.assert_array_equal(output(slug), torch_output(case(slug)))


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular", "symmetric"])
def test_a_padding_mode_has_pytorchs_padding_and_shows_the_input_again(mode: str) -> None:
    preset = case(f"padding-{mode}")
    sixteen = np.arange(1, 17).reshape(1, 4, 4)
    np.testing.assert_array_equal(preset.x, sixteen)
    np.testing.assert_array_equal(record(*preset.arguments).padded, torch_padded(preset))
    np.testing.assert_array_equal(output(f"padding-{mode}"), sixteen)


@pytest.mark.parametrize(
    ("mode", "corner"),
    [("zeros", 0), ("reflect", 6), ("replicate", 1), ("circular", 16), ("symmetric", 6), ("constant", 1)],
)
def test_beyond_the_corner_stands_what_the_sentence_says(mode: str, corner: int) -> None:
    assert record(*case(f"padding-{mode}").arguments).padded[0, 0, 0] == corner


@pytest.mark.parametrize(
    ("slug", "shapes"),
    [
        ("channels", ((3, 4, 4), (2, 3, 2, 2), (2, 3, 3))),
        ("one-deep-filter", ((3, 12, 12), (1, 3, 5, 5), (1, 8, 8))),
        ("even-kernel", ((1, 5, 5), (1, 1, 4, 4), (1, 5, 5))),
        ("floor", ((1, 5, 5), (1, 1, 2, 2), (1, 3, 3))),
    ],
)
def test_a_lessons_shapes_are_as_published(slug: str, shapes: tuple[tuple[int, ...], ...]) -> None:
    trace = record(*case(slug).arguments)
    assert (trace.input.shape, trace.weight.shape, trace.output.shape) == shapes


def test_three_channels_and_two_filters_have_a_bias() -> None:
    assert record(*case("channels").arguments).bias.shape == (2,)


def test_an_even_kernel_puts_the_extra_padding_at_the_bottom_and_right() -> None:
    assert PRESETS["even-kernel"].state.layer().padding_amounts(5, 5) == ((1, 2), (1, 2))


def test_the_floor_leaves_the_last_row_and_column_unread() -> None:
    rows, columns = record(*case("floor").arguments).axes
    assert (rows.unused_cells, columns.unused_cells) == ((6,), (6,))


def test_same_with_a_stride_is_refused_for_pytorchs_reason() -> None:
    with pytest.raises(ValueError, match="padding='same' is not supported for strided convolutions"):
        torch.nn.Conv2d(1, 1, 2, stride=2, padding="same")
    with pytest.raises(LayerError, match="padding='same' is not supported for strided convolutions"):
        case("same-with-stride")


def test_a_missing_axis_is_named() -> None:
    with pytest.raises(LayerError, match="the channel axis is missing"):
        output("missing-axis")


@pytest.mark.parametrize("slug", PRESETS)
def test_a_presets_values_have_the_size_its_state_says(slug: str) -> None:
    preset = PRESETS[slug]
    state: StandardState = preset.state
    if "input" in preset.values:
        assert np.shape(preset.values["input"])[-2:] == (state.height, state.width)
    if "kernel" in preset.values:
        assert np.shape(preset.values["kernel"]) == (
            state.out_channels,
            state.in_channels,
            state.kernel_height,
            state.kernel_width,
        )
