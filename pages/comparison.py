"""The comparison page: what each kind of convolution costs, in counts, in whole networks and on this machine."""

import streamlit as st

from engine import LayerError
from pages.comparison_parts.counts_view import show_counts_view
from pages.comparison_parts.layer_view import show_layer_view
from pages.comparison_parts.machine_view import show_machine_view
from pages.comparison_parts.networks_view import show_networks_view
from pages.comparison_parts.stack_view import show_stack_view
from pages.shared.address import follow
from pages.shared.faults import in_words_of_controls
from pages.shared.path_bar import show_path_bar
from pages.shared.plain_heading import show_plain_heading
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from sharing.comparison import OPENING, ComparisonState, ComparisonView

VIEWS = {
    ComparisonView.LAYER: "Layer",
    ComparisonView.COUNTS: "Counts",
    ComparisonView.NETWORKS: "Networks",
    ComparisonView.STACK: "Stack",
    ComparisonView.MACHINE: "Timing",
}
SHOW = {
    ComparisonView.LAYER: show_layer_view,
    ComparisonView.COUNTS: show_counts_view,
    ComparisonView.NETWORKS: show_networks_view,
    ComparisonView.STACK: show_stack_view,
    ComparisonView.MACHINE: show_machine_view,
}

TITLE = "What each kind costs"

enter(ComparisonState, OPENING)
state = show_plain_heading(ComparisonState, TITLE, VIEWS)
leave_behind(state)
link = follow(state)
show_path_bar(state)
show_problems(link)
try:
    SHOW[state.view](state)
except LayerError as error:
    st.error(escaped(str(in_words_of_controls(state, error))))
