"""Every public function of the engine shows what it does: its docstring has an example, which runs as a test."""

import ast
from pathlib import Path

import pytest

MODULES = sorted((Path(__file__).parents[2] / "engine").rglob("*.py"))


def undocumented(text: str) -> list[str]:
    """Return the public functions of a module without a doctest; overloads have that of what they overload."""
    return [
        node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list)
        and ">>>" not in (ast.get_docstring(node) or "")
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_public_function_has_a_doctest(path: Path) -> None:
    assert undocumented(path.read_text(encoding="utf-8")) == []


def test_a_function_without_one_is_found() -> None:
    assert undocumented('def f() -> None:\n    """Do."""\ndef _g(): ...\n@overload\ndef h(): ...') == ["f"]
