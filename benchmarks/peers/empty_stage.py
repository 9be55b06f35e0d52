"""The standard page's sidebar, text areas and stage, with nothing recorded, drawn or explained."""

import streamlit as st

from kinds.registry import PRESETS, SPECS
from kinds.standard.state import StandardState, StandardView
from pages.shared.layer_controls import choose_view, show_controls
from pages.shared.session_state import current_state, load
from pages.shared.value_editor import show_values
from sharing.values import operands
from stage.component import OnStage, show_stage
from stage.model import Surroundings

if "preset" not in st.session_state:
    load(PRESETS["standard"]["simplest"].state)
state = current_state(StandardState)
show_controls(state, SPECS["standard"].control_rows, None)
if "peer_operands" not in st.session_state:
    st.session_state.peer_operands = operands(state)
st.markdown("# Standard convolution")
choose_view({view: view.value for view in StandardView})
show_stage({"problem": ""}, Surroundings(), "peer_stage", OnStage(*3 * [lambda: None]))
show_values(state, st.session_state.peer_operands, None)
