"""Hold the house rules: who may import whom, how long a module may be, and how many examples a test draws.

Each rule is a function over a folder, so that it can be shown to fail on a bad one.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("engine", "stage", "sharing", "kinds", "exports", "pages", "app", "tests", "benchmarks")

# What each part may import beside the standard library and itself. Nothing below imports anything above.
ALLOWED = {
    "engine": {"numpy"},
    "stage": {"numpy", "plotly", "engine"},
    "sharing": {"numpy", "segno", "engine"},
    "kinds": {"numpy", "engine", "stage", "sharing"},
    "exports": {"numpy", "plotly", "PIL", "font_source_sans_pro", "engine", "stage", "sharing", "kinds"},
    "pages": {"cachetools", "numpy", "plotly", "streamlit", "engine", "stage", "sharing", "kinds", "exports"},
    "app": {"numpy", "pandas", "plotly", "streamlit", "engine", "stage", "sharing", "kinds", "exports", "pages"},
}
# The one module that registers the component may know Streamlit.
EXTRA = {"stage/component.py": {"streamlit"}}
# Slow to load, so only a function that needs it may import it.
LAZY = {"pages": {"torch"}}


@dataclass(frozen=True)
class Import:
    """One import statement: the top-level module it names, the line, and whether it waits inside a function."""

    top: str
    line: int
    lazy: bool


def python_files(root: Path, part: str) -> list[Path]:
    single = root / f"{part}.py"
    return [single] if single.exists() else sorted((root / part).rglob("*.py"))


def imports(path: Path, root: Path) -> Iterator[Import]:
    package = path.relative_to(root).parent.parts

    def walk(node: ast.AST, lazy: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Import(names=names):
                    yield from (Import(name.name.split(".")[0], child.lineno, lazy) for name in names)
                case ast.ImportFrom(module=module, names=names, level=level):
                    base = [*package[: len(package) - level + 1]] if level else []
                    full = base + (module.split(".") if module else [])
                    yield from (Import(top, child.lineno, lazy) for top in {*full[:1]} or {n.name for n in names})
                case ast.Call(
                    func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                    args=[ast.Constant(value=str(name)), *_],
                ):
                    yield Import(name.split(".")[0], child.lineno, lazy)
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, lazy or inside)

    yield from walk(ast.parse(path.read_text(encoding="utf-8"), str(path)), lazy=False)


def forbidden_imports(root: Path, part: str) -> list[str]:
    """Return one line for each import of `part` that the house does not allow."""
    found = []
    for path in python_files(root, part):
        name = path.relative_to(root).as_posix()
        allowed = {part, *sys.stdlib_module_names, *ALLOWED[part], *EXTRA.get(name, ())}
        for imported in imports(path, root):
            if imported.top in LAZY.get(part, ()):
                if not imported.lazy:
                    found.append(f"{name}:{imported.line} imports {imported.top} outside a function")
            elif imported.top not in allowed:
                found.append(f"{name}:{imported.line} imports {imported.top}")
    return found


def line_limit(path: Path) -> int:
    """Return how many lines the module at `path`, relative to the root, may have."""
    match path.parts:
        case ("app.py",):
            return 80
        case ("tests" | "benchmarks", *_):
            return 600
        case ("pages", _) if path.suffix == ".py":
            return 120  # a page; what pages share lies a folder deeper
        case _:
            return 600  # one subject, one file


def long_modules(root: Path) -> list[str]:
    """Return one line for each module that is longer than it may be."""
    found = []
    for part in OURS:
        scripts = (path for end in ("js", "css") for path in (root / part).rglob(f"*.{end}"))
        for path in (*python_files(root, part), *scripts):
            name = path.relative_to(root)
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > line_limit(name):
                found.append(f"{name.as_posix()} has {lines} lines, and may have {line_limit(name)}")
    return found


def fixed_draws(root: Path) -> list[str]:
    """Return one line for each `max_examples` that is a bare number: the long profile could not raise it."""
    found = []
    for path in python_files(root, "tests"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            match node:
                case ast.keyword(arg="max_examples", value=ast.Constant()):
                    found.append(f"{path.relative_to(root).as_posix()}:{node.lineno} draws a fixed number of examples")
    return found


@pytest.mark.parametrize("part", ALLOWED)
def test_nothing_imports_anything_above_it(part: str) -> None:
    assert python_files(ROOT, part), f"{part} has no module: the rule would hold of nothing"
    assert forbidden_imports(ROOT, part) == []


def test_no_module_is_longer_than_one_subject_needs() -> None:
    assert long_modules(ROOT) == []


def test_every_number_of_examples_goes_by_the_profile() -> None:
    assert fixed_draws(ROOT) == []


def test_a_fixed_number_of_examples_is_found(tmp_path: Path) -> None:
    write(tmp_path, "tests/test_a.py", "@settings(max_examples=examples(10))\ndef test_a(): ...")
    assert fixed_draws(tmp_path) == []
    write(tmp_path, "tests/deep/test_b.py", "@settings(\n    deadline=None, max_examples=10\n)\ndef test_b(): ...")
    assert fixed_draws(tmp_path) == ["tests/deep/test_b.py:2 draws a fixed number of examples"]


def count_draws(profile: str) -> int:
    """Return how many examples one test draws, asked in a process of its own: settings are fixed by the import."""
    program = """
