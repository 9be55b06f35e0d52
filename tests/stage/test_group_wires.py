"""The lines of groups lead from a group's sums to its own maps, and through nothing that stands on the stage."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from stage.channels import LayerSizes, arrange
from stage.scene import GridRole, PlacedGrid, Point, Scene
from tests.draws import examples
from tests.stage.strategies import all_sizes

Box = tuple[float, float, float, float]

CLEAR = 0.1
"""Cells between a line and what it passes, and between the lines of two groups."""


def grouped_sizes() -> st.SearchStrategy[LayerSizes]:
    """Draw a layer of several groups."""
    return all_sizes(16).filter(lambda sizes: sizes.groups > 1)


def segments(scene: Scene) -> Iterator[tuple[int, Box]]:
    """Every straight part of the lines: its group, and its ends from left to right or from top to bottom."""
    for wire in scene.wires:
        for line in wire.lines:
            for (x, y), (to_x, to_y) in pairwise(line):
                yield wire.group, (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def meet(one: Box, other: Box, apart: float) -> bool:
    """Whether two boxes come closer than so far apart."""
    across = one[0] < other[2] + apart and other[0] < one[2] + apart
    return across and one[1] < other[3] + apart and other[1] < one[3] + apart


def occupied(scene: Scene) -> Iterator[Box]:
    """The room of every label and every operator, and the inside of every grid, whose edges lines begin and end at."""
    beside = 0.35 if scene.label_rows <= 1 else 0.75  # how far a label reaches beyond a grid of one cell
    for grid in scene.grids:
        yield grid.x + CLEAR, grid.y + CLEAR, grid.x + grid.columns - CLEAR, grid.y + grid.rows - CLEAR
        yield grid.x - beside, grid.y - scene.label_rows, grid.x + grid.columns + beside, grid.y
    for sign in scene.signs:
        yield sign.x - 0.3, sign.y - 0.3, sign.x + 0.3, sign.y + 0.3


def is_at_edge(point: Point, grid: PlacedGrid) -> bool:
    across, down = point[0] - grid.x, point[1] - grid.y
    is_inside = 0 <= across <= grid.columns and 0 <= down <= grid.rows
    return is_inside and (across in (0, grid.columns) or down in (0, grid.rows))


@given(grouped_sizes())
@settings(max_examples=examples(12))
def test_lines_lead_from_every_sum_of_a_group_to_each_of_its_maps(sizes: LayerSizes) -> None:
    for scene in arrange(sizes):
        assert [wire.group for wire in scene.wires] == list(range(sizes.groups))
        for wire in scene.wires:
            starts, ends = [line[0] for line in wire.lines], [line[-1] for line in wire.lines]
            for grid in scene.grids:
                count = sizes.in_channels if grid.role is GridRole.PARTIAL else sizes.out_channels
                is_own = grid.channel * sizes.groups // count == wire.group
                if grid.role is GridRole.PARTIAL:
                    assert any(is_at_edge(start, grid) for start in starts) == is_own
                elif grid.role is GridRole.OUTPUT:
                    assert any(is_at_edge(end, grid) for end in ends) == is_own


@given(grouped_sizes())
@settings(max_examples=examples(12))
def test_no_line_passes_a_grid_a_label_or_an_operator_or_leaves_the_stage(sizes: LayerSizes) -> None:
    for scene in arrange(sizes):
        boxes = list(occupied(scene))
        for group, segment in segments(scene):
            assert not [box for box in boxes if meet(segment, box, 0.0)], (group, segment)
            assert 0 <= segment[0] <= segment[2] <= scene.width
            assert 0 <= segment[1] <= segment[3] <= scene.height


@given(grouped_sizes())
@settings(max_examples=examples(12))
def test_no_line_lies_on_that_of_another_group(sizes: LayerSizes) -> None:
    for scene in arrange(sizes):
        for (group, one), (other_group, other) in combinations(set(segments(scene)), 2):
            is_level = [segment[1] == segment[3] for segment in (one, other)]
            if group != other_group and is_level[0] == is_level[1]:
                assert not meet(one, other, CLEAR), (group, one, other_group, other)


@given(all_sizes().filter(lambda sizes: sizes.groups == 1))
@settings(max_examples=examples(3))
def test_a_layer_of_one_group_has_no_lines(sizes: LayerSizes) -> None:
    assert not any(scene.wires for scene in arrange(sizes))
