"""The comparison page's widgets, and charts that nothing is drawn in; what `alt` says makes each a new one."""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from engine import every_kind
from pages.comparison_parts.controls import choose_job, choose_kind
from pages.comparison_parts.kinds_table import rows_of, show_table
from pages.comparison_parts.layer_view import show_measures
from pages.shared.layer_controls import choose_view
from pages.shared.session_state import current_state
from sharing.comparison import ComparisonState, ComparisonView

EMPTY = {"data": [{"type": "bar", "x": [], "y": []}], "layout": {"height": 270}}

st.set_page_config(layout="wide")
st.html(Path("pages/shared/page.css"))
if "view" not in st.session_state:
    st.session_state.update(asdict(ComparisonState()))
    st.session_state.peer_rows = rows_of(every_kind(ComparisonState().job()))
st.markdown("# Peer")
choose_view({view: view.value for view in ComparisonView})
state = current_state(ComparisonState)
choose_job(state, lambda job: None)
drawn = {"kinds": state.job(), "saving": (state.out_channels, state.kernel_size, state.depth_multiplier)}
for place, key in zip(st.columns(2), drawn, strict=True):
    with place:
        if key == "kinds":
            show_measures()
        st.plotly_chart(EMPTY, key=key, alt=f"{key} {drawn[key]}")
st.plotly_chart(EMPTY, key="areas", alt=f"areas {drawn['saving']}")
show_table(st.session_state.peer_rows)
choose_kind("Formulas of")
