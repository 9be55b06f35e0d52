"""What the stage is given hangs together."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings

from engine import Conv2d, record
from stage.channels import LayerSizes, arrange
from stage.scene import GridRole
from stage.stages import layer_sizes, windows_stage
from stage.windows_view import convolution_view
from tests.draws import examples
from tests.engine.strategies import Case
from tests.stage.strategies import stage_cases


@given(stage_cases())
@settings(max_examples=examples(5))
def test_every_grid_has_a_place_in_every_arrangement(case: Case) -> None:
    trace = record(*case.arguments)
    stage, scenes = windows_stage(trace), arrange(layer_sizes(convolution_view(trace)))
    assert len(stage.arrangements) == len(scenes)
    for arrangement, scene in zip(stage.arrangements, scenes, strict=True):
        assert (arrangement.width, arrangement.height) == (scene.width, scene.height)
        placed = [
            (grid.role, grid.channel, grid.rows, grid.columns, *position)
            for grid, position in zip(stage.grids, arrangement.positions, strict=True)
        ]
        assert placed == [(grid.role, grid.channel, grid.rows, grid.columns, grid.x, grid.y) for grid in scene.grids]


@given(stage_cases())
@settings(max_examples=examples(5))
def test_grids_of_a_role_come_in_the_order_of_their_channels(case: Case) -> None:
    grids = windows_stage(record(*case.arguments)).grids
    for role in (GridRole.INPUT, GridRole.KERNEL, GridRole.PRODUCTS, GridRole.PARTIAL, GridRole.OUTPUT):
        channels = [grid.channel for grid in grids if grid.role is role]
        assert channels[0] == 0
        assert all(later == earlier + 1 for earlier, later in pairwise(channels))


def test_parts_are_the_sizes_of_the_trace() -> None:
    layer = Conv2d(2, 3, (2, 3), stride=(2, 1), padding=((0, 1), (2, 0)))
    trace = record(layer, np.zeros((2, 5, 4)), np.zeros((3, 2, 2, 3)), np.zeros(3))
    assert layer_sizes(convolution_view(trace)) == LayerSizes(
        padded=(6, 6), kernel=(2, 3), output=(3, 4), in_channels=2, out_channels=3, bias=True
    )


def test_a_padding_mode_travels_by_its_name() -> None:
    layer = Conv2d(1, 1, 2, padding=1, padding_mode="reflect", bias=False)
    assert windows_stage(record(layer, np.zeros((1, 3, 3)), np.zeros((1, 1, 2, 2)))).padding_mode == "reflect"
