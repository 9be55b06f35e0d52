"""Paths through the pages: lessons in a few steps, each a link and a sentence on what to see there."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Answer:
    """An answer that somebody may choose, and why it is right or wrong."""

    text: str
    why: str


@dataclass(frozen=True)
class PathStep:
    """One step: a page, the query of its link, and what to do or to see there.

    The player opens with its `fragment`. A question has `answers`, of which `right` is the right one.
    """

    page: str
    query: Mapping[str, str]
    sentence: str
    answers: tuple[Answer, ...] = ()
    right: Answer | None = None
    fragment: str = ""

    @property
    def right_text(self) -> str | None:
        """The text of the right answer; None where nothing is asked."""
        return None if self.right is None else self.right.text


@dataclass(frozen=True)
class Path:
    """A lesson: its steps in their order. The slug is its name in links."""

    slug: str
    title: str
    summary: str
    steps: tuple[PathStep, ...]


@dataclass(frozen=True)
class PathPlace:
    """Where somebody is on a path; `number` counts its steps from 1."""

    path: Path
    number: int

    @property
    def step(self) -> PathStep:
        """The step that is there."""
        return self.path.steps[self.number - 1]

    @property
    def parameter(self) -> str:
        """What a link says of this place.

        >>> read_place("basics.2").parameter
        'basics.2'
        """
        return f"{self.path.slug}.{self.number}"

    @property
    def query(self) -> dict[str, str]:
        """The query of the link to this place."""
        return {"v": "1", **self.step.query, "path": self.parameter}

    def before(self) -> "PathPlace | None":
        """The place before this one; None at the first step."""
        return PathPlace(self.path, self.number - 1) if self.number > 1 else None

    def after(self) -> "PathPlace | None":
        """The place after this one; None at the last step."""
        return PathPlace(self.path, self.number + 1) if self.number < len(self.path.steps) else None


@cache
def paths() -> Mapping[str, Path]:
    """Return every path by its slug, in the order they are offered.

    >>> list(paths())[-4:]
    ['learning', 'training', 'cost', 'questions']
    """
    tables = tomllib.loads(File(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {slug: _path(slug, table) for slug, table in tables.items()}


def read_place(said: str) -> PathPlace | None:
    """Return the place that a link's `path` names; None where there is none.

    >>> read_place("basics.2").step.page, read_place("basics.99"), read_place("nothing")
    ('standard', None, None)
    """
    slug, _, number = said.partition(".")
    path = paths().get(slug)
    if path is None or number not in map(str, range(1, len(path.steps) + 1)):
        return None
    return PathPlace(path, int(number))


def _path(slug: str, table: Mapping[str, Any]) -> Path:
    return Path(slug, table["title"], table["summary"], tuple(map(_step, table["steps"])))


def _step(table: Mapping[str, Any]) -> PathStep:
    answers = tuple(Answer(text, why) for text, why in table.get("answers", ()))
    right = answers[table["right"] - 1] if answers else None
    query = dict(parse_qsl(table["query"]))
    return PathStep(table["page"], query, table["sentence"], answers, right, table.get("fragment", ""))
