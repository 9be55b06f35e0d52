"""What the page on which a network learns shows, view by view."""

import streamlit as st

from learning.classes import CLASS_NAMES
from learning.data_sets import held_out
from learning.recording import Recording
from pages.train_a_network_parts.charts import show_accuracies, show_losses, show_moved
from pages.train_a_network_parts.map_picture import Maps, map_pictures
from pages.train_a_network_parts.moving import Part, Parts, show_part
from pages.train_a_network_parts.words import TEMPLATES, chart_words
from sharing.training import TrainingState


def show_reading(parts: Parts, state: TrainingState) -> None:
    """Show a held-out picture, and the shares of what it is read as."""
    picture, chart = st.columns([1, 3])
    pictures = held_out(state.data_set)
    one = CLASS_NAMES[state.data_set][pictures.labels[state.digit]].one
    words = TEMPLATES["held_out"].format(number=state.digit, label=one)
    image = pictures.images[state.digit][None] / 255
    picture.html(map_pictures(180, Maps(TEMPLATES["picture"], words, image, 1.0, 1)))
    with chart:
        show_part(parts, Part.READING)
        show_part(parts, Part.SHARES)


def show_learning(recording: Recording, state: TrainingState, parts: Parts) -> None:
    """Show how the run went, and what has changed in the kernels of the first layer."""
    left, right = st.columns(2)
    with left:
        st.markdown(chart_words("losses", recording))
        show_losses(recording, state.checkpoint)
    with right:
        st.markdown(chart_words("accuracies", recording))
        show_accuracies(recording, state.checkpoint)
    left, right = st.columns(2)
    with left:
        show_part(parts, Part.KERNELS)
        show_part(parts, Part.KERNEL_PICTURES)
    with right:
        st.markdown(TEMPLATES["moved"])
        show_moved(recording, state.checkpoint)
    show_part(parts, Part.KERNEL)


def show_maps_of(parts: Parts) -> None:
    """Show what every layer makes of a picture, and lead to the arithmetic of one cell of each convolution."""
    for parts_left, part_right in (
        ((Part.FIRST, Part.CELL), Part.AFTER_FIRST),
        ((Part.SECOND, Part.SECOND_CELL, Part.SECOND_STAGES), Part.AFTER_SECOND),
    ):
        left, right = st.columns(2)
        with left:
            for part in parts_left:
                show_part(parts, part)
        with right:
            show_part(parts, part_right)


def show_mistakes(parts: Parts) -> None:
    """Show what is read as what, and the pictures that are misread."""
    left, right = st.columns(2)
    with left:
        show_part(parts, Part.MISTAKES)
        show_part(parts, Part.CONFUSION)
    with right:
        show_part(parts, Part.MISREAD)
        show_part(parts, Part.MISREAD_PICTURES)
