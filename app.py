"""Convolution Visualizer: the app's entry. Page settings and navigation; everything else is in `pages`."""

from pathlib import Path

import streamlit as st

from pages.shared.navigation import navigation

SHARED = Path(__file__).parent / "pages" / "shared"

st.set_page_config(page_title="Convolution Visualizer", page_icon=str(SHARED / "icon.svg"), layout="wide")
st.html(SHARED / "page.css")
if st.context.is_embedded:
    st.html(SHARED / "embedded.css")
st.session_state.entered = True
navigation().run()
