"""The glossary: one sentence a term, no word twice, and a link to a layer that plays."""

import re
from collections import Counter
from html import unescape

import pytest

from kinds.links import decode
from pages.shared.playing import play
from sharing.glossary import Term, meanings, terms
from sharing.page_state import PageState
from tests.pages.driver import errors, open_link


def words(term: Term) -> list[str]:
    return [word.lower() for word in (term.name, *term.words)]


def test_terms_are_in_the_order_of_the_alphabet_and_no_word_stands_for_two() -> None:
    names = [term.name.lower() for term in terms()]
    assert names == sorted(names)
    assert Counter(word for term in terms() for word in words(term)).most_common(1)[0][1] == 1
    assert len(meanings()) == sum(len(words(term)) for term in terms())


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.name)
def test_a_term_is_one_sentence_and_its_link_opens_a_layer(term: Term) -> None:
    assert re.fullmatch(r"[A-Z][^.!?]*\.", term.meaning)
    state, problems = decode(term.page, term.query)
    assert problems == ()
    if isinstance(state, PageState):
        assert play(state).summary


def test_the_page_says_every_term_with_its_link() -> None:
    app = open_link({}, "glossary")
    assert errors(app) == []
    html = unescape("".join(element.proto.body for element in app.get("html")))
    for term in terms():
        assert f"<dt>{term.name}" in html
        assert f'<dd>{term.meaning} <a href="{term.page}?v=1' in html
