"""The terms of the pages: what each means, in one sentence, and a layer that shows it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Term:
    """A term, the other words that stand for the same, and the page and the query of a link that shows it."""

    name: str
    words: tuple[str, ...]
    meaning: str
    page: str
    query: Mapping[str, str]


@cache
def terms() -> tuple[Term, ...]:
    """Return every term, in the order of the alphabet.

    >>> terms()[1].name, terms()[1].query
    ('bias', {'v': '1', 'preset': 'simplest', 'bias': '1'})
    """
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["terms"]
    return tuple(
        Term(
            table["name"],
            tuple(table.get("words", ())),
            table["meaning"],
            table["page"],
            {"v": "1", **dict(parse_qsl(table["query"]))},
        )
        for table in tables
    )


def meanings() -> dict[str, str]:
    """Return what each word means, by the word in small letters.

    >>> meanings()["atrous"] == meanings()["dilation"]
    True
    """
    return {word.lower(): term.meaning for term in terms() for word in (term.name, *term.words)}
