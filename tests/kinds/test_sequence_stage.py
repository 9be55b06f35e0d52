"""Each output of a sequence stands under the last input that it reads, and cells are named by one number."""

from dataclasses import replace

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch.nn import functional

from engine import LayerError
from kinds.one_dimensional.play import play
from kinds.one_dimensional.roles import SEQUENCE, SEQUENCE_KERNEL
from kinds.one_dimensional.state import SequencePadding, SequenceState
from kinds.registry import PRESETS
from sharing.roles import BIAS, Role
from sharing.values import typed
from stage.model import Stage, WindowsView
from stage.scene import GridRole
from tests.draws import examples

STATES = [preset.state for preset in PRESETS["one_dimensional"].values()]


def last_reads(state: SequenceState, padded: int) -> list[int]:
    """The last cell of the padded input that each output depends on: the last with a gradient in PyTorch."""
    x = torch.zeros(1, 1, padded, requires_grad=True)
    ones = torch.ones(1, 1, state.kernel_size)
    outputs = functional.conv1d(x, ones, stride=state.stride, dilation=state.dilation).flatten()
    gradients = [torch.autograd.grad(output, x, retain_graph=True)[0].flatten() for output in outputs]
    return [int(gradient.nonzero().max()) for gradient in gradients]


def columns(stage: Stage, role: GridRole, positions: tuple[tuple[int, float], ...]) -> list[list[int]]:
    """The columns of the canvas in which the cells of each grid of a role stand."""
    placed = zip(stage.grids, positions, strict=True)
    return [
        [x + cell * grid.column_step for cell in range(grid.columns)] for grid, (x, _) in placed if grid.role is role
    ]


@given(
    st.sampled_from(STATES),
    st.sampled_from(SequencePadding),
    st.tuples(*(st.integers(1, most) for most in (12, 4, 3, 3))),
)
@settings(max_examples=examples(25))
def test_an_output_stands_under_the_last_input_that_it_reads(
    state: SequenceState, padding: SequencePadding, numbers: tuple[int, int, int, int]
) -> None:
    length, kernel_size, stride, dilation = numbers
    state = replace(
        state, length=length, kernel_size=kernel_size, stride=stride, dilation=dilation, padding=padding, bias=True
    )
    try:
        trace, stage = play(state)
    except LayerError:
        assume(False)
    expected = last_reads(state, trace.axes[1].padded)
    for arrangement in stage.arrangements:
        inputs = columns(stage, GridRole.INPUT, arrangement.positions)
        assert len({tuple(one) for one in inputs}) == 1  # channels stand one over the other
        outputs = columns(stage, GridRole.OUTPUT, arrangement.positions)
        assert outputs == [[inputs[0][cell] for cell in expected]] * state.out_channels


@pytest.mark.parametrize("state", STATES, ids=PRESETS["one_dimensional"])
def test_a_cell_of_a_sequence_has_one_number(state: SequenceState) -> None:
    (view,) = play(state)[1].layers
    assert isinstance(view, WindowsView)
    assert view.dimensions == 1


@pytest.mark.parametrize(
    ("role", "text", "cell"),
    [
        (SEQUENCE, "1 2 x", "input[2] "),
        (SEQUENCE, "1 2\n3 x", "input[1, 1] "),  # of channel 1
        (SEQUENCE_KERNEL, "1 x", "kernel[1] "),
        (SEQUENCE_KERNEL, "1 2\n3 x", "kernel[1, 1] "),
        (SEQUENCE_KERNEL, "1 2\n---\n3 x", "kernel[1, 0, 1] "),  # of filter 1
        (BIAS, "1 x", "bias[1] "),
    ],
)
def test_a_refused_value_of_a_sequence_has_no_row(role: Role, text: str, cell: str) -> None:
    with pytest.raises(LayerError) as refused:
        typed(role, text)
    assert str(refused.value).startswith(cell)
