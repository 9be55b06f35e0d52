"""Paper to draw on, and what it is read as."""

import streamlit as st

from learning.data_sets import SIDE, DataSet
from learning.drawing import MOST_POINTS, MOST_STROKES, PEN, UNITS, Stroke, as_drawn, as_mnist, read_strokes
from learning.recording import Recording
from pages.shared.components import show_paper
from pages.shared.late_values import pressed
from pages.train_a_network_parts.map_picture import Maps, map_pictures
from pages.train_a_network_parts.moving import shares_bars
from pages.train_a_network_parts.reading import Reading
from pages.train_a_network_parts.words import TEMPLATES, drawn_words, made_like_words
from sharing.training import TrainingState, TrainingView

PAPER, STROKES = "paper", "drawn_strokes"
"""Where the session has what the browser says of the paper, and what is drawn on it."""


def show_drawing(recording: Recording, checkpoint: int, is_centred: bool) -> Reading | None:
    """Show paper, and what is drawn on it is read as; return how it is read, None while there is none."""
    data_set = recording.recipe.data_set
    strokes: tuple[Stroke, ...] = st.session_state.get(STROKES, ())
    paper, picture, chart = st.columns([4, 3, 6])
    with paper:
        st.markdown(TEMPLATES[f"draw.{data_set}"])
        data = {
            "strokes": [[number for point in stroke for number in point] for stroke in strokes],
            "units": UNITS,
            "pen": 2 * PEN * UNITS / SIDE,
            "most_points": MOST_POINTS,
            "most_strokes": MOST_STROKES,
            **{name: TEMPLATES[f"draw.{name}"] for name in ("label", "undo", "clear")},
        }
        show_paper(PAPER, data, pressed(_take_strokes))
    st.caption(made_like_words(recording))
    if not strokes:
        return None
    image = (as_mnist if is_centred and data_set is DataSet.DIGITS else as_drawn)(strokes)[None]
    reading = Reading(recording, checkpoint, image)
    with picture:
        words = "What is drawn, in 28 by 28 pixels"
        st.html(map_pictures(180, Maps("As the network gets it", words, image, 1.0, 1)))
    with chart:
        st.markdown(drawn_words(data_set, reading.shares))
        st.html(shares_bars(data_set, reading.shares, None))
    return reading


def in_no_link(state: TrainingState) -> str:
    """What a link to the page leaves out."""
    is_drawn = state.view is TrainingView.DRAW and st.session_state.get(STROKES)
    return TEMPLATES["draw.in_no_link"] if is_drawn else ""


def _take_strokes() -> None:
    """Keep the strokes that the browser says; what are none was not sent by the page's paper."""
    strokes = read_strokes(st.session_state[PAPER].get("drawn"))
    if strokes is not None:
        st.session_state[STROKES] = strokes
