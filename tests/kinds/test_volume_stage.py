"""A layer over a volume: all its numbers against torch, where its slices stand, and what presets show."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import LayerError, PaddingMode
from kinds.registry import PRESETS
from kinds.three_dimensional.play import play
from kinds.three_dimensional.roles import VOLUME, VOLUME_KERNEL
from kinds.three_dimensional.state import VolumeState
from kinds.three_dimensional.words import cost_sentence, plain_size_text, size_text, summary
from sharing.page_state import PaddingChoice, Values
from sharing.roles import BIAS
from sharing.values import operands
from stage.model import Grid, Stage, WindowsView
from stage.scene import GridRole
from tests.draws import examples

Floats = NDArray[np.float64]

PRESET_STATES = {slug: preset.state for slug, preset in PRESETS["three_dimensional"].items()}
NAMES = ("depth", "height", "width")


def preset(slug: str, **changes: object) -> VolumeState:
    state = PRESET_STATES[slug]
    assert isinstance(state, VolumeState)
    return replace(state, **changes)  # type: ignore[arg-type]


def view_of(stage: Stage) -> WindowsView:
    (view,) = stage.layers
    assert isinstance(view, WindowsView)
    return view


def output(slug: str, **changes: object) -> list[object]:
    made: list[object] = play(preset(slug, **changes))[0].output.tolist()
    return made


def padded_by_torch(state: VolumeState, x: torch.Tensor) -> torch.Tensor:
    """The input with its padding, an amount for each direction, as torch pads it."""
    amounts = [getattr(state, f"padding_{name}") for name in reversed(NAMES) for _ in range(2)]
    if state.padding_mode is PaddingMode.CONSTANT:
        return functional.pad(x, amounts, value=state.padding_value)
    mode = "constant" if state.padding_mode is PaddingMode.ZEROS else str(state.padding_mode)
    return functional.pad(x, amounts, mode=mode)


def sizes_of(names: tuple[str, ...], most: int, least: int = 1) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({name: st.integers(least, most) for name in names})


@st.composite
def volume_states(draw: st.DrawFn) -> VolumeState:
    """Layers of any sizes that the page shows, with torch's own paddings."""
    fields = draw(sizes_of(NAMES, 5)) | draw(sizes_of(("in_channels", "out_channels"), 2))
    for name, most, least in (("kernel", 3, 1), ("stride", 3, 1), ("dilation", 2, 1), ("padding", 2, 0)):
        fields |= draw(sizes_of(tuple(f"{name}_{one}" for one in NAMES), most, least))
    modes = [mode for mode in PaddingMode if mode is not PaddingMode.SYMMETRIC]  # torch has no such one
    return VolumeState(
        "simplest",
        **fields,
        padding=PaddingChoice.AMOUNT,
        padding_mode=draw(st.sampled_from(modes)),
        bias=draw(st.booleans()),
        values=draw(st.sampled_from((Values.WHOLE, Values.REAL))),
        seed=draw(st.integers(0, 99)),
    )


