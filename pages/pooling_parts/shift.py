"""What a shift of the input does to what is pooled from it: before and after side by side, and how much changed."""

import streamlit as st

from engine import PoolingTrace, both_poolings, shift_effect, shifted
from kinds.pooling.state import PoolingState
from kinds.pooling.words import changed_sentence, windows_sentence
from pages.shared.layer_controls import choose_up_to
from pages.shared.maps import show_maps


def explain_shift(state: PoolingState, trace: PoolingTrace) -> None:
    """Show the first channel's maximum and mean before and after the input moves to the right."""
    st.markdown("**What a shift does** Move the input to the right, with zeros coming in from the left:")
    most = min(8, trace.input.shape[2] - 1)
    if most < 1:
        st.markdown("An input of one column has nowhere to go.")
        return
    columns = choose_up_to("Columns to the right", most, "shift")
    maps, sentences = {"input": trace.input[0], "moved": shifted(trace.input, columns)[0]}, []
    chosen = state.make_layer()
    for name, layer in zip(("max", "mean"), both_poolings(chosen), strict=True):
        effect = shift_effect(layer, trace.input, columns)
        maps |= {name: effect.before[0], f"{name}, moved": effect.after[0]}
        sentences.append(changed_sentence(name, effect))
    st.markdown(f"{'; '.join(sentences)}. {windows_sentence(chosen)}".rstrip())
    show_maps(maps)
