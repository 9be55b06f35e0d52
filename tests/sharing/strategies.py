"""What the tests of links draw: every state of every page, and queries that nobody should have written."""

from collections.abc import Iterable
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

import numpy as np
from hypothesis import strategies as st

from kinds.links import LINKED
from kinds.registry import PRESETS, STATES
from sharing.fields import WIDEST, Stops, limits, types
from sharing.roles import Role
from sharing.values import as_text


def role_texts(role: Role) -> st.SearchStrategy[str]:
    """Draw what stands in a role's text area: nothing, the page's own numbers, or whatever somebody typed."""
    number = st.integers(-9, 9).map(float) | st.floats(-1e6, 1e6)
    shape = st.tuples(*(st.integers(1, min(most, 3)) for most in role.largest))
    arrays = shape.flatmap(
        lambda size: st.lists(number, min_size=int(np.prod(size)), max_size=int(np.prod(size))).map(
            lambda values: np.array(values).reshape(size)
        )
    )
    written = arrays.map(lambda values: as_text(role, values))
    return st.just("") | written | written.map(lambda text: text + " ") | st.text(max_size=40)


def values_of(state_class: Any, name: str) -> st.SearchStrategy[Any]:
    """Draw a value of one field of a state, from all that its type and its limits allow."""
    role = next((role for role in getattr(state_class, "roles", ()) if name == f"{role.name}_text"), None)
    bounds, kind = limits(state_class).get(name), types(state_class)[name]
    if role is not None:
        return role_texts(role)
    if kind is str:
        return st.text(max_size=60)
    if bounds is not None:
        return st.integers(bounds.least, bounds.most)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return st.booleans()


def states_of(page: str) -> st.SearchStrategy[Any]:
    """Draw a state of a page: some fields as the page opens with, the others anything."""
    openings = [preset.state for preset in PRESETS[page].values()] if page in PRESETS else [LINKED[page]()]

    def changed(opening: Any) -> st.SearchStrategy[Any]:
        drawn = {
            field.name: st.just(getattr(opening, field.name)) | values_of(type(opening), field.name)
            for field in fields(opening)
            if field.name != "preset"
        }
        return st.fixed_dictionaries(drawn).map(lambda values: replace(opening, **values))

    return st.sampled_from(openings).flatmap(changed)


def states(pages: Iterable[str] = LINKED) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(pages)).flatmap(states_of)


@st.composite
def typed_states(draw: st.DrawFn) -> Any:
    """Draw a state with any number in fields where one is typed, or with nothing in them."""
    state = draw(states())
    typed = [name for name, bounds in limits(type(state)).items() if not isinstance(bounds, Stops)]
    number = st.none() | st.integers(-WIDEST, WIDEST)
    return replace(state, **draw(st.dictionaries(st.sampled_from(typed), number, max_size=4)))


NASTY = (
    "",
    "0",
    "-1",
    "1000000",
    "9" * 400,
    "1e9",
    "0x10",
    "٣",
    "NaN",
    "true",
    "None",
    "<script>alert(1)</script>",
    "\x00\x1b[31m",
    "%00",
    "../../etc/passwd",
    "~",
    "~AAAA",
    "*",
    "1 2_3",
    "_" * 200,
    "' or 1=1 --",
    "\ud83d\ude00",
    "🙂" * 50,
)


def queries() -> st.SearchStrategy[dict[str, str | list[str]]]:
    """Draw a query: known names and others, with values that fit somewhere, or nowhere."""
    names = sorted(
        {field.name for one in LINKED.values() for field in fields(one)} | {"v", "preset", "present", "embed"}
    )
    areas = [f"{role.name}_values" for one in STATES.values() for role in one.roles]
    slugs = [slug for presets in PRESETS.values() for slug in presets]
    name = st.sampled_from([*names, *areas]) | st.text(max_size=12)
    value = st.sampled_from([*NASTY, *slugs, "typed", "amount", "1 0_2 1"]) | st.integers().map(str) | st.text()
    return st.dictionaries(name, value | st.lists(value, max_size=3), max_size=12)
