"""The page on which a network learns to read pictures: a run, recorded or one's own, checkpoint by checkpoint."""

from pathlib import Path

import streamlit as st

from learning.data_sets import DataSet
from learning.recording import Recording
from pages.shared.address import follow
from pages.shared.faults import fault_in
from pages.shared.path_bar import show_path_bar
from pages.shared.plain_heading import show_plain_heading
from pages.shared.plain_text import escaped
from pages.shared.problems import show_problems
from pages.shared.session import enter, leave_behind
from pages.shared.session_state import current_state
from pages.train_a_network_parts.code import offer_run
from pages.train_a_network_parts.controls import choose_checkpoint, choose_misread, show_settings
from pages.train_a_network_parts.drawing import in_no_link, show_drawing
from pages.train_a_network_parts.moving import Part, Parts, maps_parts, moving_parts, show_part
from pages.train_a_network_parts.own_run import chosen_run, offer_training
from pages.train_a_network_parts.views import show_learning, show_maps_of, show_mistakes, show_reading
from pages.train_a_network_parts.words import network_words
from sharing.training import TrainingState, TrainingView

VIEWS = {
    TrainingView.LEARNING: "Learning",
    TrainingView.DIGIT: "One picture",
    TrainingView.MISTAKES: "Mistakes",
    TrainingView.DRAW: "Draw",
}
TITLES = {
    DataSet.DIGITS: "How a network learns to read digits",
    DataSet.CLOTHES: "How a network learns to tell clothes apart",
}


def show_run(state: TrainingState, recording: Recording, parts: Parts) -> None:
    """Show the chosen view of a run, and offer it as a program and files."""
    match state.view:
        case TrainingView.LEARNING:
            show_learning(recording, state, parts)
            show_reading(parts, state)
        case TrainingView.DIGIT:
            show_reading(parts, state)
            show_maps_of(parts)
        case TrainingView.MISTAKES:
            show_mistakes(parts)
            choose_misread(recording, state)
            show_reading(parts, state)
        case TrainingView.DRAW:
            drawn = show_drawing(recording, state.checkpoint, state.centred)
            if drawn is not None:
                show_maps_of(maps_parts(drawn, state.cells(), target="_blank"))  # the drawing stays
    st.caption(network_words(recording))
    offer_run(recording, state.checkpoint)


enter(TrainingState)
state = show_plain_heading(TrainingState, TITLES[current_state(TrainingState).data_set], VIEWS, in_no_link)
fault = fault_in(state, TrainingState.check)
leave_behind(state)
link = follow(state)
show_path_bar(state)
show_problems(link)
st.html(Path(__file__).parent / "train_a_network_parts" / "maps.css")
example = show_settings(state, fault)
recording = None if fault else chosen_run(state)
parts = {} if recording is None else moving_parts(recording, state)
if recording is not None:
    choose_checkpoint(state)
with st.container(key="message"):
    if fault is not None:
        st.error(escaped(fault.sentence))
    else:
        show_part(parts, Part.MOMENT)
        show_part(parts, Part.LOOK_FOR)
        if example and not parts:
            st.markdown(example.look_for)
if recording is not None:
    show_run(state, recording, parts)
elif fault is None:
    offer_training(state.recipe())
