"""The dialog from which a stack of layers is taken away as a program."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from engine import LayerError
from engine.modules import Shape
from exports.networks.keras_network import keras_network
from exports.networks.onnx_network import onnx_network
from exports.networks.torch_network import torch_network
from pages.shared.offer_code import offer_code
from pages.shared.plain_text import escaped
from pages.shared.share import Shared, page_address
from sharing.comparison import ComparisonState
from sharing.stack_text import StackRow

Program = Callable[[Sequence[StackRow], Shape, str], str]
PROGRAMS: dict[str, tuple[Program, str]] = {
    "PyTorch": (torch_network, "network_torch.py"),
    "Keras": (keras_network, "network_keras.py"),
    "ONNX": (onnx_network, "network_onnx.py"),
}
"""How each library's program is written, and what its file is called."""


def show_stack_code(state: ComparisonState, rows: tuple[StackRow, ...]) -> None:
    """Show the button that opens the dialog; before there is a layer that can be, it waits."""
    is_whole = bool(rows) and all(row.applied for row in rows)
    st.button("As code", key="stack_code", on_click=partial(_ask, state, rows), disabled=not is_whole)


@st.dialog("This network as code", width="large")
def _ask(state: ComparisonState, rows: tuple[StackRow, ...]) -> None:
    st.markdown("Run, it prints the shape of the output and the number of parameters that the table has.")
    link = Shared(page_address(), state).short(is_presented=False)
    for library, (write, file) in PROGRAMS.items():
        try:
            code = write(rows, state.stack_input(), link)
        except LayerError as error:
            st.info(escaped(str(error)))
        else:
            offer_code(library, code, file)
