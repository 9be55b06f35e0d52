"""What the browser is given of a stage is JSON, and arrives as it was."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Conv2d, record
from stage.model import arrays_of
from stage.stages import windows_stage
from stage.wire import SENT_AS, to_wire
from tests.draws import examples
from tests.engine.strategies import Case
from tests.exports.examples import CASES
from tests.exports.examples import Case as Preset
from tests.stage.strategies import decode, stage_cases


@given(stage_cases())
@settings(max_examples=examples(5))
def test_a_stage_becomes_json_and_nothing_else(case: Case) -> None:
    sent = to_wire(windows_stage(record(*case.arguments)))
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent


@pytest.mark.parametrize("preset", CASES, ids=str)
def test_every_array_of_every_preset_and_view_arrives_as_it_was(preset: Preset) -> None:
    stage = preset.play().stage
    sent = json.loads(json.dumps(to_wire(stage), allow_nan=False))
    assert len(sent["acts"]) == len(stage.layers)
    for view, arrived in zip(stage.layers, sent["acts"], strict=True):
        arrays = arrays_of(view)
        assert arrived["arrays"].keys() == {SENT_AS.get(name, name) for name in arrays}
        for name, values in arrays.items():
            unpacked = decode(arrived["arrays"][SENT_AS.get(name, name)])
            assert unpacked.shape == values.shape
            np.testing.assert_array_equal(unpacked, values, err_msg=name)


@given(stage_cases(whole=True))
@settings(max_examples=examples(5))
def test_whole_numbers_travel_as_small_integers(case: Case) -> None:
    (layer,) = to_wire(windows_stage(record(*case.arguments)))["acts"]
    assert all(array["dtype"] in ("int8", "int16") for array in layer["arrays"].values())


def test_each_theme_has_its_colours_and_a_padding_of_its_own() -> None:
    sent = to_wire(windows_stage(record(Conv2d(1, 1, 1, bias=False), np.zeros((1, 1, 1)), np.zeros((1, 1, 1, 1)))))
    assert sent["palette"].keys() == sent["neutrals"].keys() == {"light", "dark"}
    for theme, neutrals in sent["neutrals"].items():
        assert not set(neutrals.values()) & set(sent["palette"][theme])
