"""The gradients that are played, number by number and step by step, against torch's autograd."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch.nn import functional

from engine import LayerError, PaddingMode
from exports.arrays import npz
from kinds.gradients import SPEC
from kinds.gradients.backward import Backward, there_and_back
from kinds.gradients.play import all_stage, input_stage, weight_stage
from kinds.gradients.roles import GRADIENT
from kinds.gradients.state import GradientsState, GradientsView, Loss
from kinds.gradients.words import bias_lines, input_sentence, loss_sentence, summary, weight_sentence
from kinds.registry import PRESETS
from pages.shared.torch_check import compare
from sharing.page_state import PaddingChoice, PageState, Values
from sharing.roles import BIAS, INPUT, KERNEL, WANTED
from sharing.values import operands
from stage.model import ScatterView, Stage, WindowsView, arrays_of
from stage.scene import GridRole
from tests.draws import examples
from tests.engine.strategies import TORCH_NAMES, sides_of, torch_padding, torch_sides

Array = NDArray[Any]
SLUGS = list(PRESETS["gradients"])


def preset(slug: str) -> GradientsState:
    state = PRESETS["gradients"][slug].state
    assert isinstance(state, GradientsState)
    return state


def autograd(state: GradientsState) -> dict[str, Array]:
    """Return torch's gradients of a state: of the output, the padded input, the input, the weight and the bias."""
    layer, numbers = state.layer(), operands(state)
    leaves = {
        role.name: torch.tensor(numbers[role], requires_grad=True) for role in (INPUT, KERNEL, BIAS) if role in numbers
    }
    sides = torch_sides(sides_of(layer, state.height, state.width))
    padded = functional.pad(leaves["input"][None], sides, **torch_padding(layer))
    padded.retain_grad()
    bias = leaves.get("bias")
    output = functional.conv2d(padded, leaves["kernel"], bias, layer.strides, 0, layer.dilations, layer.groups)[0]
    output.retain_grad()
    match state.loss:
        case Loss.GIVEN:
            output.backward(torch.tensor(numbers[GRADIENT]))
        case Loss.SQUARED_ERROR:
            functional.mse_loss(output, torch.tensor(numbers[WANTED]), reduction="sum").backward()
        case Loss.ONE_OUTPUT:
            output[state.output_channel, state.output_row, state.output_column].backward()
    found = {"output": output, "padded": padded, **leaves}
    return {
        name: one.grad.numpy().reshape(one.shape[-3:] if name == "padded" else one.shape) for name, one in found.items()
    }


@st.composite
def states(draw: st.DrawFn) -> GradientsState:
    """Draw a layer of whole numbers in every mode that torch has, and what its gradients are of."""
    groups = draw(st.sampled_from([1, 1, 2]))
    numbers = {
        name: draw(st.integers(1, 3 if name.startswith("kernel") else 2))
        for name in (
            "kernel_height",
            "kernel_width",
            "stride_height",
            "stride_width",
            "dilation_height",
            "dilation_width",
        )
    }
    sides = {
        name: draw(st.integers(0, 2)) for name in ("padding_top", "padding_bottom", "padding_left", "padding_right")
    }
    state = GradientsState(
        "simplest",
        draw(st.integers(3, 6)),
        draw(st.integers(3, 6)),
        groups * draw(st.integers(1, 2)),
        groups * draw(st.integers(1, 2)),
        groups=groups,
        **numbers,
        **sides,
        padding=PaddingChoice.SIDES,
        padding_mode=PaddingMode(draw(st.sampled_from(list(TORCH_NAMES)))),
        padding_value=draw(st.integers(-9, 9)),
        bias=draw(st.booleans()),
        loss=draw(st.sampled_from(list(Loss))),
        values=Values.WHOLE,
        seed=draw(st.integers(0, 999)),
    )
    try:
        state.layer()
    except LayerError:
        assume(False)
    return state


