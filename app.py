"""Convolution Visualizer: the app's entry. Page settings and navigation; everything else is in `pages`."""

from pathlib import Path

# Streamlit and Plotly load pandas in the middle of a first run, and a visitor who arrives then meets half of it.
# Every run waits here until all of it is there.
import pandas  # noqa: F401
import streamlit as st

from pages.shared.components import mount_focus_script
from pages.shared.garbage import start_collecting
from pages.shared.navigation import navigation

SHARED = Path(__file__).parent / "pages" / "shared"

st.set_page_config(page_title="Convolution Visualizer", page_icon=str(SHARED / "icon.svg"), layout="wide")
st.html(SHARED / "page.css")
if st.context.is_embedded:
    st.html(SHARED / "embedded.css")
mount_focus_script()
st.session_state.entered = True
navigation().run()
start_collecting()
