"""Grids stand apart, inside the scene, and are the same ones in every arrangement."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from engine import record
from sharing.presets import PRESETS
from sharing.values import operands
from stage.act import convolution_act
from stage.channels import Parts, arrange
from stage.payload import parts as parts_of
from stage.scene import LABEL_PIXELS, SCREENS, Grid, Role, Scene, Sign
from tests.stage.strategies import all_parts

Box = tuple[float, float, float, float]


def box(grid: Grid) -> Box:
    return grid.x, grid.y, grid.x + grid.columns, grid.y + grid.rows


def label_box(grid: Grid, scene: Scene) -> Box:
    """The strip over a grid that is as wide as the grid and as high as a label."""
    return grid.x, grid.y - scene.label_rows, grid.x + grid.columns, grid.y


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def is_inside(inner: Box, scene: Scene) -> bool:
    return inner[0] >= 0 and inner[1] >= 0 and inner[2] <= scene.width and inner[3] <= scene.height


def cell_pixels(scene: Scene, screen: tuple[int, int]) -> float:
    return min(screen[0] / scene.width, screen[1] / scene.height)


@given(all_parts())
@settings(max_examples=40)
def test_grids_never_overlap(parts: Parts) -> None:
    for scene in arrange(parts):
        for one, other in combinations(scene.grids, 2):
            assert not overlap(box(one), box(other)), (one, other)


@given(all_parts())
@settings(max_examples=40)
def test_grids_side_by_side_have_a_column_between_them(parts: Parts) -> None:
    for scene in arrange(parts):
        for one, other in combinations(scene.grids, 2):
            left, right = sorted((box(one), box(other)))
            assert not overlap((*left[:2], left[2] + 1, left[3]), right), (one, other)


@given(all_parts())
@settings(max_examples=40)
def test_grids_are_inside_the_scene(parts: Parts) -> None:
    for scene in arrange(parts):
        for grid in scene.grids:
            assert is_inside(box(grid), scene), grid


@given(all_parts())
@settings(max_examples=40)
def test_the_label_over_a_grid_is_inside_the_scene_and_over_no_other_grid(parts: Parts) -> None:
    for scene in arrange(parts):
        for grid in scene.grids:
            label = label_box(grid, scene)
            assert is_inside(label, scene), grid
            assert not [other for other in scene.grids if overlap(label, box(other))], grid


@given(all_parts())
@settings(max_examples=40)
def test_every_arrangement_holds_the_same_grids_in_the_same_order(parts: Parts) -> None:
    first, *others = (
        [(grid.role, grid.channel, grid.rows, grid.columns, grid.label) for grid in scene.grids]
        for scene in arrange(parts)
    )
    for other in others:
        assert other == first


@given(all_parts())
@settings(max_examples=40)
def test_there_is_one_grid_for_each_thing_to_show_at_one_unit_a_cell(parts: Parts) -> None:
    inputs, outputs = range(parts.in_channels), range(parts.out_channels)
    expected = (
        [(Role.INPUT, channel, *parts.padded) for channel in inputs]
        + [(role, channel, *parts.kernel) for role in (Role.KERNEL, Role.PRODUCTS) for channel in inputs]
        + [(Role.PARTIAL, channel, 1, 1) for channel in inputs]
        + [(Role.SUM, 0, 1, 1)] * (parts.in_channels > 1)
        + [(Role.BIAS, 0, 1, 1)] * parts.bias
        + [(Role.OUTPUT, channel, *parts.output) for channel in outputs]
    )
    for scene in arrange(parts):
        assert sorted((grid.role, grid.channel, grid.rows, grid.columns) for grid in scene.grids) == sorted(expected)


@given(all_parts())
@settings(max_examples=40)
def test_signs_stand_between_grids_and_inside_the_scene(parts: Parts) -> None:
    def is_on(sign: Sign, one: Box) -> bool:
        return one[0] <= sign.x <= one[2] and one[1] <= sign.y <= one[3]

    for scene in arrange(parts):
        for sign in scene.signs:
            assert is_on(sign, (0, 0, scene.width, scene.height)), sign
            assert not [grid for grid in scene.grids if is_on(sign, box(grid))], sign


@given(all_parts())
@settings(max_examples=40)
def test_grids_stand_on_whole_columns_and_half_rows(parts: Parts) -> None:
    for scene in arrange(parts):
        for grid in scene.grids:
            assert float(grid.x).is_integer()
            assert (grid.y * 2).is_integer()


@given(all_parts())
@settings(max_examples=40)
def test_between_one_and_as_many_arrangements_as_screens(parts: Parts) -> None:
    scenes = arrange(parts)
    assert 1 <= len(scenes) <= len(SCREENS)
    assert len(set(scenes)) == len(scenes)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_opens_with_cells_that_carry_numbers(screen: tuple[int, int]) -> None:
    state = PRESETS["standard"]["simplest"].state
    scenes = arrange(parts_of(convolution_act(record(state.layer(), *operands(state).values()))))
    assert max(cell_pixels(scene, screen) for scene in scenes) >= 18


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("channels", [1, 3, 8])
def test_an_arrangement_has_labels_tall_enough_to_read_on_each_screen(screen: tuple[int, int], channels: int) -> None:
    parts = Parts((8, 8), (3, 3), (6, 6), in_channels=channels, out_channels=channels, bias=True)
    assert any(cell_pixels(scene, screen) * scene.label_rows >= LABEL_PIXELS for scene in arrange(parts))


def test_a_label_names_the_channel_where_there_are_several() -> None:
    parts = Parts((4, 4), (2, 2), (3, 3), in_channels=2, out_channels=2, bias=False)
    labels = [grid.label for grid in arrange(parts)[0].grids if grid.role in (Role.INPUT, Role.OUTPUT)]
    assert labels == ["input 0", "input 1", "output 0", "output 1"]
