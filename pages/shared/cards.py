"""What the gallery shows: a card for every preset of every page, its picture drawn once a process."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from engine import LayerError
from exports.thumbnail import thumbnail, thumbnail_css
from pages.shared.navigation import NAMES
from pages.shared.playing import play
from sharing.link import encode
from sharing.presets import PRESETS, Preset


@cache
def cards() -> dict[str, Any]:
    """Every page with its presets: link, title, sentence, and picture as SVG, or none where there is no layer."""
    sections = [
        {"page": page, "name": NAMES[page], "cards": [_card(preset) for preset in presets.values()]}
        for page, presets in PRESETS.items()
    ]
    return {"css": thumbnail_css(), "sections": sections}


def _card(preset: Preset[Any]) -> dict[str, str]:
    try:
        picture = thumbnail(play(preset.state).payload)
    except LayerError:
        picture = ""
    link = f"{preset.state.page}?{urlencode(encode(preset.state))}"
    return {"link": link, "title": preset.title, "sentence": preset.look_for, "picture": picture}
