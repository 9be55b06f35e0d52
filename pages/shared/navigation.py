"""Which pages there are, under which address and name."""

import streamlit as st
from streamlit.navigation.page import Page

from kinds.registry import SPECS

PAGES = {
    "home": "Home",
    "gallery": "Gallery",
    **{page: spec.label for page, spec in SPECS.items()},
    "comparison": "Compare",
    "learn_a_kernel": "Learn a kernel",
    "train_a_network": "Train a network",
    "images": "Images",
    "upsampling": "Upsampling",
    "glossary": "Glossary",
}
"""The name of every page in the list of pages, by its file's, which is its address too; the first is the home page."""
TITLE = "{page} · Convolution Visualizer"
"""What the window is called."""


def navigation() -> Page:
    """Put the list of pages on top of the page, and return the one that was asked for."""
    pages = [
        st.Page(f"pages/{file}.py", title=title, default=number == 0)
        for number, (file, title) in enumerate(PAGES.items())
    ]
    return st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
