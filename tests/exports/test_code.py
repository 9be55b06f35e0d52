"""The generated programs are run, and print the page's output."""

import ast
import os
import warnings
from contextlib import redirect_stdout
from io import StringIO

os.environ["KERAS_BACKEND"] = "torch"  # before Keras is first imported

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from engine import LayerError, forward
from exports.keras_code import keras_code
from exports.torch_code import torch_code
from sharing.presets import PRESETS
from sharing.states import SeparableState, SequenceState
from sharing.states.page import PageState
from sharing.values import operands
from tests.sharing.strategies import states

PROGRAMS = {"torch": torch_code, "keras": keras_code}
POSSIBLE = {
    f"{page}-{slug}": preset.state
    for page, presets in PRESETS.items()
    for slug, preset in presets.items()
    if slug not in ("same-with-stride", "missing-axis")
}


def shown(state: PageState) -> NDArray[np.float64]:
    """Return what the page shows as the output: the engine's own."""
    numbers = list(operands(state).values())
    if isinstance(state, SeparableState):
        layer = state.layer()
        half = len(numbers) // 2 + 1
        x, *depthwise = numbers[:half]
        return forward(layer.pointwise, forward(layer.depthwise, x, *depthwise), *numbers[half:])
    output = forward(state.layer(), *numbers)
    return output[:, 0] if isinstance(state, SequenceState) else output


def printed(code: str) -> NDArray[np.float64]:
    """Run a program and read what it prints."""
    out = StringIO()
    with redirect_stdout(out), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Keras about NumPy, and of PyTorch about the even kernels of "same"
        exec(compile(code, "generated.py", "exec"), {})
    return np.array(ast.literal_eval(out.getvalue().replace("-inf", "-1e999")))


def agrees(state: PageState, language: str) -> None:
    expected, found = shown(state), printed(PROGRAMS[language](state))
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("language", PROGRAMS)
@pytest.mark.parametrize("state", POSSIBLE.values(), ids=POSSIBLE)
def test_a_presets_program_prints_the_output_of_the_page(state: PageState, language: str) -> None:
    agrees(state, language)


@settings(max_examples=400)  # four of five draws are no layer
@given(states())
def test_the_program_of_any_layer_prints_the_output_of_the_page(state: PageState) -> None:
    try:
        shown(state)
    except LayerError:
        return
    agrees(state, "torch")
    agrees(state, "keras")
