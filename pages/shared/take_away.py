"""The dialog from which things are taken away: a page that works offline, pictures, code, and the numbers."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from engine import LayerError
from exports.arrays import npz
from exports.gif import FramesError, join, read_frames
from exports.names import layer_name
from exports.numbers_text import WRITERS
from exports.page import standalone
from exports.programs import keras_code, onnx_code, torch_code
from kinds.registry import spec_of
from pages.shared.components import save_file, show_pictures
from pages.shared.heavy_work import Ended, Work
from pages.shared.offer_code import offer_code
from pages.shared.plain_text import escaped
from pages.shared.share import Shared, warn_of_local
from pages.shared.waiting import begin_work, forget_work, refuse_work, show_work
from sharing.page_state import PageState
from stage.model import Stage, WindowsView, arrays_of

NO_ONNX = "There is no ONNX program here: a model of ONNX says how a layer runs forward, and this page goes back."
_GIF = "gif"
_GIF_FILE = "gif_file"
_GIFS_ASKED = "gifs_asked"


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
    warn_of_local(taken.shared)  # what is taken away says where it is from
    forget_work(_GIF)
    left, right = st.columns(2, gap="large")
    with left:
        _offer_page(taken, name)
        _offer_pictures(taken, name)
        _offer_numbers(taken, name)
    with right:
        _offer_code(taken, name)


def _offer_page(taken: Taken, name: str) -> None:
    st.markdown("**A page that works offline**  \nOne file: it plays and links without this server or any network.")
    st.download_button(
        f"{name}.html",
        lambda: standalone(taken.stage, taken.title, taken.sentence, name, taken.shared.fragment, taken.link),
        f"{name}.html",
        "text/html",
        on_click="ignore",
        icon=":material/download:",
    )


def _offer_pictures(taken: Taken, name: str) -> None:
    st.markdown("**Pictures**  \nWhat the stage shows: this step as a PNG or an SVG, all steps as a GIF or a video.")
    key = f"{taken.state.page}_pictures"
    show_pictures(key, name, taken.title, partial(_join_frames, key))
    show_work(_GIF, partial(_offer_gif, name))


def _join_frames(key: str) -> None:
    """Join the frames that a browser has drawn, or say why they are none: a browser can be made to send anything."""
    said = st.session_state.get(key)
    if said is None:
        return  # the page has been left
    st.session_state[_GIFS_ASKED] = st.session_state.get(_GIFS_ASKED, 0) + 1
    try:
        frames = read_frames(said.get("frames"))
    except FramesError as error:
        refuse_work(_GIF, str(error))
    else:
        begin_work(_GIF, len(frames.images), join, frames, size=sum(map(len, frames.images)))
    st.rerun(_GIF)  # and leave alone what else is in the dialog


def _offer_gif(name: str, work: Work | None) -> None:
    if work is None:
        return
    try:
        gif: bytes = work.result()
    except Ended as ended:
        st.info(str(ended))
    except FramesError as error:
        st.error(escaped(str(error)))
    else:
        st.caption(f"{work.about} frames, {len(gif) / 1000:,.0f} kB")
        with st.container(key=_GIF_FILE):
            st.download_button(
                f"{name}.gif", gif, f"{name}.gif", "image/gif", on_click="ignore", icon=":material/download:"
            )
        save_file(f"{_GIF_FILE}_save", _GIF_FILE, st.session_state[_GIFS_ASKED])


def _offer_code(taken: Taken, name: str) -> None:
    st.markdown("**Code**  \nThe same layer on the same numbers: run, it prints the same output.")
    for label, written, ending in (
        ("PyTorch", torch_code, "torch"),
        ("Keras", keras_code, "keras"),
        ("ONNX", onnx_code, "onnx"),
    ):
        code = written(taken.state, taken.link)
        if code is None:
            st.info(NO_ONNX)
        else:
            offer_code(label, code, f"{name.replace('-', '_')}_{ending}.py")


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
    _offer_copies(taken)


def _offer_copies(taken: Taken) -> None:
    """Offer one array as a text, to be copied."""
    last = taken.stage.layers[-1]
    made = last.names.wholes.get("output", "output") if last.names else "output"
    arrays = {role.name: values for role, values in spec_of(taken.state).numbers(taken.state).items()}
    arrays[made] = arrays_of(last)["output"]
    which, how = st.columns(2)
    name = which.selectbox("One array, to copy", list(arrays), key="copied_array")
    write = WRITERS[how.selectbox("As", list(WRITERS), key="copied_as")]
    values = arrays[name]
    if (
        isinstance(last, WindowsView) and last.dimensions == 1 and values.ndim > 1
    ):  # the one row in which a sequence is shown is none of its own
        values = values.squeeze(-2)
    st.code(write(name, values), language=None, wrap_lines=True)
