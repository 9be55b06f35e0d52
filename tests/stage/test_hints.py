"""The sentences of the line under the player: whole ones, short enough for a phone, and the player knows what for."""

import re

import pytest

from stage.hints import HINTS
from stage.player_files import PLAYER

WIDEST = 56  # characters in a line of a phone


@pytest.mark.parametrize("key", HINTS)
def test_a_hint_is_whole_and_short(key: str) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]\.", HINTS[key])
    assert "touch" not in key or len(HINTS[key]) <= WIDEST


def test_the_player_says_each_of_them_and_no_other() -> None:
    script = (PLAYER / "hint.js").read_text()
    doing = set(re.findall(r'return [^;]*?"(\w+)"|[?:] "(\w+)"', script))
    assert {one for pair in doing for one in pair if one} == {key.partition(".")[0] for key in HINTS}
    assert {variant for key in HINTS for variant in key.split(".")[1:]} == set(re.findall(r'"\.(\w+)"', script)) - {
        "hint",
        "editor",
    }
