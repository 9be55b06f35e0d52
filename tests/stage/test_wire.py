"""What the browser is given of a stage is JSON of the declared types, and arrives as it was."""

import json
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from engine import record
from stage.model import Heading, Surroundings, Unplayable, arrays_of
from stage.palette import NEUTRALS, ink_on, palette
from stage.stages import windows_stage
from stage.wire import to_wire
from stage.wire_types import FILES, PLAYER, wire_types
from tests.draws import examples
from tests.engine.strategies import Case
from tests.exports.examples import CASES
from tests.exports.examples import Case as Preset
from tests.stage.strategies import decode, stage_cases

DECLARED = re.compile(r"export (?:interface (\w+) \{\n(.*?)\n\}|type (\w+) =(.*?);)\n", re.DOTALL)
FIELD = re.compile(r"  (\w+)(\??): (.*);")


def declared() -> dict[str, Any]:
    """Read `wire.d.ts`: the fields of each interface as {name: (type, may be left out)}, or a union as its text."""
    found: dict[str, Any] = {}
    for name, body, union, text in DECLARED.findall((PLAYER / "wire.d.ts").read_text(encoding="utf-8")):
        if union:
            found[union] = text.strip().lstrip("|")
        else:
            found[name] = {field: (of, bool(optional)) for field, optional, of in FIELD.findall(body)}
            assert len(found[name]) == len(body.splitlines())
    return found


def split(text: str, sign: str) -> list[str]:
    """Split at a sign that stands in no bracket."""
    depth, parts = 0, [""]
    for character in text:
        depth += (character in "([<") - (character in ")]>")
        if character == sign and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def is_of(value: Any, of: str, types: dict[str, Any]) -> bool:
    """Whether a JSON value is of a type, written as TypeScript."""
    if len(choices := split(of, "|")) > 1:
        return any(is_of(value, one, types) for one in choices)
    if of.endswith("[]"):
        inner = of[:-2]
        inner = inner[1:-1] if inner.startswith("(") else inner
        return isinstance(value, list) and all(is_of(one, inner, types) for one in value)
    if of.startswith("["):
        inners = split(of[1:-1], ",")
        return len(value) == len(inners) and all(is_of(*pair, types) for pair in zip(value, inners, strict=True))
    if of.startswith("Record<string, "):
        return isinstance(value, dict) and all(is_of(one, of[15:-1], types) for one in value.values())
    if of in types and isinstance(types[of], dict):
        fields = types[of]
        needed = {name for name, (_, optional) in fields.items() if not optional}
        return (
            isinstance(value, dict)
            and needed <= value.keys() <= fields.keys()
            and all(is_of(one, fields[name][0], types) for name, one in value.items())
        )
    if of in types:
        return is_of(value, types[of], types)
    plain = {"number": int | float, "string": str, "boolean": bool}
    return isinstance(value, plain[of]) if of in plain else bool(value == json.loads(of))


@pytest.mark.parametrize("name", FILES)
def test_the_files_shared_with_the_player_are_what_python_writes(name: str) -> None:
    """`python -m stage.wire_types` writes them anew."""
    assert (PLAYER / name).read_text(encoding="utf-8") == FILES[name]()


@pytest.mark.parametrize("preset", CASES, ids=str)
def test_every_preset_and_view_is_of_the_declared_types_and_its_arrays_arrive_as_they_were(preset: Preset) -> None:
    stage, types = preset.play().stage, declared()
    sent = json.loads(json.dumps(to_wire(stage), allow_nan=False))
    assert is_of(sent, "Stage", types)
    for view, arrived in zip(stage.layers, sent["layers"], strict=True):
        arrays = arrays_of(view)
        assert arrived["arrays"].keys() == arrays.keys()
        for name, values in arrays.items():
            unpacked = decode(arrived["arrays"][name])
            assert unpacked.shape == values.shape
            np.testing.assert_array_equal(unpacked, values, err_msg=name)


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: sent.update(more=1),
        lambda sent: sent.pop("padding_mode"),
        lambda sent: sent.update(id=7),
        lambda sent: sent["grids"][0].update(role="turned"),
        lambda sent: sent["grids"][0].update(group="0"),
        lambda sent: sent["layers"][0].update(kind="scatter"),
        lambda sent: sent["layers"][0]["input_size"].append(1),
        lambda sent: sent["layers"][0]["color_limits"].update(input=None),
        lambda sent: sent["layers"][0]["arrays"].pop("reads"),
        lambda sent: sent["layers"][0]["arrays"]["reads"].update(dtype="int64"),
    ],
)
def test_what_is_not_of_the_declared_types_is_found(change: Any) -> None:
    sent = to_wire(CASES[0].play().stage)
    assert is_of(sent, "Stage", declared())
    change(sent)
    assert not is_of(sent, "Stage", declared())


def test_what_stands_around_a_stage_is_of_the_declared_types() -> None:
    heading = {"title": "Two steps", "layer": "kernel 2×2", "sentence": "Watch."}
    said = to_wire(Surroundings(alone=True, presenting=False, refused=2, fragment="step=3", heading=Heading(**heading)))
    assert said == {"alone": True, "presenting": False, "refused": 2, "fragment": "step=3", "heading": heading}
    assert is_of(said, "Surroundings", declared())
    assert not is_of(said | {"alone": 1}, "Surroundings", declared())
    assert is_of(to_wire(Unplayable("No.")), "Unplayable", declared())


@given(stage_cases())
@settings(max_examples=examples(5))
def test_a_stage_becomes_json_and_nothing_else(case: Case) -> None:
    sent = to_wire(windows_stage(record(*case.arguments)))
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent


@given(stage_cases(whole=True))
@settings(max_examples=examples(5))
def test_whole_numbers_travel_as_small_integers(case: Case) -> None:
    (layer,) = to_wire(windows_stage(record(*case.arguments)))["layers"]
    assert all(array["dtype"] in ("int8", "int16") for array in layer["arrays"].values())


def test_each_theme_has_its_colours_and_neutral_ones_of_its_own() -> None:
    for theme, neutrals in NEUTRALS.items():
        assert len(set(neutrals.values())) == len(neutrals)
        assert not set(neutrals.values()) & set(palette(theme))


def test_the_dark_colours_are_those_that_take_white_ink() -> None:
    text = FILES["generated_constants.js"]()
    dark = set(re.findall(r"#\w{6}", text[text.index("DARK_COLORS") :]))
    drawn = {color for theme in NEUTRALS for color in (*palette(theme), *NEUTRALS[theme].values())}
    assert dark == {color for color in drawn if ink_on(color) == "#ffffff"}


def test_an_interface_tells_what_may_be_left_out() -> None:
    assert "  bias?: Packed;\n" in wire_types()
    assert "  group: number | null;\n" in wire_types()
