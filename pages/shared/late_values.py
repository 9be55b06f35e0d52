"""What a browser sends before it has heard of the page's last run is no reason to undo what that run has set.

With every change the browser sends what all controls say. Where the page has set some of them meanwhile (a preset was
chosen, a layer added) and the browser has not heard of it yet, it repeats what they said before. Only what differs from
what the browser was expected to say is somebody's change; the rest goes on as the page holds it. How far the browser
has heard is told by the query it sends along, because the page writes its state into the address in every run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.query import Query, query_now

_MOST_RUNS = 64
_MOST_LABELS = 500
_NEVER_SAID = object()

Values = dict[str, Any]


@dataclass
class _Run:
    """What a run of the page has set, and the query it has written, as far as it has come to that."""

    query: Query | None = None
    values: Values = field(default_factory=dict)  # what the browser is told, whether that is new to it or not
    sent: set[str] = field(default_factory=set)  # the keys of what it is told though it may have said the same


@dataclass
class _Hearing:
    """What browser and page know of each other's values, by the keys of the controls."""

    run: object = None  # the run that was sorted out last
    expected: Values = field(default_factory=dict)  # what the browser says as long as nobody changes anything
    held: Values = field(default_factory=dict)  # what the page holds
    unheard: list[_Run] = field(default_factory=list)  # the runs that the browser has not heard of
    query: Query = field(default_factory=dict)  # what the page has written into the address
    ignored: frozenset[str] = frozenset()  # what it only repeats now, and what no option of a control is called
    changes: Values = field(default_factory=dict)  # what somebody has changed since it was sorted out last
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)  # what each label of a control stood for
    on_page: set[str] = field(default_factory=set)  # the controls that may be on the browser's page
    shown: set[str] = field(default_factory=set)  # those that this run has shown

    def hear(self, query: Query, said: Values, is_pressed: bool) -> None:
        """Expect what was set by the runs up to the last one with this query; an unknown query says nothing.

        The address changes a moment before the controls do. A browser says one change at a time: where one control is
        changed, or something pressed, and another one is as it was before the last of those runs, or two are, it has
        heard of that run's address alone. The query may also be that of an earlier run, which is there again once a
        change was undone.
        """
        at = max((at for at, run in enumerate(self.unheard) if run.query == query), default=-1)
        heard = [self.expected]
        for run in self.unheard[: at + 1]:
            heard.append(heard[-1] | run.values)
        is_changed = is_pressed or any(
            value not in [values.get(key, value) for values in heard] for key, value in said.items()
        )
        while at >= 0 and is_changed + len(_left_behind(said, heard[: at + 2])) > 1:
            at -= 1
        self.expected = heard[at + 1]
        self.unheard = self.unheard[at + 1 :][-_MOST_RUNS:]

    def is_to_be_ignored(self, key: str, value: Any) -> bool:
        """Whether a value is no choice that somebody has made just now.

        Streamlit hands over a label that it does not find among the options as it is.
        """
        if key in self.labels:
            is_unknown = value not in self.labels[key].values()
        else:
            is_unknown = isinstance(self.held[key], Enum) and not isinstance(value, type(self.held[key]))
        return is_unknown or (bool(self.unheard) and value == self.expected.get(key, _NEVER_SAID))


