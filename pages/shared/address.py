"""The address bar and the page follow each other: a link opens a state, and a changed state is written back.

Each write is an entry in the browser's history, and Back and Forward step through them. A run that is no such step
may still come with an old query: the browser sent it before the last write had reached it. So the query is read when
a page is entered and when somebody steps through the history, and at no other time.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kinds.links import decode
from pages.shared.late_values import hold
from pages.shared.query import Query, query_now
from sharing.errors import Problem
from sharing.link import ASIDE, LONGEST_QUERY, OF_A_FRAME, PATH, PRESENT, State, encode
from sharing.paths import PathPlace, read_place


@dataclass(frozen=True)
class Link:
    """What the address bar says, as far as this session knows."""

    query: Query
    state: Any
    problems: tuple[Problem, ...]
    is_written: bool = True
    """Whether the address bar can say it at all."""


def is_step_through_history() -> bool:
    """Whether this run is because somebody stepped back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def opened_link(page: str, is_entered: bool, opening: State | None = None) -> Link | None:
    """The link to take the page's state from, or None where the page goes on as it is.

    A page that is entered without a query is one that was chosen from the list of pages: there is a link to open only
    where this session has not been on it before. An address that says nothing of the state is `opening`, if given.
    """
    query = query_now()
    last: Link | None = st.session_state.get("link")
    if is_entered and last is not None and last.state.page != page and last.query == query:
        query = {}  # the last page's, still on its way out of the address bar
    says_state = bool(query.keys() - {*ASIDE}) or page not in st.session_state.get("left", {})
    if not is_step_through_history() and not (is_entered and says_state):
        return None
    state, problems = decode(page, query)
    if opening is not None and not query.keys() - {*OF_A_FRAME}:
        state = opening
    link = Link(query, state, problems)
    st.session_state["link"] = link
    st.session_state["presenting"] = query.get(PRESENT) == ["1"]
    st.session_state["path_place"] = read_place(query[PATH][-1]) if PATH in query else None
    return link


def follow(state: State) -> Link:
    """Write the state into the address bar, unless that says it already; return what the address bar says then."""
    session = st.session_state
    link: Link | None = session.get("link")
    place: PathPlace | None = session.get("path_place")
    aside = {PRESENT: "1"} if is_presenting() else {}
    aside |= {PATH: place.parameter} if place else {}
    is_said = link is not None and link.state == state and _aside(link.query) == aside
    if link is not None and is_said and link.query == query_now():
        hold(link.query)
        return link
    written = encode(state) | aside
    is_written = len(urlencode(written)) <= LONGEST_QUERY
    if is_written:
        st.query_params.from_dict(written)
    session["link"] = link = Link({name: [value] for name, value in written.items()}, state, (), is_written)
    hold(link.query if is_written else query_now())
    return link


def _aside(query: Query) -> dict[str, str]:
    """What a query says of presenter view and of a path, as this page would write it."""
    place = read_place(query[PATH][-1]) if PATH in query else None
    aside = {PRESENT: "1"} if query.get(PRESENT) == ["1"] else {}
    return aside | ({PATH: place.parameter} if place else {})


def is_presenting() -> bool:
    """Whether the page is in presenter view."""
    return bool(st.session_state.get("presenting"))


def presenting_press() -> int | None:
    """The last press that entered or left presenter view, by the number that the browser has given it."""
    press: int | None = st.session_state.get("presenting_press")
    return press


def present(key: str) -> None:
    """Take over whether the stage `key` is in presenter view now."""
    asked = st.session_state[key].get("present")
    if asked is not None:
        st.session_state["presenting"], st.session_state["presenting_press"] = bool(asked["isOn"]), int(asked["press"])
