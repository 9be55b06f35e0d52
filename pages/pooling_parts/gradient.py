"""What goes back through a pooling layer: a maximum hands its gradient to one cell, a mean to all of its window."""

import streamlit as st

from engine import PoolingTrace, both_poolings
from kinds.pooling.state import PoolingState
from kinds.pooling.words import gradient_sentence, sent_back
from pages.shared.maps import show_maps


def explain_gradient(state: PoolingState, trace: PoolingTrace) -> None:
    """Show the first channel's gradients of the maxima and of the means, where the loss is the sum of the outputs."""
    largest, mean = both_poolings(state.make_layer())
    st.markdown(gradient_sentence(largest, trace.input))
    made = {f"{name}: dL/dX": sent_back(one, trace.input)[0] for name, one in (("max", largest), ("mean", mean))}
    show_maps({"input": trace.input[0], **made})
