"""Presets: named states with numbers of their own. Those of a page stand in `presets.toml`, beside the page's state."""

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from sharing.fields import types
from sharing.page_state import PageState

State = TypeVar("State", bound=PageState)


@dataclass(frozen=True)
class Preset(Generic[State]):
    """A named state; `values` are its numbers, nested lists by role, and those left out are seeded.

    `summary` is a sentence that says enough on a card of the gallery; `details` are said on its page, too.
    `full` are the sizes of the layer it stands for, where that is too large for a stage.
    """

    title: str
    summary: str
    state: State
    values: Mapping[str, list[Any]]
    details: str = ""
    full: Mapping[str, int] = field(default_factory=dict)

    @property
    def look_for(self) -> str:
        """All that is said of it: what to look for."""
        return f"{self.summary} {self.details}" if self.details else self.summary


def _preset(state_class: type[State], slug: str, table: dict[str, Any]) -> Preset[State]:
    fields = dict(table)
    title, summary = fields.pop("title"), fields.pop("summary")
    details, full = fields.pop("details", ""), fields.pop("full", {})
    given = (role.name for role in state_class.roles if isinstance(fields.get(role.name), list))
    values = {name: fields.pop(name) for name in list(given)}
    chosen = {name: types(state_class)[name](value) for name, value in fields.items()}
    return Preset(title, summary, state_class(slug, **chosen), values, details, full)


def presets_of(state_class: Any) -> dict[str, Preset[Any]]:
    """Every preset of a page, by the class of its state, under its slug and in the order they are offered."""
    return _read(state_class)


@cache  # apart from the function above, because to mypy a class of dataclasses cannot be the key of a cache
def _read(state_class: Any) -> dict[str, Preset[Any]]:
    path = Path(str(sys.modules[state_class.__module__].__file__)).with_name("presets.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {slug: _preset(state_class, slug, table) for slug, table in tables.items()}


def find_preset(state: State) -> Preset[State]:
    """The preset that a state came from.

    >>> from kinds.standard.state import StandardState
    >>> find_preset(StandardState("simplest", 4, 4)).values["kernel"]
    [[[[1, 0], [2, 1]]]]
    """
    preset: Preset[State] = presets_of(type(state))[state.preset]
    return preset
