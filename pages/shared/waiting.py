"""What a visitor sees of heavy work: a place in the queue, how far it is, a Cancel, and in the end what came of it."""

from collections.abc import Callable, Hashable
from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.heavy_work import LIMIT_SECONDS, QUEUE, Refused, Work, WorkQueue
from pages.shared.plain_text import escaped

_ASK_EVERY = 0.3  # seconds


def begin_work(
    key: str,
    about: object,
    function: Callable[..., Any],
    *arguments: Any,
    limit: float = LIMIT_SECONDS,
    size: int = 0,
    same: Hashable = None,
    queue: WorkQueue = QUEUE,
) -> None:
    """Ask a queue for work about something, and keep it in the session under `key`, or why it was refused.

    Call it in a callback.
    """
    visitor = st.session_state.setdefault("visitor", uuid4().hex)
    try:
        st.session_state[key] = queue.add(visitor, about, function, *arguments, limit=limit, size=size, same=same)
    except Refused as refused:
        st.session_state[key] = refused


def refuse_work(key: str, sentence: str) -> None:
    """Say why there is no work to be begun under `key`."""
    st.session_state[key] = Refused(sentence)


def forget_work(key: str) -> None:
    """Take back what was begun under `key`, and forget what came of it."""
    work = st.session_state.pop(key, None)
    if isinstance(work, Work):
        work.cancel()


def keep_work_about(key: str, about: object) -> None:
    """Forget what was begun under `key` where it is about something else."""
    work = st.session_state.get(key)
    if isinstance(work, Work) and work.about != about:
        forget_work(key)


def show_work(key: str, content: Callable[[Work | None], None]) -> None:
    """Show the work begun under `key`; once it is done, or where there is none, show `content` of it instead.

    What `content` shows is a fragment of its own: the buttons in it do not run the rest of the page.
    """
    work = st.session_state.get(key)
    is_under_way = isinstance(work, Work) and work.is_under_way
    # A run of the whole page does not wait: from here on, the browser asks.
    st.fragment(_show_work, key=key, run_every=_ASK_EVERY if is_under_way else None)(key, content, is_under_way)


def _show_work(key: str, content: Callable[[Work | None], None], is_asked_for: bool) -> None:
    work: Work | Refused | None = st.session_state.get(key)
    context = get_script_run_ctx()
    is_own_run = context is not None and bool(context.fragment_ids_this_run)
    if isinstance(work, Refused):
        st.info(escaped(str(work)))
        work = st.session_state[key] = None
    if work is not None and work.is_under_way:
        _show_place(key, work)
        if is_own_run:
            work.wait(_ASK_EVERY)
            st.rerun(scope="fragment")
        return
    if is_asked_for and is_own_run:
        st.rerun()  # for the browser to stop asking
    content(work)


def _show_place(key: str, work: Work) -> None:
    before = work.before
    match before:
        case 0:
            st.progress(work.share, work.step)
        case 1:
            st.progress(0.0, "1 is before you")
        case _:
            st.progress(0.0, f"{before} are before you")
    st.button("Cancel", key=f"{key}_cancel", on_click=work.cancel)