@given(volume_states())
@settings(max_examples=examples(25))
def test_every_number_of_every_step_is_torchs(state: VolumeState) -> None:
    try:
        trace, stage = play(state)
    except LayerError:
        assume(False)
    numbers = {role: torch.tensor(values) for role, values in operands(state).items()}
    kernel = (state.kernel_depth, state.kernel_height, state.kernel_width)
    weight = numbers[VOLUME_KERNEL].reshape(state.out_channels, state.in_channels, *kernel)
    padded = padded_by_torch(state, numbers[VOLUME][None])
    arguments = {name: tuple(getattr(state, f"{name}_{one}") for one in NAMES) for name in ("stride", "dilation")}
    view = view_of(stage)
    arrays, loops = view.arrays, view.loops
    np.testing.assert_array_equal(arrays.input, padded[0])

    def convolved(part: torch.Tensor, filter_: int, channel: int) -> Floats:
        """What a part of a kernel makes of a channel, a number for each position."""
        made = functional.conv3d(padded[:, channel : channel + 1], part[None, None], **arguments)  # type: ignore[arg-type]
        found: Floats = made.numpy().ravel()
        return found

    for filter_ in range(loops.filters):
        for channel in range(loops.channels):
            whole = weight[filter_, channel]
            products = arrays.products[filter_, channel]
            for tap, at in enumerate(np.ndindex(kernel)):
                alone = torch.zeros_like(whole)
                alone[at] = whole[at]
                np.testing.assert_array_equal(products[tap], convolved(alone, filter_, channel))
            assert arrays.slice_sums is not None
            for number in range(state.kernel_depth):
                alone = torch.zeros_like(whole)
                alone[number] = whole[number]
                expected = convolved(alone, filter_, channel)
                np.testing.assert_allclose(
                    arrays.slice_sums[filter_, channel, number], expected, rtol=1e-12, atol=1e-12
                )
            expected = convolved(whole, filter_, channel)
            partial = arrays.partial_sums[filter_, channel].ravel()
            np.testing.assert_allclose(partial, expected, rtol=1e-12, atol=1e-12)
    bias = numbers.get(BIAS)
    made = functional.conv3d(padded, weight, bias, **arguments)[0]  # type: ignore[arg-type]
    np.testing.assert_allclose(arrays.output, made, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        trace.running_sums[:, -1], made - (0 if bias is None else bias[:, None, None, None]), atol=1e-12
    )


@given(volume_states())
@settings(max_examples=examples(25))
def test_what_is_read_is_what_torchs_gradient_says(state: VolumeState) -> None:
    """Which padded cell is under which tap at which position, and which cells are never read."""
    try:
        trace, stage = play(state)
    except LayerError:
        assume(False)
    view = view_of(stage)
    x = torch.zeros(1, 1, *trace.padded.shape[1:], dtype=torch.float64, requires_grad=True)
    taps = 1 + torch.arange(view.loops.taps, dtype=torch.float64).reshape(1, 1, *trace.layer.kernel)
    made = functional.conv3d(x, taps, stride=trace.layer.strides, dilation=trace.layer.dilations).flatten()
    read = np.zeros(x.numel(), bool)
    for position in range(view.loops.positions):
        (gradient,) = torch.autograd.grad(made[position], x, retain_graph=True)
        under = gradient.flatten().numpy()
        expected = np.array([int(np.flatnonzero(under == tap + 1)[0]) for tap in range(view.loops.taps)])
        np.testing.assert_array_equal(view.arrays.reads[position], expected)
        read |= under != 0
    rows, columns = view.unused_cells
    unread = np.zeros((view.padded_size[0], view.padded_size[1]), bool)
    unread[list(rows)] = True
    unread[:, list(columns)] = True
    np.testing.assert_array_equal(unread.ravel(), ~read)


@given(volume_states())
@settings(max_examples=examples(25))
def test_slices_stand_apart_in_every_arrangement(state: VolumeState) -> None:
    try:
        trace, stage = play(state)
    except LayerError:
        assume(False)
    slices = {
        GridRole.INPUT: trace.padded.shape[1], GridRole.OUTPUT: trace.output.shape[1],
        **dict.fromkeys((GridRole.KERNEL, GridRole.PRODUCTS, GridRole.FILTER), state.kernel_depth),
    }  # fmt: skip
    for grid in stage.grids:
        assert grid.slices == slices.get(grid.role, 1)
    for arrangement in stage.arrangements:
        taken: dict[tuple[float, float], tuple[Grid, int]] = {}
        for grid, across, (x, y) in zip(stage.grids, arrangement.across, arrangement.positions, strict=True):
            assert 1 <= across <= grid.slices
            for cell in range(grid.rows * grid.columns):
                number, within = divmod(cell, grid.slice_rows * grid.columns)
                row, column = divmod(within, grid.columns)
                down, beside = divmod(number, across)
                place = x + beside * (grid.columns + 1) + column, y + down * (grid.slice_rows + 1) + row
                assert 0 <= place[0] < arrangement.width
                assert 0 <= place[1] < arrangement.height
                near = [
                    taken.get((place[0] + right, place[1] + below)) for right in (-1, 0, 1) for below in (-0.5, 0, 0.5)
                ]
                assert all(one in (None, (grid, number)) for one in near)
                taken[place] = grid, number


