"""The controls of the page on which a network learns: picture and cell in the sidebar, the checkpoint above."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from learning.recording import Recording
from pages.shared.components import show_film
from pages.shared.example_choice import choose_example
from pages.shared.faults import Fault
from pages.shared.labels import label_of
from pages.shared.late_values import changed, pressed, send_all
from pages.shared.layer_controls import choose_up_to, show_rows
from pages.shared.rate_slider import choose_rate
from pages.shared.walking import offer_way
from pages.train_a_network_parts.words import TEMPLATES, one_misread
from sharing.examples import Example
from sharing.link import encode
from sharing.record_path import record_path
from sharing.training import LAST, TrainingState, TrainingView
from sharing.training_examples import MOMENTS

OWN_RUN = (
    ("data_set",),
    ("run",),
    ("epochs", "seed"),
    ("optimizer",),
    ("first_maps", "second_maps"),
    ("relu",),
    ("shrinking",),
)
SHOWN = (
    ("digit",),
    ("centred",),
    ("map_number",),
    ("map_row", "map_column"),
    ("second_map_number",),
    ("second_map_row", "second_map_column"),
)


def show_settings(state: TrainingState, fault: Fault | None) -> Example | None:
    """Show in the sidebar which run is shown and how it is trained, which picture is read and which cell is marked.

    Returns the example that the state is.
    """
    chosen = choose_example(state, MOMENTS)
    show_rows(state, OWN_RUN, fault)
    with st.sidebar.container():
        if "learning_rate" not in state.idle():
            choose_rate(state.learning_rate)
    show_rows(state, SHOWN, fault)
    return chosen


def choose_checkpoint(state: TrainingState) -> None:
    """Choose the checkpoint that is shown, by buttons, by a slider, or by playing the run along it."""

    def take() -> None:
        at = st.session_state["film"].get("stop")
        if isinstance(at, int | float) and at in range(LAST + 1):
            send_all({"checkpoint": int(at)})

    buttons, slider = st.columns(2, vertical_alignment="bottom")
    with buttons.container(key="checkpoint_buttons", horizontal=True, gap="small"):
        for label, icon, to in (
            ("Start", ":material/first_page:", 0),
            ("Back", ":material/arrow_back:", state.checkpoint - 1),
            ("Next", ":material/arrow_forward:", state.checkpoint + 1),
            ("End", ":material/last_page:", LAST),
        ):
            offer_way(label, icon, "checkpoint", to, 0 <= to <= LAST and to != state.checkpoint)
        data = {"film": film_address(state), "slider": ".st-key-checkpoint", "at": state.checkpoint, "last": LAST}
        show_film("film", data | {name: TEMPLATES[name] for name in ("play", "pause")}, pressed(take))
    with slider:
        choose_up_to(label_of("checkpoint"), LAST, "checkpoint")


def film_address(state: TrainingState) -> str | None:
    """Where the film of what is shown is asked for; of a picture that somebody draws there is none.

    It is the same at every checkpoint.
    """
    if state.view is TrainingView.DRAW:
        return None
    return f"{record_path(state.page)}?{urlencode(encode(replace(state, checkpoint=LAST)))}"


def choose_misread(recording: Recording, state: TrainingState) -> None:
    """Offer the pictures that a checkpoint misreads, one by one or by name."""
    wrong = recording.misread(state.checkpoint)
    if not wrong:
        return
    names = {number: one_misread(recording, state.checkpoint, number) for number in wrong}

    def take() -> None:
        if st.session_state["misread"] in names:
            send_all({"digit": st.session_state["misread"]})

    before = [number for number in wrong if number < state.digit]
    after = [number for number in wrong if number > state.digit]
    buttons, choice = st.columns([3, 5], vertical_alignment="bottom")
    with buttons.container(key="misread_buttons", horizontal=True, gap="small"):
        offer_way("Misread before", ":material/arrow_back:", "digit", before[-1] if before else -1, bool(before))
        offer_way("Next misread", ":material/arrow_forward:", "digit", after[0] if after else -1, bool(after))
    send_all({"misread": state.digit if state.digit in names else None})
    choice.selectbox(
        "Misread pictures",
        wrong,
        format_func=lambda number: names.get(number, ""),
        key="misread",
        placeholder="Choose a misread picture",
        on_change=changed("misread", take),
    )
