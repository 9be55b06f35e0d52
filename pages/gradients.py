"""The gradients page: a layer forward, and back, where each gradient is made by a convolution too."""

import streamlit as st

from kinds.gradients import SPEC
from kinds.gradients.backward import Backward
from kinds.gradients.state import GradientsState, Loss
from kinds.gradients.words import bias_lines, input_sentence, loss_sentence, weight_sentence
from pages.shared.check_view import offer_check
from pages.shared.explanation import show_size
from pages.shared.maps import show_maps
from pages.shared.stage_page import show_page
from stage.labels import Label, channel_label


def explain(state: GradientsState, recorded: Backward | None) -> None:
    """Show where the gradient of the output comes from, what makes the others, sizes, and the check of all."""
    if recorded is not None:
        _explain_loss(recorded)
        st.markdown(weight_sentence(recorded))
        _explain_input(recorded)
        st.markdown("  \n".join(bias_lines(recorded)))
    show_size(SPEC, recorded)
    if recorded is not None:
        offer_check(state, SPEC.check(recorded))


def _explain_loss(recorded: Backward) -> None:
    st.markdown(loss_sentence(recorded))
    if recorded.loss is not Loss.SQUARED_ERROR or recorded.wanted is None:
        return
    maps = len(recorded.grad_output)
    for channel, (made, wanted, gradient) in enumerate(
        zip(recorded.forward.output, recorded.wanted, recorded.grad_output, strict=True)
    ):
        name = channel_label(Label.OUTPUT_GRADIENT, channel, maps)
        show_maps({channel_label(Label.OUTPUT, channel, maps): made, "wanted": wanted, name: gradient})


def _explain_input(recorded: Backward) -> None:
    st.markdown(input_sentence(recorded))
    if recorded.copies_cells:
        maps = len(recorded.found.input)
        show_maps(
            {channel_label(Label.INPUT_GRADIENT, one, maps): each for one, each in enumerate(recorded.found.input)}
        )


show_page(SPEC, explain)
