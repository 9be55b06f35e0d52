"""What goes back through a pooling layer, against torch's autograd of the sum of its outputs."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import AvgPool2d, MaxPool2d
from kinds.pooling.words import gradient_sentence, sent_back
from kinds.registry import PRESETS
from sharing.roles import INPUT
from sharing.values import operands
from tests.draws import examples
from tests.engine.strategies import pooling_cases, torch_pooled_tensor


@pytest.mark.parametrize("kind", [MaxPool2d, AvgPool2d])
@given(data=st.data())
@settings(max_examples=examples(25), deadline=None)
def test_what_is_sent_back_is_autograds(kind: Any, data: st.DataObject) -> None:
    layer, x = data.draw(pooling_cases(kind))
    values = torch.tensor(np.sign(x), dtype=torch.float64, requires_grad=True)  # with many equal cells
    output = torch_pooled_tensor(layer, values)
    assume(bool(output.isfinite().all()))
    output.sum().backward()
    assert values.grad is not None
    np.testing.assert_allclose(sent_back(layer, np.sign(x)), values.grad.numpy(), rtol=0, atol=1e-12)


def test_the_first_of_equal_cells_is_the_one_that_gets_it() -> None:
    state = PRESETS["pooling"]["equal-cells"].state
    layer, x = state.layer(), operands(state)[INPUT]
    assert sent_back(layer, x).tolist() == [[[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]]]
    assert "as in 3 windows here, to the first" in gradient_sentence(layer, x)


def test_where_no_cells_are_equal_none_are_said_to_be() -> None:
    assert "equal, as" not in gradient_sentence(MaxPool2d(2), np.arange(16.0).reshape(1, 4, 4))
    on_padding_alone = MaxPool2d(2, padding=1, dilation=3)
    assert "equal, as" not in gradient_sentence(on_padding_alone, np.arange(4.0).reshape(1, 2, 2))
