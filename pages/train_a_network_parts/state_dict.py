"""The parameters of a checkpoint as a file of PyTorch's, which torch writes in a process of its own."""

from typing import Any

import numpy as np
import streamlit as st

from learning.recording import Recording
from learning.training import Weights
from pages.shared.heavy_work import LIMIT_SECONDS, TORCH_SECONDS, Ended, Work
from pages.shared.plain_text import escaped
from pages.shared.torch_installed import NO_TORCH, torch_is_installed
from pages.shared.waiting import begin_work, keep_work_about, show_work
from pages.train_a_network_parts.training_task import save_state_dict

MAKE = "Make a PyTorch state_dict of them"
_KEY = "state_dict"


def weights_of(recording: Recording, checkpoint: int) -> Weights:
    """Return the parameters of a checkpoint, by their names in the program's `state_dict`."""
    return {name: values.astype(np.float32) for name, values in recording.parameters(checkpoint).items()}


def offer_state_dict(recording: Recording, checkpoint: int) -> None:
    """Offer to make the file, and then the file."""
    about = recording.recipe, checkpoint
    keep_work_about(_KEY, about)

    def begin() -> None:
        if torch_is_installed():
            weights = weights_of(recording, checkpoint)
            begin_work(_KEY, about, save_state_dict, weights, limit=LIMIT_SECONDS + TORCH_SECONDS)

    def show(work: Work | None) -> None:
        if work is not None:
            _offer_file(work, f"weights_{recording.steps[checkpoint]}.pt")
        elif st.button(MAKE, key="state_dict_button", on_click=begin) and not torch_is_installed():
            st.info(NO_TORCH)

    show_work(_KEY, show)


def _offer_file(work: Work, name: str) -> None:
    try:
        data: Any = work.result()
    except Ended as ended:
        st.info(escaped(str(ended)))
    else:
        st.download_button(name, data, name, "application/octet-stream", on_click="ignore", icon=":material/download:")
