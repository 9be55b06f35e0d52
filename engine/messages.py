"""Sentences as data: a code, a template with named places, and the function that puts the two into words.

A template is the whole sentence as a person reads it, so that another language is another catalogue of templates
(gettext, Babel) and no change of code.
"""

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from string import Formatter
from typing import Any

Templates = Mapping[str, str]
"""Templates by the key of a message: its code and, where it has any, its variants, with dots between them."""

_FORMATTER = Formatter()


class MessageCode(StrEnum):
    """A code that a catalogue has a template for: the `TEMPLATES` of the module in which the codes stand."""

    @property
    def templates(self) -> Templates:
        """The English catalogue of these codes."""
        templates: Templates = sys.modules[type(self).__module__].TEMPLATES
        return templates


def fill(
    template: str,
    places: Mapping[str, Any],
    quote: Callable[[str], str] = "“{}”".format,
    name: Callable[[str], str] = str,
    plain: Callable[[str], str] = str,
) -> str:
    """Return a template with its places filled.

    Beside Python's own formats, a place may have `row|rows` (a count and its noun; with a comma before them, thousands
    stand apart), `code` (a value as Python writes it), `names` (several texts so), `list` (several values with commas
    between them), `or` and `and` (the same with that word between the last two), `quote` (somebody's own words) and
    `name` (that of a parameter). What is shown is handed through the functions `quote`, `name` and, all else, `plain`.

    >>> fill("{parameter} has {count:row|rows}, not {value:code}", {"parameter": "x", "count": 1, "value": "same"})
    "x has 1 row, not 'same'"
    >>> fill("use {choices:or}, not {said:quote}", {"choices": (1, 2, 4), "said": "3"})
    'use 1, 2 or 4, not “3”'
    """
    parts = []
    shown = {"quote": quote, "name": name}
    for literal, place, spec, _ in _FORMATTER.parse(template):
        parts.append(plain(literal))
        if place is not None:
            parts.append(shown.get(spec or "", plain)(_written(places[place], spec or "")))
    return "".join(parts)


def _written(value: Any, spec: str) -> str:
    if "|" in spec:
        one, many = spec.removeprefix(",").split("|")
        return f"{value:{',' if spec.startswith(',') else ''}} {one if value == 1 else many}"
    match spec:
        case "code":
            return repr(value) if isinstance(value, str) else str(value)
        case "names":
            return ", ".join(map(repr, value))
        case "list":
            return ", ".join(map(str, value))
        case "or" | "and":
            *others, last = map(str, value)
            return f"{', '.join(others)} {spec} {last}" if others else last
        case "" | "quote" | "name":
            return str(value)
    return format(value, spec)