def check_sums(stage: Stage) -> None:
    """Check of a layer that every product is of what it is said to be of, and every output the sum of its own."""
    (view,) = stage.layers
    arrays = view.arrays
    if isinstance(view, WindowsView):
        padded = arrays.input.reshape(len(arrays.input), -1)
        assert arrays.kernel is not None
        for (filter_number, _, tap, position), product in np.ndenumerate(arrays.products):
            value = padded[view.group_offsets[filter_number], arrays.reads[position, tap]]
            assert product == value * arrays.kernel[filter_number, 0].ravel()[tap]
        sums = arrays.products.sum(axis=(1, 2))
        np.testing.assert_array_equal(sums, arrays.output.reshape(sums.shape))
    else:
        assert isinstance(view, ScatterView)
        landed = np.zeros((len(arrays.uncropped), arrays.uncropped[0].size))
        for (filter_number, channel, tap, position), product in np.ndenumerate(arrays.products):
            value = arrays.input[view.group_offsets[filter_number] + channel].ravel()[position]
            assert product == value * arrays.kernel[filter_number, channel, tap]
            landed[filter_number, arrays.scatter_index[position, tap]] += product
        np.testing.assert_array_equal(landed, arrays.uncropped.reshape(landed.shape))


def weight_of(recorded: Backward, stage: Stage) -> Array:
    """Return the maps of dL/dW that are played, each at the filter and the channel that it is named after."""
    (view,) = stage.layers
    found = np.full(recorded.forward.weight.shape, np.nan)
    assert view.names is not None
    for name, values in zip(view.names.output, view.arrays.output, strict=True):
        places = name.removeprefix("dL/dW").replace(",", "").split()
        found[tuple(map(int, places)) if places else (0, 0)] = values
    return found


def check_all(state: GradientsState) -> None:
    expected, recorded = autograd(state), there_and_back(state)
    np.testing.assert_array_equal(recorded.grad_output, expected["output"])
    weight, back = weight_stage(recorded), input_stage(recorded)
    np.testing.assert_array_equal(weight_of(recorded, weight), expected["kernel"])
    made = expected["input"] if state.padding_mode in ("zeros", "constant") else expected["padded"]
    np.testing.assert_array_equal(back.layers[0].arrays.output, made)
    for ours, name in (
        (recorded.found.input, "input"),
        (recorded.found.weight, "kernel"),
        (recorded.found.bias, "bias"),
    ):
        np.testing.assert_array_equal(ours, expected[name]) if ours is not None else None
    check_sums(weight)
    check_sums(back)


@given(states())
@settings(deadline=None)
def test_every_number_of_every_step_is_autograds(state: GradientsState) -> None:
    check_all(state)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_presets_gradients_are_autograds(slug: str) -> None:
    check_all(preset(slug))


@given(states())
@settings(max_examples=examples(10), deadline=None)
def test_the_check_runs_autograd_on_the_same_numbers(state: GradientsState) -> None:
    recorded = there_and_back(state)
    found = compare(SPEC.check(recorded))
    assert found.largest_difference == 0
    expected = autograd(state)
    assert found.output.size == sum(expected[name].size for name in ("input", "kernel", "bias") if name in expected)
    assert found.call.endswith(".backward(gradient)")


def test_a_wrong_gradient_is_told_by_the_check() -> None:
    recorded = there_and_back(preset("simplest"))
    check = SPEC.check(recorded)
    moved = check.ours.copy()
    moved[0] += 1
    assert compare(replace(check, ours=moved)).largest_difference == 1


def test_an_array_of_the_gradient_can_be_edited_where_it_is_given() -> None:
    """The player counts weights in their order, so that they must stand in that of the array that they are of."""
    for slug, views in {
        "simplest": ("kernel", "input"),
        "channels": (None, "input"),
        "one-output": (None, None),
    }.items():
        recorded = there_and_back(preset(slug))
        for stage, array in zip((weight_stage(recorded), input_stage(recorded)), views, strict=True):
            (view,) = stage.layers
            edited = [name for name, role in view.editable.items() if role == GRADIENT.name]
            assert edited == ([] if array is None else [array])
            if array is not None:
                held = getattr(view.arrays, array)
                np.testing.assert_array_equal(held.ravel(), recorded.grad_output.ravel())


