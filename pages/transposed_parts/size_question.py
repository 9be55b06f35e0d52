"""The question the other way round: which layer makes the size that somebody needs, as a list with links."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from engine import LayerError, TransposedAxis
from kinds.transposed.size_question import Plans, in_both_directions, in_each_direction, playable
from kinds.transposed.size_words import HEADS, MORE, apart_sentences, found_sentence, link_text, own_sentence, row
from kinds.transposed.state import QUESTION, TransposedState
from pages.shared.faults import in_words_of_controls
from pages.shared.layer_controls import show_control
from pages.shared.plain_text import escaped
from pages.shared.session_state import current_state
from sharing.link import encode

TITLE = "I need another size: which layer makes it?"
OPENING = TransposedState("stamps", 2, 2)

Listed = tuple[Plans, TransposedAxis, TransposedAxis]
"""The plans of a row of the list, and those for rows and columns of the layer that its link plays."""


@dataclass(frozen=True)
class _Answer:
    """Which layers make the wanted size: sentences in Markdown, and lists in HTML."""

    sentences: tuple[str, ...]
    lists: str = ""
    has_more: bool = False


def ask_for_size() -> None:
    """Show the controls of the question and its answer: for the page's own layer, and for every other."""
    state = current_state(TransposedState)
    asked = {name: getattr(state, name) for name in QUESTION}
    is_asked = any(value != getattr(OPENING, name) for name, value in asked.items())
    with st.expander(TITLE, expanded=is_asked), st.container(key="size_question"):
        for place, name in zip(st.columns(len(QUESTION)), QUESTION, strict=True):
            show_control(place, state, name)
        try:
            state.check_question()
        except LayerError as error:
            st.error(escaped(str(in_words_of_controls(state, error))))
            return
        answer = _answer(replace(OPENING, **asked))
        with st.container(key="size_answer"):
            st.markdown("\n\n".join(filter(None, (own_sentence(state), *answer.sentences))))
            if answer.lists:
                st.html(f'<div class="layer-list">{answer.lists}</div>')
            if answer.has_more:
                st.caption(MORE)


@lru_cache(maxsize=64)
def _answer(state: TransposedState) -> _Answer:
    """The layers that make the wanted size of a state's question."""
    both = in_both_directions(state)
    if both.plans:
        listed = _table(state, ((plans, plans[0], plans[1]) for plans in both.plans))
        return _Answer((found_sentence(state),), listed, both.has_more)
    rows, columns = in_each_direction(state)
    sentences = tuple(apart_sentences(state, rows, columns))
    if not rows.plans or not columns.plans:
        return _Answer(sentences)
    best_down, best_across = rows.plans[0][0], columns.plans[0][0]
    down = _table(state, ((plans, plans[0], best_across) for plans in rows.plans), "Rows")
    across = _table(state, ((plans, best_down, plans[0]) for plans in columns.plans), "Columns")
    return _Answer(sentences, down + across, rows.has_more or columns.has_more)


def _table(state: TransposedState, listed: Iterable[Listed], name: str = "") -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    caption = f"<caption>{name}</caption>" if name else ""
    body = "".join(_row(state, *one) for one in listed)
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _row(state: TransposedState, plans: Plans, rows: TransposedAxis, columns: TransposedAxis) -> str:
    plays = playable(state, rows, columns)
    text = escape(link_text(plays, rows, columns))
    if plays is not None:
        text = f'<a href="{escape(f"{plays.page}?{urlencode(encode(plays))}")}" target="_self">{text}</a>'
    # A phone has no room for the heads: there each cell is told with its own.
    cells = (f'<td data-head="{head}">{escape(cell)}</td>' for head, cell in zip(HEADS, row(plans), strict=False))
    return f"<tr>{''.join(cells)}<td>{text}</td></tr>"
