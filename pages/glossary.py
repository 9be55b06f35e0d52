"""The glossary: every term of the pages in one sentence, each with a link to a layer that shows it."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.shared.session import start
from sharing.glossary import Term, terms

OTHER_WORDS = "also: {words}"
LINK = "See it on a layer"
LINK_LABEL = "See it on a layer: {term}"


def entry(term: Term) -> str:
    """A term as HTML: its words, its meaning, and the link."""
    also = f" <small>{OTHER_WORDS.format(words=escape(', '.join(term.words)))}</small>" if term.words else ""
    address = escape(f"{term.page}?{urlencode(term.query)}")
    label = escape(LINK_LABEL.format(term=term.name))
    link = f'<a href="{address}" target="_self" aria-label="{label}">{LINK}</a>'
    return f"<dt>{escape(term.name)}{also}</dt><dd>{escape(term.meaning)} {link}</dd>"


start("glossary")
st.markdown("# Glossary")
st.markdown(
    "Every term in one sentence. On the other pages, point at a word with dots under it to read the same there."
)
st.html(f'<dl class="glossary">{"".join(map(entry, terms()))}</dl>')
