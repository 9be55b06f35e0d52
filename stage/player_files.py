"""The player as files: its HTML, its CSS, and its JavaScript as one module."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "player"

SCRIPTS = (
    "numbers",
    "steps",
    "captions",
    "wires",
    "picture",
    "cells",
    "overlay",
    "bands",
    "chosen",
    "links",
    "equation",
    "stamps",
    "stamp_marks",
    "stamp_outputs",
    "stamp_links",
    "stamp_equation",
    "kinds",
    "controls",
    "player",
    "pointer",
    "fragment",
    "tally",
    "presenter",
    "stage",
)
"""The scripts in the order in which each may use those before it; together they are one module."""


@cache
def script() -> str:
    """The player's JavaScript: one module made of all its files."""
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def html() -> str:
    """What the player finds on its page."""
    return (_FOLDER / "stage.html").read_text(encoding="utf-8")


@cache
def css() -> str:
    """How it looks."""
    return (_FOLDER / "stage.css").read_text(encoding="utf-8")