def test_the_average_of_a_bright_cube_is_a_soft_one() -> None:
    layer = [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
    assert output("average") == [[layer, [[2 * one for one in row] for row in layer], layer]]


def test_only_what_moves_is_seen_between_frames() -> None:
    (frames,) = np.array(output("moving-dot"))
    assert not frames[:, 1:].any()  # the dot that stays is in the last row
    assert frames[:, 0].tolist() == [[-5, 5, 0, 0], [0, -5, 5, 0], [0, 0, -5, 5]]


def test_a_kernel_of_one_frame_makes_the_same_of_both_dots() -> None:
    """Whatever its weights: a frame's output for the dot that moves is that of the other, moved with it."""
    single = {"kernel_depth": 1, "kernel_height": 1, "kernel_width": 1}
    (frames,) = np.array(output("moving-dot", **single))
    moving, still = frames[:, 0], frames[:, 2]
    assert [sorted(row) for row in moving.tolist()] == [sorted(row) for row in still.tolist()]


def test_what_moves_to_the_right_stands_out() -> None:
    (frames,) = np.array(output("direction"))
    assert frames[:, 0].max(axis=1).tolist() == [3, 3]
    assert frames[:, 2].max() == 1


def test_an_edge_in_depth_is_found_where_it_is() -> None:
    assert output("depth-edge") == [[[[0, 0]] * 2, [[16, 16]] * 2, [[0, 0]] * 2]]


def test_a_kernel_as_deep_as_the_input_is_conv2d_over_channels() -> None:
    state = preset("depth-as-channels")
    numbers = {role: torch.tensor(values) for role, values in operands(state).items()}
    trace, _ = play(state)
    as_image = functional.conv2d(numbers[VOLUME], numbers[VOLUME_KERNEL])  # slices are its channels
    np.testing.assert_array_equal(trace.output[0], as_image[0])
    less = play(preset("depth-slides"))[0].output[0]
    for start in range(2):
        pair = functional.conv2d(numbers[VOLUME][:, start : start + 2], numbers[VOLUME_KERNEL][:, :2])
        np.testing.assert_array_equal(less[start], pair[0, 0])
    alone = play(preset("depth-one"))[0].output[0]
    np.testing.assert_array_equal(
        alone, functional.conv2d(numbers[VOLUME][0][:, None], numbers[VOLUME_KERNEL][:, :1])[:, 0]
    )


def test_causal_padding_reads_no_later_frame() -> None:
    state = preset("causal")
    x = torch.tensor(operands(state)[VOLUME])[None].requires_grad_()
    made = functional.conv3d(
        functional.pad(x, (0, 0, 0, 0, 2, 0)), torch.tensor([1.0, 2, 3]).double().reshape(1, 1, 3, 1, 1)
    )
    np.testing.assert_array_equal(play(state)[0].output, made[0].detach())
    for frame in range(4):
        (gradient,) = torch.autograd.grad(made[0, 0, frame].sum(), x, retain_graph=True)
        assert not gradient[0, 0, frame + 1 :].any()


def test_a_ball_shows_its_surface_alone() -> None:
    state = preset("ball")
    (ball,), (made,) = operands(state)[VOLUME], play(state)[0].output
    padded = np.pad(ball, 1)
    around = sum(np.roll(padded, by, axis) for axis in range(3) for by in (-1, 1))[1:-1, 1:-1, 1:-1]
    np.testing.assert_array_equal(made, 6 * ball - around)
    assert not made[(ball == 1) & (around == 6)].any()
    assert (made[(ball == 1) & (around < 6)] > 0).all()


def test_a_corner_under_same_padding_sees_eight_of_27() -> None:
    view = view_of(play(preset("same"))[1])
    inside = view.arrays.cell_kinds[view.arrays.reads[0]] == 0
    assert (int(inside.sum()), inside.size) == (8, 27)


def test_what_is_typed_takes_its_sizes_along() -> None:
    state = preset("channels")
    assert state.follow(VOLUME, (1, 2, 3, 4)) == {"in_channels": 1, "depth": 2, "height": 3, "width": 4}
    kernels = {"kernel_depth": 1, "kernel_height": 2, "kernel_width": 3}
    assert state.follow(VOLUME_KERNEL, (4, 1, 2, 3)) == kernels | {"out_channels": 2}
    assert state.follow(VOLUME_KERNEL, (1, 1, 2, 3)) == kernels | {"out_channels": 1}
    assert state.follow(BIAS, (1,)) == {"out_channels": 2}


@pytest.mark.parametrize(
    ("changes", "key", "parameter"),
    [
        ({"kernel_depth": 3, "depth": 2}, "kernel_too_large", "kernel_size"),
        ({"depth": 7}, "number_out_of_bounds", "depth"),
        ({"kernel_depth": 4}, "number_out_of_bounds", "kernel_depth"),
        ({"padding": PaddingChoice.SAME, "stride_depth": 2}, "same_with_stride", "padding"),
    ],
)
def test_a_layer_that_cannot_be_is_an_error(changes: dict[str, object], key: str, parameter: str) -> None:
    with pytest.raises(LayerError) as found:
        play(preset("simplest", **changes))
    assert (found.value.key.split(".")[0], found.value.parameter) == (key, parameter)


def test_it_is_said_in_its_own_numbers() -> None:
    trace = play(preset("channels"))[0]
    assert summary(trace) == (
        "2 channels of 3×3×3 in, 2 channels of 2×2×2 out: 16 products and a bias for every output, 256 in all."
    )
    assert plain_size_text(trace) == [
        "**Output size**  \nslices, rows and columns: (3 − 2) / 1 + 1 = 2  \nEvery cell of the padded volume is read."
    ]
    apart = play(preset("stride-in-depth", depth=5))[0]
    assert plain_size_text(apart)[0].endswith("slice 4 of the padded volume is hatched on the stage (counted from 0).")
    assert [line.split(":")[0] for line in size_text(apart)[0].split("  \n")[1:]] == ["slices", "rows", "columns"]
    upper = play(preset("stride", padding=PaddingChoice.SAME_UPPER))[0]
    assert plain_size_text(upper)[1].endswith("slices, rows and columns: (3 − 1)·2 + 3 − 5 = 2: 1 before, 1 after")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        # 8 weights at 8 outputs; 4 at 12 places between, where no padding keeps the depth, and 2 at 8.
        ({}, "8 weights and 64 multiplies. As (2+1)-D, 1×2×2 and then 2×1×1 with 1 channel between, "),
        ({}, "(Tran et al., 2018): 6 weights and 64 multiplies. "),
        # 27 * 2 * 2 // (9 * 2 + 3 * 2) = 4 between; 18 * 4 + 12 * 2 weights.
        (
            {"in_channels": 2, "out_channels": 2, "depth": 5, "height": 5, "width": 5, "padding": PaddingChoice.SAME}
            | {f"kernel_{name}": 3 for name in NAMES},
            "1×3×3 and then 3×1×1 with 4 channels between, the most that need no more weights (Tran et al., 2018): 96 "
            "weights and 12,000 multiplies. ",
        ),
    ],
)
def test_what_it_costs_stands_beside_space_and_then_time(changes: dict[str, object], said: str) -> None:
    assert said in cost_sentence(preset("simplest", **changes))


@pytest.mark.parametrize("one", [{"kernel_depth": 1}, {"kernel_height": 1, "kernel_width": 1}])
def test_a_kernel_of_space_or_of_time_alone_is_not_parted(one: dict[str, object]) -> None:
    assert cost_sentence(preset("simplest", **one)).endswith("multiplies.")
