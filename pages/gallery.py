"""The gallery: every preset of every page as a card with a picture of its stage, found by searching."""

import streamlit as st

from pages.shared.cards import cards_html, found, style
from pages.shared.session import start

start("gallery")

st.markdown("# Gallery")
st.markdown(
    "Choose a case to play step by step, with all its numbers. From there every layer can be changed, and every moment "
    "is a link."
)
searched = st.text_input(
    "Search", key="search", bind="query-params", placeholder="padding, stride, checkerboard, depthwise, 1-D …"
)
pages = found(searched)
if not pages:
    st.info("No case has all of these words. Try fewer: padding, stride, groups, transposed or pooling.")
st.html(style())
for title, cards in pages.items():
    st.markdown(f"## {title}")
    st.html(cards_html(cards))