def _left_behind(said: Values, heard: list[Values]) -> list[str]:
    """The controls that say what they said before the last of what was heard, and not what they say since."""
    *before, now = heard
    return [
        key
        for key, value in said.items()
        if value != now.get(key) and any(value == values.get(key, _NEVER_SAID) for values in before)
    ]


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Let nothing break this off: a run that is asked for meanwhile begins after it.

    Streamlit breaks a run off at any access to the session, in the middle of a callback too. What the page holds and
    what it expects would no longer be of the same run then, and half of a preset would be loaded.
    """
    context = get_script_run_ctx()
    if context is None:
        yield
        return
    session = context.session_state
    break_off = session._yield_callback
    object.__setattr__(session, "_yield_callback", lambda: None)  # the session takes any other attribute for a value
    try:
        yield
    finally:
        object.__setattr__(session, "_yield_callback", break_off)


def _hearing() -> _Hearing:
    hearing: _Hearing = st.session_state.setdefault("hearing", _Hearing())
    return hearing


def forget() -> None:
    """Begin anew, on another page."""
    st.session_state["hearing"] = _Hearing()


def _values() -> Values:
    """Everything in the session that can be the value of a control."""
    return {str(key): value for key, value in st.session_state.to_dict().items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_pressed() -> bool:
    """Whether this run was asked for by what has no plain value: a button, a component, or a mark of a chart."""
    context = get_script_run_ctx()
    if context is None:
        return False
    state = context.session_state._state
    said = state._new_widget_state
    return any(
        value and state._widget_changed(control)
        for control, value in ((control, said.get(control)) for control in said)
        if value is True or not _is_plain(value)
    )


def sort_out(is_all_heard: bool = False) -> None:
    """Put back what the page has set and the browser has not heard of. Does so once a run, before values are read."""
    context = get_script_run_ctx()
    hearing, session = _hearing(), st.session_state
    run = None if context is None else context.cursors  # new for every run, and kept here, so that no other is it
    if hearing.run is run:
        return
    hearing.run = run
    hearing.on_page |= hearing.shown  # a run that was broken off takes nothing off the page
    hearing.shown = set()
    said = {key: _meant(hearing, key, value) for key, value in _values().items() if key in hearing.held}
    hearing.hear(query_now(), said, _is_pressed())
    if is_all_heard:
        hearing.unheard = []
    hearing.ignored = frozenset(key for key, value in said.items() if hearing.is_to_be_ignored(key, value))
    hearing.changes = {
        key: value
        for key, value in said.items()
        if key not in hearing.ignored and value not in (hearing.held[key], hearing.expected.get(key, value))
    }
    under_way = {key for run in hearing.unheard for key in run.values}
    run_now = _Run()
    for key in said:
        value = hearing.held[key] if key in hearing.ignored else said[key]
        # What is on its way to the browser will replace what somebody has changed there: the change is sent back, too.
        if (
            (key in under_way and value != hearing.held[key])
            or value != session[key]
            or type(value) is not type(session[key])
        ):
            session[key] = value
            run_now.sent.add(key)
    hearing.expected = said
    hearing.unheard.append(run_now)
    hold()  # the run may be broken off before anything else is done in it


def _meant(hearing: _Hearing, key: str, value: Any) -> Any:
    return hearing.labels.get(key, {}).get(value, value) if isinstance(value, str) else value


def hold(query: Query | None = None) -> None:
    """Note what the page holds now, and the query that it has written, once it has."""
    hearing = _hearing()
    hearing.held = _values()
    hearing.query = hearing.query if query is None else query
    if hearing.unheard:
        run = hearing.unheard[-1]
        run.query = run.query if query is None else query  # without a query, as on a page just opened, it is empty
        run.values = {
            key: value
            for key, value in hearing.held.items()
            if key in run.sent or value != hearing.expected.get(key, _NEVER_SAID)
        }


def send_all(values: Values) -> None:
    """Put values into the session; all of them are told to the browser, those too that were the same before."""
    st.session_state.update(values)
    hearing = _hearing()
    if hearing.unheard:
        run = hearing.unheard[-1]
        run.sent |= values.keys()
        run.values |= values  # the run may be broken off before it holds them


def appear(key: str) -> None:
    """Say that a control is shown. One that was not on the page is told its value: the browser has forgotten it."""
    hearing = _hearing()
    if key not in hearing.on_page:
        send_all({key: st.session_state[key]})
    hearing.shown.add(key)


def end_run() -> None:
    """End a run that has come to its end: what it has not shown is no longer on the page."""
    hold()
    hearing = _hearing()
    hearing.on_page, hearing.shown = hearing.shown, set()


def changes() -> Values:
    """What somebody has changed since the last run, by the keys of the controls: often one value, but a server that is
    busy gets to hear of several changes at once, and not in which order they were made.
    """
    return dict(_hearing().changes)


def know_labels(key: str, labels: dict[str, Any]) -> None:
    """Keep what each label of a control stands for, for when it comes back after the labels have changed.

    Of such a control, a label that has never been there is ignored.
    """
    known = _hearing().labels
    known[key] = dict(list((known.get(key, {}) | labels).items())[-_MOST_LABELS:])


def changed(key: str, callback: Callable[[], None]) -> Callable[[], None]:
    """Make a control's `on_change` of what is to be done where somebody has changed it."""
    return _of_this_page(lambda: None if key in _hearing().ignored else callback())


def pressed(callback: Callable[[], None]) -> Callable[[], None]:
    """Make a button's `on_click`, or what a component calls, of what is to be done."""
    return _of_this_page(callback)


def _of_this_page(callback: Callable[[], None]) -> Callable[[], None]:
    """Leave alone what comes from this page once the visitor has gone on to another one, and go on there.

    Until the browser has heard of the next page, whatever it says asks for this one.
    """
    page = st.session_state.get("page")

    def call() -> None:
        with in_one_piece():
            now = st.session_state.get("page")
            if now != page:
                st.switch_page(f"pages/{now}.py", query_params=_hearing().query)
            sort_out()
            callback()
            hold()

    return call
