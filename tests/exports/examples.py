"""What the tests of exports need of a page: every preset in every view, and what is recorded of it."""

from dataclasses import dataclass, fields, replace

from kinds.registry import PRESETS
from pages.shared.playing import Played, play

IMPOSSIBLE = {"same-with-stride", "missing-axis"}
NOT_IN = {("standard", "padding-constant"): {"matrix"}}
"""The views that a preset cannot be seen in."""

SLUGS = [(page, slug) for page, presets in PRESETS.items() for slug in presets if slug not in IMPOSSIBLE]


def played(page: str, slug: str) -> Played:
    return play(PRESETS[page][slug].state)


@dataclass(frozen=True)
class Case:
    """A preset in one of its views."""

    page: str
    slug: str
    view: str

    def play(self) -> Played:
        state = PRESETS[self.page][self.slug].state
        return play(replace(state, view=type(state.view)(self.view)) if self.view else state)

    def __str__(self) -> str:
        return f"{self.page}-{self.slug}-{self.view}"


def views(page: str, slug: str) -> list[str]:
    state = PRESETS[page][slug].state
    has_views = any(field.name == "view" for field in fields(state))
    possible = [view.value for view in type(state.view)] if has_views else [""]
    return [view for view in possible if view not in NOT_IN.get((page, slug), ())]


CASES = [Case(page, slug, view) for page, slug in SLUGS for view in views(page, slug)]