def grid_labels(stage: Stage, role: GridRole) -> list[str]:
    return [grid.label for grid in stage.grids if grid.role is role]


def test_grids_are_called_what_they_are() -> None:
    recorded = there_and_back(preset("groups"))
    stage = weight_stage(recorded)
    assert grid_labels(stage, GridRole.KERNEL) == ["dL/dY 0", "dL/dY 0", "dL/dY 2", "dL/dY 2"]
    assert grid_labels(stage, GridRole.OUTPUT) == [
        "dL/dW 0, 0", "dL/dW 1, 0", "dL/dW 0, 1", "dL/dW 1, 1", "dL/dW 2, 0", "dL/dW 3, 0", "dL/dW 2, 1", "dL/dW 3, 1",
    ]  # fmt: skip
    assert [entry.text for entry in stage.legend if entry.group is not None] == [f"input {one}" for one in range(4)]
    assert "dL/dY to ±3" in [entry.text for entry in stage.legend]
    back = input_stage(recorded)
    assert grid_labels(back, GridRole.INPUT) == [f"dL/dY {one}" for one in range(4)]
    assert grid_labels(back, GridRole.UNCROPPED) == [f"dL/dX {one}" for one in range(4)]
    assert grid_labels(input_stage(there_and_back(preset("copies"))), GridRole.UNCROPPED) == ["dL/dX, padded"]


def test_stride_and_dilation_change_roles() -> None:
    said = {
        slug: weight_sentence(there_and_back(preset(slug))) for slug in ("stride", "dilation", "left-over", "depths")
    }
    assert "a kernel of 2×2, stride 1 (the layer’s dilation), dilation 2 (the layer’s stride)" in said["stride"]
    assert "a kernel of 3×3, stride 2 (the layer’s dilation), dilation 1 (the layer’s stride)" in said["dilation"]
    assert said["left-over"].endswith(
        "room for 4×4 places of dL/dY: 3×3 of them are the kernel’s, and the others no weight of it."
    )
    assert "each of 3 input channels meets" in said["depths"]
    assert "15 pairs" in said["depths"]


def test_where_the_gradient_of_the_output_comes_from_is_said() -> None:
    said = [loss_sentence(there_and_back(preset(slug))) for slug in ("simplest", "squared-error", "one-output")]
    assert "is given" in said[0]
    assert "Σ (Y − wanted)² = 134, so" in said[1]
    recorded = there_and_back(preset("one-output"))
    assert (
        f"The loss is one output, output[1, 2] = {recorded.forward.output[0, 1, 2]:.0f}:".replace("-", "−") in said[2]
    )


def test_the_input_is_reached_by_the_transposed_layer() -> None:
    assert input_sentence(there_and_back(replace(preset("left-over"), height=7, kernel_height=2))).endswith(
        "ConvTranspose2d with stride 2, padding 0, output_padding 1, dilation 1."
    )
    sides = replace(preset("padding"), padding=PaddingChoice.SIDES, padding_top=1)
    assert "the padding of each side cropped" in input_sentence(there_and_back(sides))
    assert "copies of cells" in input_sentence(there_and_back(preset("copies")))


def test_the_gradient_of_a_bias_is_written_as_a_sum() -> None:
    assert bias_lines(there_and_back(preset("simplest")))[1:] == ["dL/db[0] = 1 + 0 − 1 + 2 + 1 + 0 + 0 − 1 + 1 = 3"]
    large = bias_lines(there_and_back(replace(preset("depths"), bias=True)))
    recorded = there_and_back(replace(preset("depths"), bias=True))
    assert recorded.found.bias is not None
    assert large[1] == f"dL/db[0] = the sum of 64 numbers = {recorded.found.bias[0]:.0f}".replace("-", "−")


