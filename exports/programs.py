"""PyTorch, Keras and ONNX programs that compute what a page shows, number for number, when they are run."""

from exports.names import layer_kind
from kinds.registry import spec_of
from kinds.shared.onnx_text import IMPORTS
from kinds.shared.program_text import program
from sharing.page_state import PageState


def torch_code(state: PageState, link: str = "") -> str:
    """A program that runs the layer of a state on its numbers and prints the output; LayerError where there is none.

    `link` is named in a comment, so that whoever finds the file finds the page.
    """
    spec = spec_of(state)
    parts = spec.torch_code(state.layer(), spec.numbers(state))
    return program(_head(state, link), "import torch\nfrom torch import nn", *parts)


def keras_code(state: PageState, link: str = "") -> str:
    """The same program in Keras: the same numbers in Keras's own order, with what Keras lacks written out."""
    spec = spec_of(state)
    parts = spec.keras_code(state.layer(), spec.numbers(state))
    return program(_head(state, link), "import keras\nimport numpy as np", *parts)


def onnx_code(state: PageState, link: str = "") -> str | None:
    """A program that makes an ONNX model of the layer, checks it and runs it; None where ONNX has no such model."""
    spec = spec_of(state)
    if spec.onnx_code is None:
        return None
    parts = spec.onnx_code(state.layer(), spec.numbers(state))
    return program(_head(state, link), IMPORTS, *parts)


def _head(state: PageState, link: str) -> str:
    return f"{layer_kind(state)}, with the numbers of {link or 'the page'}"
