"""The player's modules are joined into one, and look numbers up instead of computing them."""

import re
from collections import Counter
from collections.abc import Callable
from graphlib import CycleError
from pathlib import Path

import pytest

from stage.player_files import (
    PLAYER,
    image_lab_script,
    join,
    page_presenter_script,
    picture_row_script,
    placing_script,
    script,
)

JOINED = (script, placing_script, page_presenter_script, image_lab_script, picture_row_script)
MODULES = sorted(path.stem for path in PLAYER.glob("*.js"))
# Numbers of the record. Which cell stands for which is looked up in `reads` and `sources`, and may be reckoned with.
LOOKUP = re.compile(
    r"\b(?:layerView|this)\.(?:input|kernel|bias|product|partial|runningSum|output|value)\(|\barrays\.(?!sources|reads)\w+\["
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


def declared(text: str) -> list[str]:
    """Return the names that a module declares outside everything."""
    return re.findall(r"^(?:export )?(?:default )?(?:class|(?:async )?function|const|let)\s+(\w+)", text, re.MULTILINE)


def exported(text: str) -> list[str]:
    return re.findall(r"^export (?:class|(?:async )?function|const|let) (\w+)", text, re.MULTILINE)


def read(name: str) -> str:
    return (PLAYER / f"{name}.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODULES)
def test_no_module_spells_the_name_of_a_channel_or_a_cell_itself(name: str) -> None:
    """Names come from Python's catalogue, by `names.js`."""
    assert re.findall(r"`(?:input|kernel|filter|output|bias)(?: ?\$\{|\[| = )", read(name)) == []


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_joined(name: str) -> None:
    assert set(declared(read(name))) <= {one for joined in JOINED for one in declared(joined())}


@pytest.mark.parametrize("name", MODULES)
def test_every_name_that_is_imported_is_exported(name: str) -> None:
    for names, module in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";', read(name), re.MULTILINE):
        assert {one.strip() for one in names.split(",")} <= set(exported(read(module)))


def test_the_module_has_one_export_and_it_is_the_default() -> None:
    assert re.findall(r"^export\b.*?(?=[ (]*\()", script(), re.MULTILINE) == ["export default function"]


def test_the_module_imports_nothing() -> None:
    assert re.findall(r"^\s*import\b|\bimport\(|\brequire\(", script(), re.MULTILINE) == []


@pytest.mark.parametrize("joined", JOINED)
def test_no_name_is_declared_twice(joined: Callable[[], str]) -> None:
    names = Counter(declared(joined()))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_script_computes_no_value_of_the_record(name: str) -> None:
    assert computed_values(read(name)) == []


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"numbers"}))
def test_numbers_are_written_in_one_module(name: str) -> None:
    assert re.findall(r"\b(?:toFixed|toPrecision|toExponential|toLocaleString|Intl)\b", read(name)) == []


@pytest.mark.parametrize("name", MODULES)
def test_fields_are_declared_one_by_one(name: str) -> None:
    assert "Object.assign(this" not in read(name)


@pytest.mark.parametrize(
    "text",
    [
        "layerView.input(channel, cell) * layerView.kernel(filter, channel, tap)",
        "weight * this.input(channel, layerView.read(position, tap))",
        "total += layerView.product(place, channel, tap);",
        "layerView.partial(place, channel) + bias",
        "(layerView.arrays.input[cell]) * 2",
    ],
)
def test_a_script_that_did_would_be_found(text: str) -> None:
    assert computed_values(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];",
        "writeNumber(layerView.partial(place, channel), 6)",
    ],
)
def test_a_script_that_looks_up_is_left_alone(text: str) -> None:
    assert computed_values(text) == []


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_a_module_stands_after_those_that_it_imports(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        a='// It.\n\nimport { B } from "./b.js";\nimport { c, d } from "./c.js";\n\nexport default function () {}\n',
        b='import { c } from "./c.js";\n\n/** A class.\n * @param {number} x */\nexport class B {} // said of it\n',
        c='export const c = "{} // kept";\nexport function d() {}\n',
        unused="export const unused = 1;\n",
    )
    assert join(folder, "a") == (
        'const c = "{} // kept";\nfunction d() {}\n\nclass B {}\n\nexport default function () {}\n'
    )


def test_a_circle_of_imports_is_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path, a='import { b } from "./b.js";\n', b='import { a } from "./a.js";\n')
    with pytest.raises(CycleError):
        join(folder, "a")


@pytest.mark.parametrize(
    "line",
    [
        'import * as b from "./b.js";',
        'import b from "./b.js";',
        'import "./b.js";',
        'import { b } from "library";',
        "export { b };",
        'export * from "./b.js";',
        "export default class {}",
    ],
)
def test_an_import_or_export_of_another_form_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"a\.js"):
        join(write(tmp_path, a=line + "\n", b=""), "a")


def test_only_the_entry_has_a_default_export(tmp_path: Path) -> None:
    folder = write(tmp_path, a='import { b } from "./b.js";\n', b="export default function () {}\n")
    with pytest.raises(ValueError, match=r"b\.js"):
        join(folder, "a")
