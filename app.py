"""Convolution Visualizer: the app's entry. `streamlit run app.py` finds here both the server and the page's script.

Imported, it makes `app`: Streamlit with what stands around it. Run for a visitor, it sets up the page and navigates;
everything else is in `pages` and `serving`.
"""

import sys
from pathlib import Path

# Streamlit loads pandas and Plotly in the middle of a first run, and a visitor who arrives then meets half of them.
# Every run waits here until all of both is there.
import pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

# What the pages import, too: a server that says it is well keeps its first visitor waiting for none of it.
import pages.shared.stage_page  # noqa: F401
from kinds.registry import STATES
from pages.shared.components import mount_page_scripts, page_scripts, term_script
from pages.shared.first_picture import picture_of
from pages.shared.garbage import start_collecting
from pages.shared.late_values import end_run
from pages.shared.navigation import TITLE, navigation
from pages.shared.playing import sent
from pages.shared.samples import sample_files
from pages.shared.turns import TURN
from pages.train_a_network_parts.own_run import film
from serving import middleware
from serving.record import record_route
from sharing.training import TrainingState

SHARED = Path(__file__).parent / "pages" / "shared"


def run_page() -> None:
    """Show the page that the visitor's address names."""
    page = navigation()
    title = TITLE.format(page=page.title)
    st.set_page_config(page_title=title, page_icon=str(SHARED / "icon.svg"), layout="wide")
    st.html(SHARED / "page.css")
    if st.context.is_embedded:
        st.html(SHARED / "embedded.css")
    mount_page_scripts()
    st.session_state.entered = True
    page.run()
    end_run()
    start_collecting()


if get_script_run_ctx(suppress_warning=True) is None:
    # A run sends dozens of messages, and gives way at each to whoever computes: by default, for five milliseconds.
    sys.setswitchinterval(0.0005)
    around = middleware(page_scripts(), picture_of, term_script(), sample_files())
    app = st.App(
        __file__, routes=[record_route({**dict.fromkeys(STATES, sent), TrainingState.page: film})], middleware=around
    )
else:
    with TURN:
        run_page()
