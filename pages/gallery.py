"""The home page: every preset of every page as a card with a picture of its stage, found by searching."""

import streamlit as st

from pages.shared.address import is_step_through_history, query_now
from pages.shared.cards import cards_html, found, style
from pages.shared.session import start

start("gallery")
query = query_now()
if query.keys() - {"search", "embed", "embed_options"} and not is_step_through_history():
    # a link without a page is one to the standard page, which stood here first; whoever steps back to it stays here
    st.switch_page("pages/standard.py", query_params=query)

st.markdown("#### See every multiply and every sum of a convolution")
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
    st.markdown(f"##### {title}")
    st.html(cards_html(cards))
