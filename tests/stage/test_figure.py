"""The figure is one Plotly takes, and each heatmap stands where its grid does with the numbers PyTorch has for it."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from engine import Conv2d, Trace, record
from stage.figure import figure
from stage.model import Arrangement, Grid, Stage, largest
from stage.scene import GridRole
from stage.stages import windows_stage
from tests.draws import examples
from tests.engine.strategies import Case, as_pair, sides_of, torch_output
from tests.stage.strategies import stage_cases

LESSON = np.array([[[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]]])
CORNERS = np.array([[[[1, 0], [2, 1]]]])


def heatmaps(stage: Stage, arrangement: Arrangement) -> dict[str, dict[str, Any]]:
    return {heatmap["name"]: heatmap for heatmap in figure(stage, arrangement)["data"]}


def places(stage: Stage, arrangement: Arrangement, role: GridRole) -> list[tuple[Grid, tuple[int, float]]]:
    """Return the grids of a role, and where an arrangement has each."""
    return [one for one in zip(stage.grids, arrangement.positions, strict=True) if one[0].role is role]


def left_top(heatmap: dict[str, Any]) -> tuple[float, float]:
    """The corner of a heatmap: x0 and y0 are the middle of its first cell."""
    return heatmap["x0"] - heatmap["dx"] / 2, heatmap["y0"] - heatmap["dy"] / 2


def same_padded() -> Trace:
    """Case 2 of the lesson: one row and one column of padding, at the bottom and the right."""
    return record(Conv2d(1, 1, 2, padding="same", bias=False), LESSON, CORNERS)


@given(stage_cases())
@settings(max_examples=examples(5))
def test_plotly_takes_the_figure_and_changes_nothing(case: Case) -> None:
    trace = record(*case.arguments)
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        ours = figure(stage, arrangement)
        theirs = go.Figure(ours)
        assert [type(one) for one in theirs.data] == [go.Heatmap] * len(ours["data"])
        assert [one.to_plotly_json()["name"] for one in theirs.data] == [one["name"] for one in ours["data"]]


@given(stage_cases())
@settings(max_examples=examples(5))
def test_an_output_heatmap_is_pytorchs_output_on_its_grid(case: Case) -> None:
    trace, expected = record(*case.arguments), torch_output(case)
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        drawn = heatmaps(stage, arrangement)
        grids = places(stage, arrangement, GridRole.OUTPUT)
        assert len(grids) == len(expected)
        for grid, position in grids:
            np.testing.assert_allclose(drawn[grid.label]["z"], expected[grid.channel], rtol=0, atol=1e-9)
            assert left_top(drawn[grid.label]) == position


@given(stage_cases())
@settings(max_examples=examples(5))
def test_an_input_heatmap_is_the_input_inside_its_padding(case: Case) -> None:
    layer, trace = case.layer, record(*case.arguments)
    (top, _), (left, _) = sides_of(layer.padding, as_pair(layer.kernel_size), as_pair(layer.dilation))
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        drawn = heatmaps(stage, arrangement)
        for grid, (x, y) in places(stage, arrangement, GridRole.INPUT):
            np.testing.assert_array_equal(drawn[grid.label]["z"], case.x[grid.channel])
            assert left_top(drawn[grid.label]) == (x + left, y + top)


@given(stage_cases())
@settings(max_examples=examples(5))
def test_padding_is_one_marked_heatmap_on_the_whole_grid_and_under_its_input(case: Case) -> None:
    layer, trace = case.layer, record(*case.arguments)
    sides = sides_of(layer.padding, as_pair(layer.kernel_size), as_pair(layer.dilation))
    padded = tuple(length + sum(side) for length, side in zip(case.x.shape[1:], sides, strict=True))
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        data = figure(stage, arrangement)["data"]
        marked = [index for index, heatmap in enumerate(data) if heatmap.get("meta") == "padding"]
        inputs = places(stage, arrangement, GridRole.INPUT)
        assert len(marked) == (len(inputs) if padded != case.x.shape[1:] else 0)
        for index, (grid, position) in zip(marked, inputs, strict=False):
            assert np.shape(data[index]["z"]) == padded
            assert left_top(data[index]) == position
            assert data[index + 1]["name"] == grid.label  # what comes later is drawn on top


@given(stage_cases())
@settings(max_examples=examples(5))
def test_colour_scales_are_symmetric_and_one_for_all_maps_of_a_kind(case: Case) -> None:
    trace, expected = record(*case.arguments), torch_output(case)
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        drawn = heatmaps(stage, arrangement)
        for role, values in ((GridRole.INPUT, case.x), (GridRole.OUTPUT, expected)):
            end = np.abs(values).max() or 1.0  # a scale of nothing but zeros still needs two ends
            for heatmap in (drawn[grid.label] for grid, _ in places(stage, arrangement, role)):
                assert heatmap["zmin"] == -heatmap["zmax"]
                assert heatmap["zmax"] == pytest.approx(end, rel=0, abs=1e-9)


@given(stage_cases())
@settings(max_examples=examples(5))
def test_axes_are_the_scene_and_rows_go_down(case: Case) -> None:
    trace = record(*case.arguments)
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        layout = figure(stage, arrangement)["layout"]
        assert layout["xaxis"]["range"] == [0, arrangement.width]
        assert layout["yaxis"]["range"] == [arrangement.height, 0]
        assert layout["xaxis"]["fixedrange"] is layout["yaxis"]["fixedrange"] is True
        assert set(layout["margin"].values()) == {0}


@given(stage_cases())
@settings(max_examples=examples(5))
def test_every_cell_is_one_unit(case: Case) -> None:
    trace = record(*case.arguments)
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        assert {(one["dx"], one["dy"]) for one in figure(stage, arrangement)["data"]} == {(1, 1)}


def test_the_lessons_second_case_has_its_published_numbers() -> None:
    trace = same_padded()
    stage = windows_stage(trace)
    drawn = heatmaps(stage, stage.arrangements[0])
    assert drawn["input"]["z"] == LESSON[0].tolist()
    assert drawn["output"]["z"] == [[16, 11, 16, 15], [25, 20, 10, 13], [9, 9, 10, 12], [1, 0, 2, 4]]
    assert (drawn["input"]["zmax"], drawn["output"]["zmax"]) == (7, 25)


def test_padding_at_the_bottom_and_right_leaves_the_input_at_its_grids_corner() -> None:
    trace = same_padded()
    stage = windows_stage(trace)
    for arrangement in stage.arrangements:
        drawn = heatmaps(stage, arrangement)
        assert left_top(drawn["input"]) == left_top(drawn["input padding"])
        assert np.shape(drawn["input padding"]["z"]) == (5, 5)


def test_a_scale_without_values_still_has_two_ends() -> None:
    assert largest(np.zeros((2, 2))) == 1.0


def test_an_end_is_the_largest_size_whatever_its_sign() -> None:
    assert largest(np.array([3.0, -7.5])) == 7.5
