"""The box that reads what is pasted into it, or a file of arrays, and opens the page that shows it."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from engine import LayerError
from engine.messages import fill
from pages.shared.components import show_array_file
from pages.shared.late_values import pressed
from pages.shared.navigation import PAGES
from pages.shared.pasted_states import Opened, opened, opened_numbers
from pages.shared.plain_text import escaped
from sharing.link import encode
from sharing.pasted.array_file import array_names, read_array
from sharing.pasted.reader import read_pasted
from sharing.pasted.results import Layout, Meaning, Part, PastedNumbers

LABEL = "Paste code, a printed model, a summary or numbers"
_HELP = (
    "Layers of PyTorch or Keras, one or many; a Sequential; a class whose forward is a chain; what print(model) shows; "
    "a summary of Keras, torchinfo or torchsummary; a tensor or an array as printed; rows of numbers. "
    "It is read, never run."
)
_PLACEHOLDER = "nn.Conv2d(3, 16, 3, stride=2)"
READ = "Read it"
FILE = "Or arrays that NumPy has saved, as .npy or .npz"
WHICH_ARRAY = "Array in the file"
LARGEST_FILE = 1_000_000
"""Bytes: more than any array that a page shows."""

FILE_TOO_LARGE = "The file has more than {most:,} bytes: save the array alone that is to be shown, or a part of it."

OPEN = "Open on {page}"
WHICH = "An array of {shape}: what is it?"
NO_MEANING = "An array of {shape} is neither an input nor a kernel that a page can show."
CHOICES = {
    Part.INPUT: "Input, {layout}: {channels:channel|channels} of {rows}×{columns}",
    Part.KERNEL: "Kernel, {layout}: {made:filter|filters} of {channels}×{rows}×{columns}",
}
LAYOUTS = {
    Layout.W: "one row",
    Layout.HW: "one channel",
    Layout.CHW: "channels first",
    Layout.HWC: "channels last",
    Layout.NCHW: "channels first",
    Layout.NHWC: "channels last",
    Layout.OIHW: "channels first (PyTorch)",
    Layout.HWIO: "channels last (Keras)",
}

_FILE, _ARRAYS = "array_file", "array_file_bytes"


@dataclass(frozen=True)
class _Way:
    """A page that can be opened, and what the button to it says."""

    label: str
    opened: Opened


def show_paste_box() -> None:
    """Show the box; what was read from it opens at once, or by a button where something has to be said or chosen."""
    st.text_area(LABEL, key="pasted_text", height=120, help=_HELP, placeholder=_PLACEHOLDER)
    st.button(READ, on_click=pressed(_ask))
    _show_pasted()
    show_array_file(_FILE, FILE, FILE_TOO_LARGE.format(most=LARGEST_FILE), LARGEST_FILE, pressed(_take_file))
    if _ARRAYS in st.session_state:
        _show_arrays(st.session_state[_ARRAYS])


def _show_pasted() -> None:
    is_asked = st.session_state.pop("pasted_now", False)
    text: str | None = st.session_state.get("pasted_asked")
    if text is None:
        return
    try:
        question, ways = _ways(text)
    except LayerError as error:
        st.error(escaped(str(error)))
        return
    if is_asked and len(ways) == 1 and not ways[0].opened.notes:
        _open(ways[0].opened)
    _offer(question, ways)


def _take_file() -> None:
    """Keep the bytes that the browser has read; what is no base64, or is too long, was not sent by the page's field."""
    said = st.session_state[_FILE].get("file")
    if not isinstance(said, str) or len(said) > 2 * LARGEST_FILE:
        return
    try:
        st.session_state[_ARRAYS] = b64decode(said, validate=True)
    except ValueError:
        return


def _show_arrays(data: bytes) -> None:
    """Offer what an array of a file can be, and let one be chosen where there are several."""
    try:
        names = array_names(data)
        name = st.selectbox(WHICH_ARRAY, names, key="array_name") if len(names) > 1 else names[0]
        question, ways = _numbers_ways(read_array(data, name))
    except LayerError as error:
        st.error(escaped(str(error)))
        return
    _offer(question, ways)


def _ask() -> None:
    """Have the text that stands in the box read, in this run and, until another is, in those after it."""
    session = st.session_state
    session["pasted_asked"], session["pasted_now"] = session["pasted_text"], True


def _ways(text: str) -> tuple[str, list[_Way]]:
    """What is to be asked, if anything, and the pages that a text can open; LayerError where it cannot be read."""
    pasted = read_pasted(text)
    if isinstance(pasted, PastedNumbers):
        return _numbers_ways(pasted)
    found = opened(pasted)
    return "", [_Way(OPEN.format(page=PAGES[found.state.page]), found)]


def _numbers_ways(pasted: PastedNumbers) -> tuple[str, list[_Way]]:
    """What is asked of an array, and the pages that it can open."""
    shape = {"shape": "×".join(map(str, pasted.values.shape))}
    ways = [_Way(_choice(pasted, one), opened_numbers(pasted.values, one)) for one in pasted.meanings]
    return fill(WHICH if ways else NO_MEANING, shape), ways


def _choice(pasted: PastedNumbers, meaning: Meaning) -> str:
    *made, channels, rows, columns = meaning.arranged(pasted.values).shape
    layout = LAYOUTS[meaning.layout]
    places = {"layout": layout, "made": made[0] if made else 0, "channels": channels, "rows": rows, "columns": columns}
    return fill(CHOICES[meaning.part], places)


def _offer(question: str, ways: Sequence[_Way]) -> None:
    if question:
        st.markdown(escaped(question))
    for note in dict.fromkeys(note for way in ways for note in way.opened.notes if len(ways) == 1):
        st.markdown(escaped(note))
    with st.container(horizontal=True):
        for way in ways:
            said = escaped(" ".join(way.opened.notes)) if len(ways) > 1 else None
            if st.button(way.label, help=said):
                _open(way.opened)


def _open(found: Opened) -> NoReturn:
    """Go to the page, by its usual link."""
    for name in ("pasted_asked", _ARRAYS):
        st.session_state.pop(name, None)
    st.switch_page(f"pages/{found.state.page}.py", query_params=encode(found.state))
