"""The home page: every preset of every page as a card that leads to it."""

import streamlit as st

from pages.shared.address import is_step_through_history, query_now
from pages.shared.cards import cards
from pages.shared.components import show_gallery
from pages.shared.session import start

start("gallery")
query = query_now()
if query and not is_step_through_history():
    # a link without a page is one to the standard page; whoever steps back to it comes here
    st.switch_page("pages/standard.py", query_params=query)
show_gallery(cards(), "gallery")
