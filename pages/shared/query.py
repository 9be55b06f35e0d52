"""The query of the address, as the browser has sent it."""

import streamlit as st

Query = dict[str, list[str]]


def query_now() -> Query:
    """Return every value of every parameter."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
