"""Which pages there are, under which address and name."""

import streamlit as st
from streamlit.navigation.page import Page


def navigation() -> Page:
    """Put the list of pages on top of the page, and return the one that was asked for."""
    return st.navigation(
        [
            st.Page("pages/gallery.py", title="Gallery", default=True),
            st.Page("pages/standard.py", title="Standard"),
            st.Page("pages/grouped.py", title="Grouped"),
            st.Page("pages/separable.py", title="Separable"),
            st.Page("pages/transposed.py", title="Transposed"),
            st.Page("pages/pooling.py", title="Pooling"),
            st.Page("pages/one_dimensional.py", title="1-D"),
            st.Page("pages/comparison.py", title="Compare"),
        ],
        position="hidden" if st.context.is_embedded else "top",
    )
