"""A page of Streamlit's with one slider."""

import streamlit as st

st.markdown(f"value {st.slider('Rows', 1, 1000, 1)}")
