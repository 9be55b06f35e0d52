"""Every kind of layer that has a page. A room is a folder beside this file with presets in it; it exports `SPEC`.

Nothing lists the kinds but the folders themselves, so that a new kind is one more folder.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from kinds.spec import KindSpec
from sharing.page_state import PageState
from sharing.presets import Preset, presets_of


def _specs() -> list[KindSpec[Any, Any]]:
    rooms = (presets.parent.name for presets in Path(__file__).parent.glob("*/presets.toml"))
    return [import_module(f"kinds.{room}").SPEC for room in rooms]


SPECS: dict[str, KindSpec[Any, Any]] = {spec.page: spec for spec in sorted(_specs(), key=lambda spec: spec.order)}
"""Every kind by the name of its page, in the order of the pages."""

STATES: dict[str, type[PageState]] = {page: spec.state for page, spec in SPECS.items()}
"""The state of every page with a stage, by the name of the page in a link."""

PRESETS: dict[str, dict[str, Preset[Any]]] = {page: presets_of(state) for page, state in STATES.items()}
"""Every preset by its page and its slug, in the order they are offered."""


def spec_of(state: PageState) -> KindSpec[Any, Any]:
    """The kind that a state is of.

    >>> spec_of(PRESETS["one_dimensional"]["edges"].state).label
    '1-D'
    """
    return SPECS[state.page]
