"""The slider of a learning rate, on pages on which something is learned."""

import streamlit as st

from pages.shared.labels import label_of
from pages.shared.late_values import appear
from sharing.optimizers import RATES_IN_ONE
from stage.number_text import write_number

RATES = (*range(1, 10), *range(10, 1000, 10), *range(1000, RATES_IN_ONE + 1, 500))


def choose_rate(chosen: int) -> None:
    """Show the slider, which has the chosen rate among its stops, in ten-thousandths."""
    appear("learning_rate")
    st.select_slider(
        label_of("learning_rate"),
        sorted({*RATES, chosen}),
        value=chosen,
        format_func=lambda one: write_number(one / RATES_IN_ONE),
        key="learning_rate",
        persist_state="session",
    )
