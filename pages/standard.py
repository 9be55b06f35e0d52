"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from functools import lru_cache
from typing import Any

import streamlit as st

from engine import LayerError, Trace, record
from pages.shared.explanation import explain_size, summary
from pages.shared.layer_controls import choose_layer, choose_preset
from pages.shared.torch_check import compare
from pages.shared.value_editor import edit_on_stage, show_values
from sharing.presets import find_preset
from sharing.state import StandardState
from sharing.values import Operands, operands
from stage.component import load_plotly, show_stage
from stage.payload import payload

STAGE = "standard_stage"


@lru_cache(maxsize=32)
def played(state: StandardState) -> tuple[Trace, dict[str, Any]]:
    """The record of a state's layer, and the stage's payload. LayerError where there is no layer."""
    trace = record(state.layer(), *operands(state))
    return trace, payload(trace) | {"id": str(hash(state))}


def check(trace: Trace) -> None:
    """Offer to run the same numbers through PyTorch, and say how far apart the two are."""
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        found = compare(trace)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        st.markdown(f"{verdict} Largest difference: **{found.largest_difference:g}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)


choose_preset("simplest")
state = choose_layer()

values: Operands | None = None
trace: Trace | None = None
refused = st.session_state.pop("refused_edit", None)
try:
    values = operands(state)
    trace, data = played(state)
    problem = refused
except LayerError as error:
    problem = str(error)
    data = {"problem": problem}

st.markdown("#### Standard convolution")
with st.container(key="message"):
    preset = find_preset(state.preset)
    if problem:
        st.error(problem)
    elif state == preset.state:
        st.markdown(preset.look_for)
    elif trace is not None:
        st.markdown(summary(trace))
load_plotly()
show_stage(data | {"refused": refused and st.session_state.refusals}, STAGE, lambda: edit_on_stage(STAGE))
with st.container(key="explanation"):
    explain_size(trace)
    if trace is not None:
        check(trace)
show_values(state, values)
