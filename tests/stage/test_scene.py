"""Grids stand apart, inside the scene, and are the same ones in every arrangement."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings

from engine import record
from kinds.grouped.side_by_side import arrange_side_by_side
from kinds.registry import PRESETS
from kinds.separable.scene import arrange_separable
from sharing.values import operands
from stage.channels import LayerSizes, arrange
from stage.matrix_scenes import arrange_im2col, arrange_matrix
from stage.model import Grid
from stage.scene import LABEL_PIXELS, SCREENS, GridRole, PlacedGrid, Scene, Sign, sliced_size
from stage.sequence_scene import OutputSteps, arrange_charted, arrange_sequence
from stage.stages import layer_sizes
from stage.windows_view import convolution_view
from tests.draws import examples
from tests.exports.examples import CASES, Case
from tests.stage.strategies import all_scenes, all_sizes, separable_sizes, sequence_sizes

Box = tuple[float, float, float, float]


def box(grid: PlacedGrid) -> Box:
    return grid.x, grid.y, grid.x + (grid.columns - 1) * grid.column_step + 1, grid.y + grid.rows


def label_box(grid: PlacedGrid, scene: Scene) -> Box:
    """The strip over a grid that is as wide as the grid and as high as a label."""
    left, top, right, _ = box(grid)
    return left, top - scene.label_rows, right, top


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def is_inside(inner: Box, scene: Scene) -> bool:
    return inner[0] >= 0 and inner[1] >= 0 and inner[2] <= scene.width and inner[3] <= scene.height


def cell_pixels(scene: Scene, screen: tuple[int, int]) -> float:
    return min(screen[0] / scene.width, screen[1] / scene.height)


@given(all_scenes())
@settings(max_examples=examples(8))
def test_grids_never_overlap(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for one, other in combinations(scene.grids, 2):
            assert not overlap(box(one), box(other)), (one, other)


@given(all_scenes())
@settings(max_examples=examples(8))
def test_grids_side_by_side_have_a_column_between_them(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for one, other in combinations(scene.grids, 2):
            left, right = sorted((box(one), box(other)))
            assert not overlap((*left[:2], left[2] + 1, left[3]), right), (one, other)


@given(all_scenes())
@settings(max_examples=examples(8))
def test_grids_are_inside_the_scene(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for grid in scene.grids:
            assert is_inside(box(grid), scene), grid


@given(all_scenes())
@settings(max_examples=examples(8))
def test_the_label_over_a_grid_is_inside_the_scene_and_over_no_other_grid(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for grid in scene.grids:
            label = label_box(grid, scene)
            assert is_inside(label, scene), grid
            assert not [other for other in scene.grids if overlap(label, box(other))], grid


@given(all_scenes())
@settings(max_examples=examples(8))
def test_every_arrangement_holds_the_same_grids_in_the_same_order(scenes: tuple[Scene, ...]) -> None:
    first, *others = (
        [(grid.role, grid.channel, grid.rows, grid.columns, grid.label) for grid in scene.grids] for scene in scenes
    )
    for other in others:
        assert other == first


@given(all_sizes())
@settings(max_examples=examples(5))
def test_there_is_one_grid_for_each_thing_to_show_at_one_unit_a_cell(sizes: LayerSizes) -> None:
    inputs, outputs = range(sizes.in_channels), range(sizes.out_channels)
    expected = (
        [(GridRole.INPUT, channel, *sizes.padded) for channel in inputs]
        + [(GridRole.KERNEL, channel, *sizes.kernel) for channel in inputs] * sizes.weighted
        + [(GridRole.PRODUCTS, channel, *sizes.kernel) for channel in inputs]
        + [(GridRole.PARTIAL, channel, 1, 1) for channel in inputs]
        + [(GridRole.SUM, 0, 1, 1)] * (sizes.in_channels > sizes.groups)
        + [(GridRole.BIAS, 0, 1, 1)] * sizes.bias
        + [(GridRole.OUTPUT, channel, *sizes.output) for channel in outputs]
        + [
            (GridRole.FILTER, filter_, sizes.kernel[0], sizes.kernel[1] * sizes.in_channels // sizes.groups)
            for filter_ in outputs
            if sizes.weighted and sizes.out_channels > sizes.groups
        ]
    )
    for scene in arrange(sizes):
        assert sorted((grid.role, grid.channel, grid.rows, grid.columns) for grid in scene.grids) == sorted(expected)


@given(all_scenes())
@settings(max_examples=examples(8))
def test_signs_stand_between_grids_and_inside_the_scene(scenes: tuple[Scene, ...]) -> None:
    def is_on(sign: Sign, one: Box) -> bool:
        return one[0] <= sign.x <= one[2] and one[1] <= sign.y <= one[3]

    for scene in scenes:
        for sign in scene.signs:
            assert is_on(sign, (0, 0, scene.width, scene.height)), sign
            assert not [grid for grid in scene.grids if is_on(sign, box(grid))], sign


@given(sequence_sizes())
@settings(max_examples=examples(25))
def test_the_chart_of_a_sequence_stands_under_all_its_grids_over_the_columns_of_its_input(
    both: tuple[LayerSizes, OutputSteps],
) -> None:
    for scene in arrange_charted(*both):
        chart = scene.chart
        assert chart is not None
        (left,) = {grid.x for grid in scene.grids if grid.role is GridRole.INPUT}
        assert (chart.x, chart.width) == (left, both[0].padded[1])
        assert chart.height >= 3
        assert chart.y + chart.height <= scene.height
        assert all(grid.y + grid.rows <= chart.y for grid in scene.grids if grid.role is GridRole.OUTPUT)
        assert is_inside((chart.x, chart.y, chart.x + chart.width, chart.y + chart.height), scene)


@given(sequence_sizes())
@settings(max_examples=examples(8))
def test_no_sign_of_a_sequence_stands_in_a_label(both: tuple[LayerSizes, OutputSteps]) -> None:
    """A label of a single cell is wider than that; its channels stand close over each other, the total beside one."""
    for scene in arrange_sequence(*both):
        for grid in scene.grids:
            left, top, right, bottom = label_box(grid, scene)
            wide = (left - 0.75, top, right + 0.75, bottom) if grid.columns == 1 else (left, top, right, bottom)
            assert not [sign for sign in scene.signs if overlap(wide, (sign.x, sign.y, sign.x, sign.y))], grid


@given(all_scenes())
@settings(max_examples=examples(8))
def test_an_arrow_to_maps_stands_before_the_first_of_them(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for sign in scene.signs:
            maps = [grid for grid in scene.grids if (grid.role, grid.layer) == (sign.before, sign.layer)]
            maps = [grid for grid in maps if sign.group in (None, grid.group)]
            assert bool(maps) == (sign.before is not None), sign
            if maps:
                assert sign.text == "→"
                # under a map between two layers there may be a wider kernel with its product
                assert maps[0].x - (2 if sign.before is not GridRole.MIDDLE else 5) < sign.x < maps[0].x


MULTIPLIED = (
    ((GridRole.INPUT, GridRole.MIDDLE), GridRole.KERNEL, GridRole.PRODUCTS),
    ((GridRole.ZERO_INSERTED,), GridRole.FLIPPED_KERNEL, GridRole.FLIPPED_PRODUCTS),
)
"""What is multiplied by what, and what comes of it."""


def expected_signs(scene: Scene) -> Iterator[tuple[PlacedGrid, str, PlacedGrid]]:
    """Grids of one channel that belong together, and the operator that has to stand between them."""
    roles = {grid.role for grid in scene.grids}
    for befores, middle, after in MULTIPLIED:
        if middle is GridRole.KERNEL and GridRole.MATRIX in roles and after not in roles:
            continue  # the kernel stands beside a matrix that its weights are in, and is not multiplied itself
        channels: dict[tuple[int, int], dict[GridRole, PlacedGrid]] = {}
        for grid in scene.grids:
            channels.setdefault((grid.layer, grid.channel), {})[grid.role] = grid
        for found in channels.values():
            before = next((found[role] for role in befores if role in found), None)
            if before is not None and middle in found:
                yield before, "×", found[middle]
                if after in roles:
                    yield found[middle], "=", found[after]
            elif before is not None and after in found:
                yield before, "→", found[after]


def leads(sign: Sign, before: PlacedGrid, after: PlacedGrid) -> bool:
    """Whether an operator stands close before a grid, level with it, and after the other one as one reads."""
    is_close = 0 < after.x - sign.x <= 1.5 and after.y < sign.y < after.y + after.rows
    is_over = before.y + before.rows < after.y
    return is_close and (is_over or before.x + before.columns < sign.x)


def check_signs(scene: Scene) -> None:
    for before, text, after in expected_signs(scene):
        found = [sign for sign in scene.signs if leads(sign, before, after)]
        assert [sign.text for sign in found] == [text], (before, text, after, found)
    for sign in scene.signs:
        around = sign.x - 0.3, sign.y - 0.3, sign.x + 0.3, sign.y + 0.3
        assert not [grid for grid in scene.grids if overlap(around, box(grid))], sign
        assert not [grid for grid in scene.grids if overlap(around, label_box(grid, scene))], sign


@given(all_scenes())
@settings(max_examples=examples(8))
def test_between_what_is_multiplied_and_what_comes_of_it_stands_its_operator(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        check_signs(scene)


def on_canvas(grid: Grid, across: int) -> tuple[int, int]:
    """Rows and columns of the canvas that a grid takes."""
    if grid.slices == 1:
        return grid.rows, grid.columns
    return sliced_size(grid.slices, across, grid.slice_rows, grid.columns)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_arrangement_of_every_preset_reads_input_times_kernel(case: Case) -> None:
    stage = case.play().stage
    for one in stage.arrangements:
        grids = tuple(
            PlacedGrid(grid.role, grid.channel, *on_canvas(grid, across), x, y, grid.label, layer=grid.layer)
            for grid, across, (x, y) in zip(stage.grids, one.across, one.positions, strict=True)
        )
        check_signs(Scene(one.width, one.height, one.label_rows, grids, one.signs))


@given(all_scenes())
@settings(max_examples=examples(8))
def test_grids_stand_on_whole_columns_and_half_rows(scenes: tuple[Scene, ...]) -> None:
    for scene in scenes:
        for grid in scene.grids:
            assert float(grid.x).is_integer()
            assert (grid.y * 2).is_integer()


@given(all_scenes())
@settings(max_examples=examples(8))
def test_between_one_and_as_many_arrangements_as_screens(scenes: tuple[Scene, ...]) -> None:
    assert 1 <= len(scenes) <= len(SCREENS)
    assert len(set(scenes)) == len(scenes)


@given(all_sizes())
@settings(max_examples=examples(5))
def test_apart_each_group_is_a_layer_of_its_own_with_its_channels(sizes: LayerSizes) -> None:
    for scene in arrange_side_by_side(sizes):
        for role, count in ((GridRole.INPUT, sizes.in_channels), (GridRole.OUTPUT, sizes.out_channels)):
            grids = [grid for grid in scene.grids if grid.role is role]
            assert [grid.channel for grid in grids] == list(range(count))
            assert [grid.group for grid in grids] == [channel * sizes.groups // count for channel in range(count)]


@given(all_sizes(16))
@settings(max_examples=examples(5))
def test_windows_as_columns_stand_over_the_outputs_they_make(sizes: LayerSizes) -> None:
    depth = sizes.in_channels * sizes.kernel[0] * sizes.kernel[1]
    positions = sizes.output[0] * sizes.output[1]
    for scene in arrange_im2col(sizes):
        found = {grid.role: grid for grid in scene.grids}
        weights, columns, maps = (found[role] for role in (GridRole.WEIGHTS, GridRole.COLUMNS, GridRole.MAPS))
        assert (weights.rows, weights.columns) == (sizes.out_channels, depth)
        assert (columns.rows, columns.columns) == (depth, positions)
        assert (maps.rows, maps.columns) == (sizes.out_channels, positions)
        assert (columns.x, weights.y) == (maps.x, maps.y)


@given(all_sizes(16))
@settings(max_examples=examples(5))
def test_a_row_of_the_matrix_stands_beside_its_output_and_a_column_under_its_input(sizes: LayerSizes) -> None:
    cells = sizes.in_channels * sizes.length[0] * sizes.length[1]
    for scene in arrange_matrix(sizes):
        found = {grid.role: grid for grid in scene.grids}
        x, matrix, y = (found[role] for role in (GridRole.FLAT_INPUT, GridRole.MATRIX, GridRole.FLAT_OUTPUT))
        assert (x.rows, x.columns) == (1, cells)
        assert (matrix.rows, matrix.columns) == (sizes.out_channels * sizes.output[0] * sizes.output[1], cells)
        assert (y.rows, y.columns) == (matrix.rows, 1)
        assert (x.x, y.y) == (matrix.x, matrix.y)


@given(separable_sizes())
@settings(max_examples=examples(5))
def test_the_maps_between_two_layers_are_there_once(both: tuple[LayerSizes, LayerSizes]) -> None:
    depthwise, pointwise = both
    for scene in arrange_separable(depthwise, pointwise):
        roles_of = [[grid.role for grid in scene.grids if grid.layer == layer] for layer in (0, 1)]
        assert roles_of[0].count(GridRole.INPUT) == roles_of[0].count(GridRole.KERNEL) == depthwise.in_channels
        assert roles_of[0].count(GridRole.OUTPUT) == roles_of[1].count(GridRole.INPUT) == 0
        assert roles_of[1].count(GridRole.MIDDLE) == roles_of[1].count(GridRole.KERNEL) == depthwise.out_channels
        assert roles_of[1].count(GridRole.OUTPUT) == pointwise.out_channels
        assert (roles_of[0].count(GridRole.BIAS), roles_of[1].count(GridRole.BIAS)) == (depthwise.bias, pointwise.bias)


def test_the_operator_of_a_total_stands_apart_from_the_layer_before() -> None:
    """On a phone the total stands beside a channel of the first layer, whose sum it must not seem to go on from."""
    depthwise = LayerSizes(
        padded=(4, 4), kernel=(2, 2), output=(3, 3), in_channels=3, out_channels=3, bias=False, groups=3
    )
    pointwise = LayerSizes(padded=(3, 3), kernel=(1, 1), output=(3, 3), in_channels=3, out_channels=2, bias=False)
    for scene in arrange_separable(depthwise, pointwise):
        (total,) = (grid for grid in scene.grids if grid.role is GridRole.SUM)
        (sign,) = (sign for sign in scene.signs if sign.y == total.y + 0.5 and 0 < total.x - sign.x < 2)
        around = sign.x - 1.0, sign.y - 1.5, sign.x, sign.y + 1.5
        assert not [grid for grid in scene.grids if grid.layer == 0 and overlap(around, box(grid))]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_opens_with_cells_that_carry_numbers(screen: tuple[int, int]) -> None:
    state = PRESETS["standard"]["simplest"].state
    scenes = arrange(layer_sizes(convolution_view(record(state.layer(), *operands(state).values()))))
    assert max(cell_pixels(scene, screen) for scene in scenes) >= 18


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("channels", [1, 3, 8])
def test_an_arrangement_has_labels_tall_enough_to_read_on_each_screen(screen: tuple[int, int], channels: int) -> None:
    sizes = LayerSizes(
        padded=(8, 8), kernel=(3, 3), output=(6, 6), in_channels=channels, out_channels=channels, bias=True
    )
    assert any(cell_pixels(scene, screen) * scene.label_rows >= LABEL_PIXELS for scene in arrange(sizes))


def test_a_label_names_the_channel_where_there_are_several() -> None:
    sizes = LayerSizes(padded=(4, 4), kernel=(2, 2), output=(3, 3), in_channels=2, out_channels=2, bias=False)
    labels = [grid.label for grid in arrange(sizes)[0].grids if grid.role in (GridRole.INPUT, GridRole.OUTPUT)]
    assert labels == ["input 0", "input 1", "output 0", "output 1"]


@given(all_sizes())
def test_each_screen_has_its_own_arrangement_whatever_screens_come_before_it(sizes: LayerSizes) -> None:
    alone = {arrange(sizes, (screen,))[0] for screen in SCREENS}
    assert {*arrange(sizes)} == {*arrange(sizes, SCREENS[::-1])} == alone
