"""The presets of the standard-convolution page, read once from `presets.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import PaddingMode
from sharing.state import PaddingChoice, StandardState

Nested = list[Any]


@dataclass(frozen=True)
class Preset:
    """A named state; `input` and `kernel` are its values, nested lists, empty where they are seeded as its bias is."""

    title: str
    look_for: str
    state: StandardState
    input: Nested
    kernel: Nested


def _preset(slug: str, table: dict[str, Any]) -> Preset:
    layer = dict(table)
    title, look_for = layer.pop("title"), layer.pop("look_for")
    values = {name: layer.pop(name, []) for name in ("input", "kernel")}
    choices = {"padding": PaddingChoice, "padding_mode": PaddingMode}
    layer |= {name: choice(layer[name]) for name, choice in choices.items() if name in layer}
    return Preset(title, look_for, StandardState(slug, **layer), **values)


def _read() -> dict[str, Preset]:
    tables = tomllib.loads((Path(__file__).parent / "presets.toml").read_text(encoding="utf-8"))
    return {slug: _preset(slug, table) for slug, table in tables.items()}


PRESETS = _read()
"""Every preset by its slug, in the order they are offered."""


def find_preset(slug: str) -> Preset:
    """The preset of a slug.

    >>> find_preset("simplest").kernel
    [[[[1, 0], [2, 1]]]]
    """
    return PRESETS[slug]
