"""A program that is offered: to be read, to be copied, and as a file."""

import streamlit as st


def offer_code(library: str, code: str, file: str) -> None:
    """Show a program under the name of its library, folded away, and offer it as a file."""
    with st.expander(library):
        st.code(code, language="python", wrap_lines=True)  # what scrolls in itself is not reached by every keyboard
    st.download_button(file, code, file, "text/x-python", on_click="ignore", icon=":material/download:")
