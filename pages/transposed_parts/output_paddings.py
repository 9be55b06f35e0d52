"""The output without output_padding and with 1 of it, side by side."""

import streamlit as st

from engine import TransposedTrace
from kinds.transposed.output_padding_words import TEMPLATES, output_paddings
from pages.shared.maps import show_maps


def explain_output_padding(trace: TransposedTrace) -> None:
    """Show both outputs of a layer that has the choice, and what it is."""
    found = output_paddings(trace)
    if found is None:
        return
    st.markdown(f"{TEMPLATES['heading']} {found.sentence}")
    show_maps(found.maps)
