"""The transposed-convolution page: three views of one layer, and what is true of its sizes and its overlaps."""

import streamlit as st

from kinds.transposed import SPEC
from pages.shared.stage_page import show_page
from pages.transposed_parts.output_paddings import explain_output_padding
from pages.transposed_parts.overlaps import explain_overlaps
from pages.transposed_parts.round_trip import explain_round_trip
from pages.transposed_parts.size_question import ask_for_size

recorded = show_page(SPEC)
if not st.context.is_embedded:
    ask_for_size()
if recorded is not None:
    with st.container(key="beneath"):  # hidden while the stage asks what it tells
        explain_output_padding(recorded)
        explain_overlaps(recorded)
        explain_round_trip(recorded)
