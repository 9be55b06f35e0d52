"""Which pages there are, under which address and name."""

import streamlit as st
from streamlit.navigation.page import Page

NAMES = {
    "standard": "Standard",
    "grouped": "Grouped",
    "separable": "Separable",
    "transposed": "Transposed",
    "pooling": "Pooling",
    "one_dimensional": "1-D",
    "comparison": "Compare",
}
"""What each page is called, by its address, which is the name of its file."""


def navigation() -> Page:
    """Put the list of pages on top of the page, and return the one that was asked for."""
    return st.navigation(
        [
            st.Page("pages/gallery.py", title="Gallery", default=True),
            *(st.Page(f"pages/{page}.py", title=name) for page, name in NAMES.items()),
        ],
        position="hidden" if st.context.is_embedded else "top",
    )
