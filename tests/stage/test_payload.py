"""What the browser is given hangs together, and is JSON."""

import json
from itertools import pairwise

import numpy as np
from hypothesis import given, settings

from engine import Conv2d, record
from stage.act import convolution_act
from stage.channels import Parts, arrange
from stage.payload import parts, payload
from tests.draws import examples
from tests.engine.strategies import Case
from tests.stage.strategies import stage_cases


@given(stage_cases())
@settings(max_examples=examples(5))
def test_a_payload_is_json_and_nothing_else(case: Case) -> None:
    sent = payload(record(*case.arguments))
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent


@given(stage_cases())
@settings(max_examples=examples(5))
def test_every_grid_has_a_place_in_every_arrangement(case: Case) -> None:
    trace = record(*case.arguments)
    sent, scenes = payload(trace), arrange(parts(convolution_act(trace)))
    assert len(sent["arrangements"]) == len(scenes)
    for arrangement, scene in zip(sent["arrangements"], scenes, strict=True):
        assert (arrangement["width"], arrangement["height"]) == (scene.width, scene.height)
        placed = [
            (grid["role"], grid["channel"], grid["rows"], grid["columns"], *place)
            for grid, place in zip(sent["grids"], arrangement["places"], strict=True)
        ]
        assert placed == [(grid.role, grid.channel, grid.rows, grid.columns, grid.x, grid.y) for grid in scene.grids]


@given(stage_cases())
@settings(max_examples=examples(5))
def test_grids_of_a_role_come_in_the_order_of_their_channels(case: Case) -> None:
    grids = payload(record(*case.arguments))["grids"]
    for role in ("input", "kernel", "products", "partial", "output"):
        channels = [grid["channel"] for grid in grids if grid["role"] == role]
        assert channels[0] == 0
        assert all(later == earlier + 1 for earlier, later in pairwise(channels))


def test_parts_are_the_sizes_of_the_trace() -> None:
    layer = Conv2d(2, 3, (2, 3), stride=(2, 1), padding=((0, 1), (2, 0)))
    trace = record(layer, np.zeros((2, 5, 4)), np.zeros((3, 2, 2, 3)), np.zeros(3))
    assert parts(convolution_act(trace)) == Parts((6, 6), (2, 3), (3, 4), in_channels=2, out_channels=3, bias=True)


def test_a_padding_mode_travels_by_its_name() -> None:
    layer = Conv2d(1, 1, 2, padding=1, padding_mode="reflect", bias=False)
    assert payload(record(layer, np.zeros((1, 3, 3)), np.zeros((1, 1, 2, 2))))["paddingMode"] == "reflect"


def test_each_theme_has_its_colours_and_a_padding_of_its_own() -> None:
    sent = payload(record(Conv2d(1, 1, 1, bias=False), np.zeros((1, 1, 1)), np.zeros((1, 1, 1, 1))))
    assert sent["palette"].keys() == sent["neutrals"].keys() == {"light", "dark"}
    for theme, neutrals in sent["neutrals"].items():
        assert not set(neutrals.values()) & set(sent["palette"][theme])
