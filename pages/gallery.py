"""The home page: every preset of every page."""

import streamlit as st

from pages.shared.session import start

start("gallery")
query = {name: st.query_params.get_all(name) for name in st.query_params}
if query:
    # a link without a page is one to the standard page, which stood here first
    st.switch_page("pages/standard.py", query_params=query)
st.markdown("#### Gallery")
