"""Labels of grids: one catalogue has them all, and no code takes a label or a sentence apart to learn something."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from string import Formatter

import pytest

from engine import LayerError
from kinds.registry import PRESETS
from pages.shared.playing import play
from stage.labels import TEMPLATES, Label, channel_label, label_of

ROOT = Path(__file__).parents[2]
OURS = ("engine", "stage", "sharing", "kinds", "exports", "pages")
WORDS = "label|title|sentence|caption"
TAKES_APART = "split|rsplit|partition|rpartition|replace|startswith|endswith|removeprefix|removesuffix|find|index"
IN_JAVASCRIPT = re.compile(
    rf"\b\w*(?:{WORDS})\w*\??\.(?:split|slice|substring|replace|replaceAll|match|startsWith|endsWith|includes|indexOf)\(",
    re.IGNORECASE,
)


def test_every_label_has_a_template_and_every_template_a_label() -> None:
    plain = {key for key in TEMPLATES if "." not in key}
    assert plain == set(Label)
    numbered = {key for key in TEMPLATES if key.endswith(".numbered")}
    assert plain | numbered == set(TEMPLATES)
    for key in numbered:
        assert [place for _, place, _, _ in Formatter().parse(TEMPLATES[key]) if place] == ["channel"]


@pytest.mark.parametrize(
    ("label", "several", "one"),
    [
        (Label.INPUT, "input 2", "input"),
        (Label.INPUT_WITH_ZEROS, "input 2 with zeros", "input with zeros"),
        (Label.MIDDLE, "between 2", "between"),
        (Label.OUTPUT, "output 2", "output"),
    ],
)
def test_a_channel_has_its_number_where_there_are_several(label: Label, several: str, one: str) -> None:
    assert channel_label(label, 2, 3) == several
    assert channel_label(label, 0, 1) == label_of(label) == one


def test_every_label_of_every_preset_is_one_of_the_catalogue() -> None:
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(template))) for template in TEMPLATES.values()]
    labels: set[str] = set()
    for preset in (preset for presets in PRESETS.values() for preset in presets.values()):
        with suppress(LayerError):  # some presets show what cannot be
            labels |= {grid.label for grid in play(preset.state).stage.grids}
    assert len(labels) > 20
    assert [label for label in labels if not any(pattern.fullmatch(label) for pattern in patterns)] == []


def name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def taken_apart(text: str) -> Iterator[int]:
    """Yield the lines of a Python module where a label or a sentence is cut, searched or asked for a part of it."""
    is_word, takes = re.compile(rf"(?:\w*_)?(?:{WORDS})"), re.compile(TAKES_APART)
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Attribute(value=of, attr=method)) if takes.fullmatch(method):
                found = is_word.fullmatch(name_of(of))
            case ast.Subscript(value=of, slice=ast.Slice() | ast.Constant(value=int())):
                found = is_word.fullmatch(name_of(of))
            case ast.Compare(left=ast.Constant(value=str()), ops=[ast.In() | ast.NotIn()], comparators=[of]):
                found = is_word.fullmatch(name_of(of))
            case _:
                continue
        if found:
            yield node.lineno


def test_no_label_is_taken_apart() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for part in OURS
        for path in sorted((ROOT / part).rglob("*.py"))
        for line in taken_apart(path.read_text(encoding="utf-8"))
    ]
    for path in sorted((ROOT / "stage" / "player").glob("*.js")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [f"{path.name}:{number}" for number, line in enumerate(lines, 1) if IN_JAVASCRIPT.search(line)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "grid.label.split()[0]",
        'label.replace("input", name)',
        "label[:4]",
        'is_kernel = "kernel" in grid.label',
        'caption.startswith("zeros")',
    ],
)
def test_a_label_that_is_taken_apart_is_found(text: str) -> None:
    assert list(taken_apart(text)) == [1]


def test_a_label_that_is_taken_apart_in_the_player_is_found() -> None:
    assert IN_JAVASCRIPT.search('const at = grid.label.slice(grid.label.indexOf("["));')
    assert IN_JAVASCRIPT.search('label?.startsWith("input")')
    assert not IN_JAVASCRIPT.search("this.labels[grid.index].textContent = grid.label;")
