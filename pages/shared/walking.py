"""Buttons that walk along a field of a page: to the next step of a run, or the one before."""

import streamlit as st

from pages.shared.late_values import pressed, send_all


def offer_way(label: str, icon: str, name: str, to: int, is_open: bool) -> None:
    """Show a button that sets a field to a number, where there is a way there."""
    st.button(label, icon=icon, disabled=not is_open, on_click=pressed(lambda: send_all({name: to})))
