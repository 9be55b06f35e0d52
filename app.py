"""Convolution Visualizer: the app's entry. Page settings and navigation; everything else is in `pages`."""

import streamlit as st

st.set_page_config(page_title="Convolution Visualizer", page_icon=":material/grid_on:", layout="wide")
st.navigation([st.Page("pages/standard.py", title="Standard convolution")], position="top").run()
