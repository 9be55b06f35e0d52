"""The player's scripts make one module, and look numbers up instead of computing them."""

import re
from collections import Counter
from pathlib import Path

import pytest

from stage.player_files import SCRIPTS, script

PLAYER = Path(__file__).parents[2] / "stage" / "player"
# Numbers of the record. Which cell stands for which is looked up in `reads` and `sources`, and may be reckoned with.
LOOKUP = re.compile(
    r"\b(?:steps|this)\.(?:input|kernel|product|partial|runningSum|output)\(|\barrays\.(?!sources|reads)\w+\["
)
CLOSING = {"(": ")", "[": "]"}


def end_of_brackets(text: str, start: int) -> int:
    """Return the index after the bracket that closes the one at `start`."""
    opening, closing = text[start], CLOSING[text[start]]
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == opening) - (text[index] == closing)
        if depth == 0:
            return index + 1
    raise AssertionError(f"never closed: {text[start : start + 40]!r}")


def computed_values(text: str) -> list[str]:
    """Return each place where a number of the record is multiplied, divided, added to or taken from something."""
    found = []
    for match in LOOKUP.finditer(text):
        end = end_of_brackets(text, match.end() - 1)
        before = re.sub(r"(?:\w+\.)+$", "", text[: match.start()]).rstrip(" (\n")
        after = text[end:].lstrip(" )\n")
        if before.endswith(("*", "/", "+", "-", "+=")) or after.startswith(("*", "/", "+", "-")):
            found.append(text[max(0, match.start() - 20) : end + 20])
    return found


def test_the_scripts_are_the_files_of_the_player() -> None:
    assert sorted(SCRIPTS) == sorted(path.stem for path in PLAYER.glob("*.js"))


def test_each_script_is_in_the_module_once_and_whole() -> None:
    for path in PLAYER.glob("*.js"):
        assert script().count(path.read_text(encoding="utf-8")) == 1, path.name


def test_the_module_has_one_export_and_it_is_the_default() -> None:
    assert re.findall(r"^export\b.*?(?=[ (]*\()", script(), re.MULTILINE) == ["export default function"]


def test_the_module_imports_nothing() -> None:
    assert re.findall(r"^\s*import\b|\bimport\(|\brequire\(", script(), re.MULTILINE) == []


def test_no_name_is_declared_twice() -> None:
    names = Counter(re.findall(r"^(?:class|function|const|let)\s+(\w+)", script(), re.MULTILINE))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_computes_no_value_of_the_record(name: str) -> None:
    assert computed_values((PLAYER / f"{name}.js").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "steps.input(channel, cell) * steps.kernel(filter, channel, tap)",
        "weight * this.input(channel, steps.read(position, tap))",
        "total += steps.product(place, channel, tap);",
        "steps.partial(place, channel) + bias",
        "(steps.arrays.input[cell]) * 2",
    ],
)
def test_a_script_that_did_would_be_found(text: str) -> None:
    assert computed_values(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];",
        "writeNumber(steps.partial(place, channel), 6)",
    ],
)
def test_a_script_that_looks_up_is_left_alone(text: str) -> None:
    assert computed_values(text) == []
