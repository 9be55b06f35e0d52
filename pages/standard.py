"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from functools import lru_cache
from typing import Any

import streamlit as st

from engine import LayerError, Trace, record
from pages.shared.explanation import explain_size
from pages.shared.layer_controls import choose_layer, choose_preset
from pages.shared.torch_check import compare
from pages.shared.value_editor import edit_on_stage, show_values
from sharing.presets import find_preset
from sharing.state import StandardState, Values
from sharing.values import Operands, operands
from stage.component import load_plotly, show_stage
from stage.payload import payload

STAGE = "standard_stage"


@lru_cache(maxsize=32)
def played(state: StandardState) -> tuple[Operands, Trace, dict[str, Any]]:
    """The numbers of a state, the record of its layer, and the stage's payload. LayerError where there is no layer."""
    layer = state.layer()
    values = operands(state, layer)
    trace = record(layer, values.input, values.kernel, values.bias)
    return values, trace, payload(trace) | {"id": str(hash(state))}


def explain(trace: Trace) -> None:
    """Show what belongs to a layer that works, under its stage."""
    explain_size(trace)
    if st.button("Check against PyTorch", help="Runs torch.nn.functional on the very same numbers"):
        found = compare(trace)
        verdict = "PyTorch computes the same numbers." if found.largest_difference <= 1e-9 else "PyTorch differs."
        st.markdown(f"{verdict} Largest difference: **{found.largest_difference:g}** over {found.output.size} outputs.")
        st.code(found.call, language="python", wrap_lines=True)


with st.sidebar:
    choose_preset("simplest")
    state = choose_layer()

try:
    values, trace, data = played(state)
    problem = None
except LayerError as error:
    values, trace, data = None, None, {"problem": str(error)}
    problem = str(error)

st.markdown("#### Standard convolution")
edit_problem = st.session_state.pop("edit_problem", None)
with st.container(key="message"):
    if problem or edit_problem:
        st.error(problem or edit_problem)
    else:
        st.markdown(find_preset(state.preset).look_for)
load_plotly()
show_stage(data, STAGE, lambda: edit_on_stage(STAGE))
if trace is not None:
    explain(trace)
show_values(state, values)