@pytest.mark.parametrize(
    ("name", "count"), [("output_channel", "1 channel"), ("output_row", "3 rows"), ("output_column", "3 columns")]
)
def test_an_output_that_is_not_there_is_refused_and_the_last_one_offered(name: str, count: str) -> None:
    state = replace(preset("one-output"), **{name: 3})
    with pytest.raises(LayerError) as caught:
        state.layer()
    assert f"the output has {count}, counted from 0" in str(caught.value)
    (choice,) = caught.value.choices
    replace(state, **{one.parameter: one.value for one in choice.changes}).layer()
    replace(state, loss=Loss.GIVEN).layer()


def test_typed_gradients_that_are_left_blank_are_zeros() -> None:
    state: PageState = replace(preset("simplest"), values=Values.TYPED, input_text="1 2\n3 4", kernel_text="1")
    assert not there_and_back(replace(state, height=2, width=2, kernel_height=1, kernel_width=1)).grad_output.any()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_whole_timeline_has_the_layers_of_its_parts(slug: str) -> None:
    recorded = there_and_back(preset(slug))
    stage = all_stage(recorded)
    parts = [weight_stage(recorded), input_stage(recorded)]
    np.testing.assert_array_equal(stage.layers[0].arrays.output, recorded.forward.output)
    for view, part in zip(stage.layers[1:], parts, strict=True):
        for name, values in arrays_of(part.layers[0]).items():
            np.testing.assert_array_equal(arrays_of(view)[name], values)
    for number, part in enumerate(parts, 1):
        labels = [(grid.role, grid.channel, grid.label) for grid in stage.grids if grid.layer == number]
        assert sorted(labels) == sorted((grid.role, grid.channel, grid.label) for grid in part.grids)
    for arrangement in stage.arrangements:
        assert [one.text for one in arrangement.captions if one.mark == "title"] == [
            "Forward", "dL/dW", "dL/dX",
        ]  # fmt: skip


def test_the_arrays_of_the_whole_timeline_are_told_apart() -> None:
    with np.load(BytesIO(npz(all_stage(there_and_back(preset("whole"))), "Title"))) as found:
        assert found["first_output"].shape == (1, 3, 3)
        assert found["second_output"].shape == (1, 2, 2)
        assert found["third_output"].shape == (1, 4, 4)
        readme = found["README.txt"].decode()
    assert "second_kernel (1, 1, 3, 3)\n    here dL/dY: " in readme
    assert "first_kernel (1, 1, 2, 2)\n    the weights" in readme


@pytest.mark.parametrize("view", GradientsView)
def test_each_view_plays_its_own_part(view: GradientsView) -> None:
    recorded, stage = SPEC.play(replace(preset("channels"), view=view))
    if view is GradientsView.ALL:
        assert [one.arrays.output.shape for one in stage.layers] == [(2, 3, 3), (6, 2, 2), (3, 4, 4)]
        return
    shape = {
        GradientsView.FORWARD: recorded.forward.output.shape,
        GradientsView.WEIGHT: (6, 2, 2),
        GradientsView.INPUT: recorded.forward.input.shape,
    }
    assert stage.layers[0].arrays.output.shape == shape[view]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"height": 1, "width": 1, "kernel_height": 1, "kernel_width": 1}, ("1 pair of", "1 weight, 1 input.")),
        (
            {"height": 16, "width": 16, "in_channels": 8, "out_channels": 8, "kernel_height": 7, "kernel_width": 7},
            ("100 pairs of", "3,136 weights, 2,048 inputs."),
        ),
    ],
    ids=["one", "many"],
)
def test_one_weight_and_thousands_are_counted_in_words_that_fit(sizes: dict[str, int], said: tuple[str, str]) -> None:
    state = replace(preset("simplest"), values=Values.WHOLE, **sizes)
    sentence = summary(there_and_back(state))
    assert all(part in sentence for part in said)
    assert "ach of 1 " not in sentence
