"""A run by one's own settings: trained when somebody asks for it, in a process of its own, and then kept for all."""

from typing import Any

import streamlit as st

from learning.recipe import Recipe
from learning.recording import Recording, recorded_run
from pages.shared.heavy_work import TORCH_SECONDS, Ended, Work, WorkQueue
from pages.shared.plain_text import escaped
from pages.shared.torch_installed import NO_TORCH, torch_is_installed
from pages.shared.waiting import begin_work, forget_work, keep_work_about, show_work
from pages.train_a_network_parts.moving import film_of
from pages.train_a_network_parts.training_task import train_and_record
from pages.train_a_network_parts.words import to_train_words
from sharing.training import ChosenRun, TrainingState

TRAINING = WorkQueue(most_works=40, kept_bytes=160_000_000)
"""Beside the queue of other heavy work, which does not wait for a training. It keeps some thirty runs."""
TRAIN = "Train"
_KEY = "training"
_LIMIT = 600.0  # seconds; most of it for a machine that is busy


def chosen_run(state: TrainingState) -> Recording | None:
    """Return the run that a state without a fault shows; None where it has to be trained first."""
    if state.run is ChosenRun.RECORDED:
        return recorded_run(state.data_set)
    run: Recording | None = TRAINING.kept(state.recipe())
    if run is not None:
        forget_work(_KEY)
    return run


def film(state: TrainingState) -> dict[str, Any]:
    """Return the parts of the page at every checkpoint of the run of a state; LookupError where it is not trained here.

    LayerError where the state has a fault.
    """
    state.check()
    run = recorded_run(state.data_set) if state.run is ChosenRun.RECORDED else TRAINING.kept(state.recipe())
    if run is None:
        raise LookupError("the run is not kept")
    return film_of(run, state)


def offer_training(recipe: Recipe) -> None:
    """Say that a run has to be trained first, and offer to; while it is trained, show how far it is."""
    st.markdown(to_train_words(recipe))
    keep_work_about(_KEY, recipe)

    def begin() -> None:
        if torch_is_installed():
            limit = _LIMIT + TORCH_SECONDS
            begin_work(_KEY, recipe, train_and_record, recipe, limit=limit, same=recipe, queue=TRAINING)

    def show(work: Work | None) -> None:
        if TRAINING.kept(recipe) is not None:
            st.rerun()  # of the whole page, which shows it
        is_pressed = st.button(
            TRAIN, key="train_button", icon=":material/model_training:", type="primary", on_click=begin
        )
        if is_pressed and not torch_is_installed():
            st.info(NO_TORCH)
        if work is not None:
            _show_why_there_is_none(work)

    show_work(_KEY, show)


def _show_why_there_is_none(work: Work) -> None:
    try:
        work.result()
    except (Ended, ValueError) as why:
        st.info(escaped(str(why)))
