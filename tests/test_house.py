"""Hold the house rules: who may import whom, how long a module may be, and how many examples a test draws.

Each rule can be shown to fail: it is a function over a folder, or a program that is run in one.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = (
    "engine", "learning", "stage", "sharing", "kinds", "exports", "serving", "pages", "app", "deploy", "tests",
    "benchmarks",
)  # fmt: skip

# What each folder may import beside the standard library. Who may import whom among them, and who torch, is said in
# pyproject.toml, under [tool.importlinter].
OUTSIDE = {
    "engine": {"numpy"},
    "learning": {"numpy", "torch"},
    "stage": {"numpy", "streamlit"},
    "sharing": {"numpy", "segno"},
    "kinds": {"numpy"},
    "exports": {"numpy", "PIL"},
    "serving": {"anyio", "brotli", "cachetools", "starlette", "streamlit"},
    "pages": {"PIL", "cachetools", "numpy", "streamlit", "torch"},
    "deploy": set(),
}
# Beside the pages and the server, one module registers the component.
KNOWS_STREAMLIT = "stage.component"


def python_files(root: Path, part: str) -> list[Path]:
    single = root / f"{part}.py"
    return [single] if single.exists() else sorted((root / part).rglob("*.py"))


def imports_from_outside() -> dict[str, set[str]]:
    """Return the modules of ours that import each package that is neither ours nor Python's own."""
    graph = grimp.build_graph(*OUTSIDE, include_external_packages=True, cache_dir=None)
    outside = {name for name in graph.modules if graph.is_module_squashed(name)} - sys.stdlib_module_names
    return {name: graph.find_modules_that_directly_import(name) for name in outside}


def broken_contracts(root: Path) -> list[str]:
    """Return the rules of imports that the folders below `root` break."""
    linter = Path(sys.executable).with_name("lint-imports")
    command = [linter, "--no-logo", "--no-cache", "--config", ROOT / "pyproject.toml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})
    broken = [line.rpartition(" BROKEN")[0] for line in done.stdout.splitlines() if " BROKEN" in line]
    assert done.returncode == bool(broken), done.stdout + done.stderr
    return broken


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


def test_nothing_imports_what_it_may_not() -> None:
    assert broken_contracts(ROOT) == []


@pytest.mark.parametrize(
    ("name", "text", "broken"),
    [
        ("engine/cost.py", "import stage.scene", "Nothing imports what stands above it"),
        ("engine/cost.py", "def f():\n    from stage.scene import Scene", "Nothing imports what stands above it"),
        ("learning/data_sets.py", "import sharing.link", "Nothing imports what stands above it"),
        ("stage/scene.py", "from sharing.link import encode", "Nothing imports what stands above it"),
        ("sharing/link.py", "from stage import scene", "Nothing imports what stands above it"),
        ("sharing/link.py", "from kinds.registry import SPECS", "Nothing imports what stands above it"),
        ("kinds/pooling/state.py", "import exports.names", "Nothing imports what stands above it"),
        ("exports/names.py", "import pages.standard", "Nothing imports what stands above it"),
        ("serving/encodings.py", "import pages.standard", "Nothing imports what stands above it"),
        ("pages/standard.py", "import serving.encodings", "Nothing imports what stands above it"),
        ("deploy/serve.py", "import serving.encodings", "Nothing imports what stands above it"),
        ("engine/errors.py", "import engine.cost", "Imports do not run in a circle"),
        ("kinds/pooling/words.py", "from kinds.standard.state import StandardState", "A kind knows no other kind"),
        ("kinds/pooling/words.py", "from kinds.registry import SPECS", "A kind knows no other kind"),
        ("engine/cost.py", "from torch.nn import functional", "Only three modules import torch"),
        ("pages/standard.py", "def f():\n    import torch", "Only three modules import torch"),
    ],
)  # fmt: skip
def test_a_forbidden_import_is_found(tmp_path: Path, name: str, text: str, broken: str) -> None:
    for part in OUTSIDE:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / name).open("a", encoding="utf-8") as module:
        module.write(f"\n{text}\n")
    assert broken in broken_contracts(tmp_path)


def test_only_known_packages_from_outside_are_imported_and_each_only_where_it_is_known() -> None:
    found = imports_from_outside()
    assert found.keys() == set.union(*OUTSIDE.values())
    for package, modules in found.items():
        wrong = {module for module in modules if package not in OUTSIDE[module.partition(".")[0]]}
        assert wrong == set(), package
    assert {module for module in found["streamlit"] if not module.startswith(("pages.", "serving."))} == {
        KNOWS_STREAMLIT
    }


def test_torch_is_loaded_only_when_a_button_asks_for_it() -> None:
    """Its import takes seconds, and a page works without it."""
    known = sorted(imports_from_outside()["torch"])
    assert known == ["learning.training", "pages.comparison_parts.measuring", "pages.shared.torch_check"]
    program = f"import sys, {', '.join(known)}; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


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