import tests.conftest
from tests.sharing.test_link import test_every_state_comes_back_from_its_link as test
print(test._hypothesis_internal_use_settings.max_examples)
"""
    environment = {**os.environ, "HYPOTHESIS_PROFILE": profile}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True)
    return int(done.stdout)


def test_the_long_profile_draws_twenty_times_as_many() -> None:
    assert count_draws("long") == 20 * count_draws("dev") >= 2000


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("engine/a.py", "import numpy, streamlit", "imports streamlit"),
        ("engine/a.py", "def f():\n    from stage.scene import Scene", "imports stage"),
        ("engine/a.py", "try:\n    import torch.nn.functional as F\nexcept ImportError: ...", "imports torch"),
        ("engine/deep/a.py", "from ...stage import scene", "imports stage"),
        ("engine/deep/a.py", "from ... import stage", "imports stage"),
        ("engine/a.py", "import importlib\nimportlib.import_module('torch')", "imports torch"),
        ("stage/scene.py", "import streamlit as st", "imports streamlit"),
        ("stage/component.py", "import pages.convolution", "imports pages"),
        ("stage/steps.py", "from sharing import encode", "imports sharing"),
        ("sharing/link.py", "from stage import scene", "imports stage"),
        ("sharing/link.py", "import plotly", "imports plotly"),
        ("pages/check.py", "import torch", "imports torch outside a function"),
        ("pages/check.py", "class C:\n    import torch", "imports torch outside a function"),
        ("pages/check.py", "import app", "imports app"),
        ("app.py", "import tests", "imports tests"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, name: str, text: str, fault: str) -> None:
    write(tmp_path, name, text)
    (found,) = forbidden_imports(tmp_path, Path(name).parts[0].removesuffix(".py"))
    assert found.startswith(name)
    assert found.endswith(fault)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "engine/deep/a.py",
            "from collections.abc import Iterator\nimport numpy as np, engine.cost",
        ),
        ("engine/deep/a.py", "from . import b\nfrom ..errors import LayerError\nfrom .. import cost"),
        ("stage/component.py", "import streamlit as st"),
        ("pages/check.py", "import streamlit, stage, sharing, engine\ndef f():\n    import torch"),
        ("app.py", "from pages import convolution"),
    ],
)
def test_an_allowed_import_is_left_alone(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, name, text)
    assert forbidden_imports(tmp_path, Path(name).parts[0].removesuffix(".py")) == []


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("app.py", 80),
        ("engine/a.py", 600),
        ("stage/player/player.js", 600),
        ("stage/player.css", 600),
        ("pages/convolution.py", 120),
        ("pages/shared/controls.py", 600),
        ("tests/engine/test_a.py", 600),
    ],
)
def test_a_module_may_have_so_many_lines_and_no_more(tmp_path: Path, name: str, limit: int) -> None:
    write(tmp_path, name, "#\n" * limit)
    assert long_modules(tmp_path) == []
    write(tmp_path, name, "#\n" * (limit + 1))
    assert long_modules(tmp_path) == [f"{name} has {limit + 1} lines, and may have {limit}"]
