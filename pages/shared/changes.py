"""Undo, redo, and back to the preset, or to the lesson: what a page has shown in this visit, one entry for each change.

A step through the browser's history is a step here too, where what it leads to is known; else it is a change like any.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

import streamlit as st

from pages.shared.address import is_step_through_history
from pages.shared.components import show_changes
from pages.shared.late_values import pressed
from pages.shared.path_bar import current_place, shown_at
from pages.shared.session_state import current_state, load
from sharing.page_state import PageState
from sharing.paths import PathPlace
from sharing.presets import find_preset

MOST_ENTRIES = 100
MOST_CHARACTERS = 400_000
"""How much typed text a page's entries may hold, without the last one: of a hundred visitors, some hold that much."""


class Press(StrEnum):
    """What a button is for."""

    UNDO = "undo"
    REDO = "redo"
    RESET = "reset"
    PRESET = "preset"
    """No button's: the preset that is chosen was chosen once more."""


@dataclass(frozen=True)
class Entry:
    """What a page showed: its state, and where the visitor was on a path, if on one."""

    state: PageState
    place: PathPlace | None = None

    @property
    def is_lesson(self) -> bool:
        """Whether it is of a lesson that is on this page."""
        return self.place is not None and self.place.step.page == self.state.page

    @property
    def start(self) -> PageState:
        """What its changes began at: the lesson's layer, or else the preset."""
        if self.place is not None and self.is_lesson:
            shown = shown_at(self.place)
            if isinstance(shown, PageState):
                return shown
        return find_preset(self.state).state

    @property
    def characters(self) -> int:
        """How long the texts of its state are together."""
        values = (getattr(self.state, one.name) for one in fields(self.state))
        return sum(len(value) for value in values if isinstance(value, str))


@dataclass
class Changes:
    """The entries of a page, and which of them is shown."""

    entries: list[Entry] = field(default_factory=list)
    at: int = -1
    heard: tuple[str, int] = ("", 0)
    """The toolbar on the page, as it calls itself, and how many of its presses were heard."""

    @property
    def now(self) -> Entry:
        """What is shown."""
        return self.entries[self.at]

    @property
    def back(self) -> int:
        """How many changes can be undone."""
        return self.at

    @property
    def on(self) -> int:
        """How many that were undone can be done again."""
        return len(self.entries) - 1 - self.at

    def show(self, entry: Entry, is_step: bool = False) -> None:
        """Note what is shown: a change of what was, which ends what could be done again, or a step to what is known."""
        if self.entries and entry == self.now:
            return
        known = [at for at, one in enumerate(self.entries) if one == entry] if is_step else []
        if known:
            self.at = min(known, key=lambda at: abs(at - self.at))
            return
        self.entries[self.at + 1 :] = [entry]
        while len(self.entries) > MOST_ENTRIES or sum(one.characters for one in self.entries[:-1]) > MOST_CHARACTERS:
            del self.entries[0]
        self.at = len(self.entries) - 1

    def press(self, press: Press) -> None:
        """Do what a button is for; where there is nothing to do, nothing."""
        if press is Press.UNDO:
            self.at = max(self.at - 1, 0)
        elif press is Press.REDO:
            self.at = min(self.at + 1, len(self.entries) - 1)
        else:
            state = self.now.start if press is Press.RESET else find_preset(self.now.state).state
            self.show(Entry(state, self.now.place))

    def unheard(self, toolbar: str, first: int, presses: Sequence[str]) -> list[Press]:
        """Return what was pressed and not heard of before.

        The browser says all that it does not know to be heard: of two messages, a busy server sees the later one alone.
        """
        heard = self.heard[1] if self.heard[0] == toolbar else 0
        self.heard = toolbar, max(heard, first + len(presses))
        return [Press(press) for press in presses[max(heard - first, 0) :]]


def _changes(page: str) -> Changes:
    pages: dict[str, Changes] = st.session_state.setdefault("changes", {})
    return pages.setdefault(page, Changes())


def _entry(state: PageState) -> Entry:
    return Entry(state, current_place())


def note_change(state: PageState) -> None:
    """Note what the page shows now, and show the buttons."""
    changes, key = _changes(state.page), f"{state.page}_changes"
    now = _entry(state)
    changes.show(now, is_step_through_history())
    data = {
        "back": changes.back,
        "on": changes.on,
        "isLesson": now.is_lesson,
        "isStart": state == now.start,
        "isPreset": state == find_preset(state).state,
        "heard": changes.heard,
    }
    show_changes(key, data, pressed(lambda: _on_press(key, type(state))))


def _on_press(key: str, state_class: type[PageState]) -> None:
    """Do what was pressed on the buttons of that key."""
    said: dict[str, Any] | None = st.session_state[key].get("pressed")
    if not said:
        return
    changes = _changes(state_class.page)
    changes.show(_entry(current_state(state_class)))  # what came along with the press was changed before
    for press in changes.unheard(said["toolbar"], said["first"], said["presses"]):
        changes.press(press)
    load(changes.now.state)
    st.session_state["path_place"] = changes.now.place
