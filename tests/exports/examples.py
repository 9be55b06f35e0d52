"""What the tests of exports need of a page: a state's record and what the browser is given of it."""

from typing import Any

from pages.shared.playing import Played, play
from sharing.presets import PRESETS

IMPOSSIBLE = {"same-with-stride", "missing-axis"}
SLUGS = [(page, slug) for page, presets in PRESETS.items() for slug in presets if slug not in IMPOSSIBLE]


def played(page: str, slug: str) -> Played:
    return play(PRESETS[page][slug].state)


def payload(page: str, slug: str) -> dict[str, Any]:
    return played(page, slug).payload
