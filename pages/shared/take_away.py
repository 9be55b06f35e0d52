"""The dialog from which things are taken away: a page that works offline, pictures, code, and the numbers."""

from dataclasses import dataclass

import streamlit as st

from engine import LayerError
from exports.animation import animate, png
from exports.arrays import npz
from exports.names import layer_name
from exports.page import standalone
from exports.painter_input import painter_input
from exports.programs import keras_code, torch_code
from pages.shared.plain_text import escaped
from pages.shared.share import Shared
from sharing.page_state import PageState
from stage.model import Stage


@dataclass(frozen=True)
class Taken:
    """What is taken away: a stage, under which title, with a sentence on it, and where it is from."""

    state: PageState
    stage: Stage
    title: str
    sentence: str
    shared: Shared

    @property
    def link(self) -> str:
        """The link to where it is from."""
        return self.shared.short(is_presented=False)


@st.dialog("Take it away", width="large")
def take_away(taken: Taken | None) -> None:
    """Offer everything that can be taken away; without a layer that works there is nothing."""
    if taken is None:
        st.info("There is no layer here that works, so there is nothing to take away yet.")
        return
    try:
        name = layer_name(taken.state)
    except LayerError as error:
        st.info(escaped(str(error)))
        return
    left, right = st.columns(2, gap="large")
    with left:
        _offer_page(taken, name)
        _offer_pictures(taken, name)
    with right:
        _offer_code(taken, name)
        _offer_numbers(taken, name)


def _offer_page(taken: Taken, name: str) -> None:
    st.markdown("**A page that works offline**  \nOne file: it plays and links without this server or any network.")
    st.download_button(
        f"{name}.html",
        lambda: standalone(taken.stage, taken.title, taken.sentence, name, taken.shared.moment.fragment, taken.link),
        f"{name}.html",
        "text/html",
        on_click="ignore",
        icon=":material/download:",
    )


def _offer_pictures(taken: Taken, name: str) -> None:
    st.markdown("**Pictures**  \nThis step as a PNG, or all steps of its kind as an animated GIF.")
    theme = st.radio(
        "Pictures in", ["light", "dark"], horizontal=True, key="picture_theme", label_visibility="collapsed"
    )
    moment = taken.shared.moment
    st.download_button(
        f"{name}-step{moment.step}.png",
        lambda: png(painter_input(taken.stage), taken.title, moment, theme),
        f"{name}-step{moment.step}.png",
        "image/png",
        on_click="ignore",
        icon=":material/download:",
    )
    if not st.button("Make the GIF", icon=":material/animation:"):
        return
    bar = st.progress(0.0, "Drawing the steps")

    def show(share: float) -> None:
        bar.progress(share, "Drawing the steps")

    animation = animate(painter_input(taken.stage), taken.title, moment, theme, show)
    bar.empty()
    kilobytes = len(animation.gif) / 1000
    st.caption(f"{len(animation.steps)} frames, {kilobytes:,.0f} kB. {animation.left_out}")
    st.download_button(
        f"{name}.gif", animation.gif, f"{name}.gif", "image/gif", on_click="ignore", icon=":material/download:"
    )


def _offer_code(taken: Taken, name: str) -> None:
    st.markdown("**Code**  \nThe same layer on the same numbers: run, it prints the same output.")
    for label, written, ending in (("PyTorch", torch_code, "torch"), ("Keras", keras_code, "keras")):
        code = written(taken.state, taken.link)
        file = f"{name.replace('-', '_')}_{ending}.py"
        with st.expander(label):
            st.code(code, language="python", height=240)
        st.download_button(file, code, file, "text/x-python", on_click="ignore", icon=":material/download:")


def _offer_numbers(taken: Taken, name: str) -> None:
    st.markdown("**Every number**  \nThe record for NumPy, with a README that says what each array is.")
    st.download_button(
        f"{name}.npz",
        lambda: npz(taken.stage, taken.title, taken.link),
        f"{name}.npz",
        "application/octet-stream",
        on_click="ignore",
        icon=":material/download:",
    )
