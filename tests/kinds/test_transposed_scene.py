"""What is where when a transposed layer is shown, and what the lines of text under it say."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import ConvTranspose2d, TransposedTrace, record
from kinds.registry import PRESETS
from kinds.transposed.captions import captions
from kinds.transposed.play import transposed_sizes, transposed_stage
from kinds.transposed.scene import TransposedSizes, arrange_transposed
from kinds.transposed.state import SINGLE_VIEWS, TransposedView
from sharing.values import operands
from stage.scene import LABEL_PIXELS, SCREENS, Caption, GridRole, Scene
from tests.draws import examples
from tests.stage.strategies import drawn_transposed_sizes
from tests.stage.test_scene import Box, box, cell_pixels, is_inside, overlap

GRIDS = {
    TransposedView.STAMP: [GridRole.INPUT, GridRole.KERNEL, GridRole.PRODUCTS, GridRole.UNCROPPED],
    TransposedView.ZERO_INSERTED: [GridRole.ZERO_INSERTED, GridRole.FLIPPED_KERNEL, GridRole.OUTPUT],
    TransposedView.MATRIX: [GridRole.MATRIX, GridRole.FLAT_INPUT, GridRole.FLAT_OUTPUT],
}
# What a view has besides where it stands alone.
ALONE = {
    TransposedView.STAMP: [],
    TransposedView.ZERO_INSERTED: [GridRole.FLIPPED_PRODUCTS],
    TransposedView.MATRIX: [GridRole.INPUT, GridRole.KERNEL, GridRole.OUTPUT],
}


def line_box(caption: Caption, scene: Scene) -> Box:
    return caption.x, caption.y, caption.x + caption.width, caption.y + scene.label_rows


def trace(size: int = 3, **arguments: Any) -> TransposedTrace:
    layer = ConvTranspose2d(**{"in_channels": 1, "out_channels": 1, "kernel_size": 3, "bias": False} | arguments)
    x = np.ones((layer.in_channels, size, size))
    return record(layer, x, np.ones(layer.weight_shape), np.zeros(layer.out_channels) if layer.bias else None)


@given(drawn_transposed_sizes())
@settings(max_examples=examples(5))
def test_each_view_has_its_grids(wanted: TransposedSizes) -> None:
    expected = [role for view in wanted.views for role in GRIDS[view]]
    expected += [role for view in wanted.views for role in ALONE[view] if len(wanted.views) == 1]
    expected += [GridRole.BIAS] * (wanted.bias and len(wanted.views))
    per_input = {
        GridRole.INPUT,
        GridRole.KERNEL,
        GridRole.PRODUCTS,
        GridRole.ZERO_INSERTED,
        GridRole.FLIPPED_KERNEL,
        GridRole.FLIPPED_PRODUCTS,
    }
    counts = dict.fromkeys(per_input, wanted.in_channels) | dict.fromkeys(
        (GridRole.UNCROPPED, GridRole.OUTPUT, GridRole.FILTER), wanted.out_channels
    )
    expected += [GridRole.FILTER] * (wanted.out_channels > wanted.groups)
    for scene in arrange_transposed(wanted):
        found = [(grid.role, grid.channel) for grid in scene.grids]
        assert sorted(found) == sorted((role, channel) for role in expected for channel in range(counts.get(role, 1)))


@given(drawn_transposed_sizes())
@settings(max_examples=examples(5))
def test_captions_are_inside_the_scene_and_over_nothing(wanted: TransposedSizes) -> None:
    for scene in arrange_transposed(wanted):
        labels = [(*box(grid)[:1], grid.y - scene.label_rows, *box(grid)[2:]) for grid in scene.grids]
        boxes = [line_box(caption, scene) for caption in scene.captions]
        for caption in boxes:
            assert is_inside(caption, scene)
            assert not [grid for grid in labels if overlap(caption, grid)]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]


@given(drawn_transposed_sizes())
@settings(max_examples=examples(5))
def test_all_that_captions_say_is_there_in_order(wanted: TransposedSizes) -> None:
    said = [word for texts in wanted.captions for _, text in texts for word in text.split()]
    for scene in arrange_transposed(wanted):
        words = [word for caption in scene.captions if caption.mark != "title" for word in caption.text.split()]
        assert sorted(words) == sorted(said) if TransposedView.MATRIX not in wanted.views else set(words) <= set(said)


@pytest.mark.parametrize("slug", PRESETS["transposed"])
def test_labels_of_a_preset_are_tall_enough_to_read(slug: str) -> None:
    state = PRESETS["transposed"][slug].state
    recorded = record(state.layer(), *operands(state).values())
    for views in (
        (TransposedView.STAMP,),
        (TransposedView.ZERO_INSERTED,),
        (TransposedView.STAMP, TransposedView.ZERO_INSERTED),
    ):
        scenes = arrange_transposed(transposed_sizes(recorded, views))
        for screen in SCREENS:
            assert any(cell_pixels(scene, screen) * scene.label_rows >= LABEL_PIXELS for scene in scenes)


PADDING = "padding p′ = {}, the equivalent convolution's"


@pytest.mark.parametrize(
    ("arguments", "stamp", "zeros"),
    [
        ({}, [], [("padding", PADDING.format("k − p − 1 = 2"))]),
        (
            {"stride": 2, "padding": 1, "output_padding": 1},
            [("cropped", "cropped by padding p = 1, this layer's own"), ("regained", "added by output_padding = 1")],
            [
                ("inserted", "zeros inserted: s − 1 = 1 between two inputs"),
                ("padding", PADDING.format("k − p − 1 = 1")),
                ("extra", "a = 1 more at the bottom and right: output_padding"),
            ],
        ),
        (
            {"padding": 2},
            [("cropped", "cropped by padding p = 2, this layer's own")],
            [("", PADDING.format("k − p − 1 = 0"))],
        ),
        ({"dilation": 2}, [], [("padding", PADDING.format("d(k − 1) − p = 4"))]),
        (
            {"stride": (2, 1), "padding": (0, 1)},
            [("cropped", "cropped by padding p = (0, 1), this layer's own")],
            [
                ("inserted", "zeros inserted: s − 1 = (1, 0) between two inputs"),
                ("padding", PADDING.format("k − p − 1 = (2, 1)")),
            ],
        ),
        (
            {"stride": 2, "padding": "same_upper"},
            [("cropped", "cropped by padding, this layer's own: bottom 1, right 1")],
            [
                ("inserted", "zeros inserted: s − 1 = 1 between two inputs"),
                ("padding", "padding p′ = k − p − 1, the equivalent convolution's: top 2, bottom 1, left 2, right 1"),
            ],
        ),
        (
            {"kernel_size": 1, "stride": 2, "padding": "same_lower"},
            [("regained", "1 added at the end, where no stamp reaches, to make input·stride")],
            [
                ("inserted", "zeros inserted: s − 1 = 1 between two inputs"),
                ("", PADDING.format("k − p − 1 = 0")),
                ("extra", "a = 1 more at the bottom and right, to make input·stride"),
            ],
        ),
        (
            {"kernel_size": 2, "padding": ((2, 0), (0, 1)), "dilation": (1, 2)},
            [("cropped", "cropped by padding, this layer's own: top 2, right 1")],
            [
                (
                    "padding",
                    "padding p′ = d(k − 1) − p, which crops where it is below 0: top −1, bottom 1, left 2, right 1",
                )
            ],
        ),
        (
            {"kernel_size": 1, "padding": 1},
            [("cropped", "cropped by padding p = 1, this layer's own")],
            [("", PADDING.format("k − p − 1 = −1, below 0: it crops"))],
        ),
    ],
)
def test_captions_say_whose_padding_is_whose(
    arguments: dict[str, Any], stamp: list[tuple[str, str]], zeros: list[tuple[str, str]]
) -> None:
    recorded = trace(**arguments)
    assert list(captions(recorded, TransposedView.STAMP)) == stamp
    assert list(captions(recorded, TransposedView.ZERO_INSERTED)) == zeros
    assert captions(recorded, TransposedView.MATRIX) == ()


@pytest.mark.parametrize(("size", "is_there"), [(2, True), (5, False)])
def test_a_matrix_too_large_to_stand_beside_others_is_named_instead(size: int, is_there: bool) -> None:
    stage = transposed_stage(trace(size))
    assert (GridRole.MATRIX in {grid.role for grid in stage.grids}) is is_there
    texts = " ".join(caption.text for caption in stage.arrangements[0].captions)
    assert ("Its matrix, 49 × 25, is too large to stand here" in texts) is not is_there
    assert GridRole.MATRIX in {grid.role for grid in transposed_stage(trace(size), (TransposedView.MATRIX,)).grids}


def test_views_beside_each_other_have_their_titles() -> None:
    for arrangement in transposed_stage(trace(2)).arrangements:
        titles = [caption.text for caption in arrangement.captions if caption.mark == "title"]
        assert titles == ["Stamps", "Zeros inserted", "Matrix"]


def test_the_largest_layer_of_the_page_is_arranged() -> None:
    wanted = transposed_sizes(trace(4, in_channels=8, out_channels=8, bias=True), SINGLE_VIEWS[:2])
    scenes = arrange_transposed(replace(wanted, groups=8))
    assert {grid.group for grid in scenes[0].grids if grid.role is GridRole.UNCROPPED} == set(range(8))
