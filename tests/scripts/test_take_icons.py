"""The font of the icons holds every icon that a page may show, drawn as in Streamlit's own."""

from typing import Any

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from scripts.take_icons import icons, shown, streamlits_font
from serving.icon_font import FONT


@pytest.fixture(scope="module")
def streamlits() -> TTFont:
    return streamlits_font()


def drawing(font: TTFont, name: str) -> list[Any]:
    pen = RecordingPen()
    font.getGlyphSet()[icons(font)[name]].draw(pen)
    value: list[Any] = pen.value
    return value


def test_every_icon_that_is_shown_is_in_the_font(streamlits: TTFont) -> None:
    wanted = shown() & icons(streamlits).keys()
    assert {"download", "keyboard_double_arrow_left", "keyboard_arrow_down"} <= wanted
    assert wanted <= icons(TTFont(FONT)).keys(), "run: .venv/bin/python -m scripts.take_icons"


@pytest.mark.parametrize("name", ["play_circle", "keyboard_arrow_down", "schedule", "1k"])
def test_an_icon_is_drawn_as_in_streamlits_font(streamlits: TTFont, name: str) -> None:
    assert drawing(TTFont(FONT), name) == drawing(streamlits, name)
