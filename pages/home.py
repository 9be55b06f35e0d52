"""The home page: a small layer that plays, and under it the paths through the pages."""

import streamlit as st

from kinds.registry import PRESETS
from pages.shared.address import is_step_through_history
from pages.shared.cards import cards_html, path_cards, style
from pages.shared.paste_box import show_paste_box
from pages.shared.playing import sent
from pages.shared.query import query_now
from pages.shared.session import start
from sharing.link import OF_A_FRAME
from stage.component import OnStage, show_stage
from stage.model import Surroundings


def open_old_link() -> None:
    """Go where an old link meant: what stood here were the standard page at first, and then the gallery."""
    query = query_now()
    if is_step_through_history() or not query.keys() - {*OF_A_FRAME}:
        return  # whoever steps back to this page stays here
    is_search = not query.keys() - {*OF_A_FRAME} - {"search"}
    st.switch_page("pages/gallery.py" if is_search else "pages/standard.py", query_params=query)


def nothing() -> None:
    """What the home page does when something is done on its stage: it has no state to change."""


start("home")
open_old_link()
st.markdown("# See every multiply and every sum of a convolution")
st.markdown(
    "Press Play. Each stop of the kernel makes one output. Point at any number, or tap it, to see what it meets."
)
surroundings = Surroundings(alone=False, presenting=False, fixed=True, refused=None)
on = OnStage(nothing, nothing, nothing)
show_stage(sent(PRESETS["standard"]["simplest"].state), surroundings, "home_stage", on)
st.markdown("## Paths: from the first sum to what a network costs")
st.html(style())
st.html(cards_html(path_cards()))
st.page_link("pages/gallery.py", label="All cases, with a search", icon=":material/grid_view:")
st.markdown("## Your own layer, network or numbers")
show_paste_box()
