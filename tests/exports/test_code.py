"""The generated programs are run, and print the page's output."""

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import product

os.environ["KERAS_BACKEND"] = "torch"  # before Keras is first imported

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from engine import LayerError, PaddingMode, forward
from exports.programs import keras_code, torch_code
from kinds.gradients.backward import there_and_back
from kinds.gradients.state import GradientsState
from kinds.one_dimensional.state import SequencePadding, SequenceState
from kinds.pooling.state import PoolingKind
from kinds.registry import PRESETS, STATES
from kinds.separable.state import SeparableState
from kinds.standard.state import Operation, StandardState
from kinds.three_dimensional.state import VolumeState
from pages.shared.playing import play
from sharing.page_state import PaddingChoice, PageState
from sharing.values import operands
from tests.draws import examples
from tests.exports.examples import SLUGS
from tests.exports.running import printed
from tests.sharing.strategies import states

PROGRAMS = {"torch": torch_code, "keras": keras_code}
POSSIBLE = {f"{page}-{slug}": PRESETS[page][slug].state for page, slug in SLUGS}


def gradients_of(state: GradientsState) -> dict[str, NDArray[np.float64]]:
    """Return the engine's own gradients, by what a program calls them."""
    found = there_and_back(state).found
    named = {"dL/dX": found.input, "dL/dW": found.weight, "dL/db": found.bias}
    return {name: values for name, values in named.items() if values is not None}


def shown(state: PageState) -> NDArray[np.float64]:
    """Return what the page shows as the output: the engine's own."""
    numbers = list(operands(state).values())
    if isinstance(state, SeparableState):
        layer = state.layer()
        half = len(numbers) // 2 + 1
        x, *depthwise = numbers[:half]
        return forward(layer.pointwise, forward(layer.depthwise, x, *depthwise), *numbers[half:])
    if isinstance(state, SequenceState):  # whose arrays have the row in which they are shown
        x, kernels, *bias = numbers
        return forward(state.layer(), x[:, 0], kernels[:, :, 0], *bias)
    if isinstance(state, StandardState) and state.operation is Operation.CONVOLUTION:
        numbers[1] = numbers[1][..., ::-1, ::-1]
    if isinstance(state, VolumeState):  # whose kernels follow each other
        x, kernels, *bias = numbers
        return forward(state.layer(), x, kernels.reshape(state.layer().weight_shape), *bias)
    return forward(state.layer(), *numbers)


def agrees(state: PageState, language: str) -> None:
    if isinstance(state, GradientsState):
        made = printed(PROGRAMS[language](state)).item()
        expected_gradients = gradients_of(state)
        assert list(made) == list(expected_gradients)
        for name, values in expected_gradients.items():
            np.testing.assert_allclose(np.array(made[name]), values, rtol=1e-9, atol=1e-9)
        return
    expected, found = shown(state), printed(PROGRAMS[language](state))
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("language", PROGRAMS)
@pytest.mark.parametrize("state", POSSIBLE.values(), ids=POSSIBLE)
def test_a_presets_program_prints_the_output_of_the_page(state: PageState, language: str) -> None:
    agrees(state, language)


@pytest.mark.parametrize("write", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_begins_with_the_kind_of_its_layer(write: Callable[[PageState, str], str]) -> None:
    first = [write(PRESETS[page][slug].state, link).split("\n")[0] for page, slug, link in (
        ("one_dimensional", "edges", ""), ("standard", "simplest", "a link"), ("pooling", "max", ""),
    )]  # fmt: skip
    assert first == [
        "# Conv1d, with the numbers of the page",
        "# Conv2d, with the numbers of a link",
        "# MaxPool2d, with the numbers of the page",
    ]


@pytest.mark.parametrize(
    ("slug", "changes", "said"),
    [
        ("simplest", {}, []),
        ("padding", {}, ["# padding crops the output", "output = output[1:2, 1:2]"]),
        # 3 rows of 3 taps at stride 2 are 7, which output_padding makes 8; columns, at stride 1, stay 5.
        (
            "output-padding",
            {"padding_height": 0, "padding_width": 0, "output_padding_width": 0, "stride_width": 1},
            [
                "# output_padding shows rows and columns that no stamp reaches",
                "output = np.pad(output, ((0, 1), (0, 0), (0, 0)))",
            ],
        ),
        # 2 rows of 2 taps at stride 4 are 6, and Keras makes 8 of them.
        (
            "simplest",
            {"stride_height": 4},
            [
                "# Keras makes rows and columns that no stamp reaches where the stride is larger than the kernel",
                "output = output[0:6, 0:3]",
            ],
        ),
    ],
)
def test_a_transposed_output_is_padded_and_cropped_only_where_it_must_be(
    slug: str, changes: dict[str, int], said: list[str]
) -> None:
    state = replace(PRESETS["transposed"][slug].state, **changes)
    between = keras_code(state).partition("np.concatenate(maps, axis=-1)\n")[2].partition("\nprint(")[0]
    assert between.split("\n")[:-1] == said
    agrees(state, "keras")


@pytest.mark.parametrize(
    ("page", "changes", "torchs", "kerass"),
    [
        (
            "standard",
            {},
            ["nn.functional.pad(x[None], (0, 1, 0, 1), mode='constant')", "padding=0"],
            ["padding='same'"],
        ),
        ("standard", {"height": 5, "width": 5}, ["padding=1,"], ["padding='same'"]),
        ("standard", {"padding": PaddingChoice.SAME_LOWER}, ["nn.functional.pad(x[None], (1, 0, 1, 0)"], ["np.pad("]),
        ("standard", {"padding_mode": PaddingMode.REFLECT}, ["(0, 1, 0, 1), mode='reflect')"], ["np.pad(", "'valid'"]),
        (
            "standard",
            {"padding_mode": PaddingMode.CONSTANT, "padding_value": -5, "height": 5, "width": 5},
            ["pads with no number but 0", "(1, 1, 1, 1), mode='constant', value=-5)", "padding_mode='zeros'"],
            ["mode='constant', constant_values=-5)", "padding='valid'"],
        ),
        ("pooling", {}, ["(0, 1, 0, 1), mode='constant', value=-torch.inf)"], ["padding='same'"]),
        (
            "pooling",
            {"kind": PoolingKind.AVERAGE, "count_include_pad": False},
            ["counted = torch.tensor(", "output * 9 / counted\n"],
            ["average copies of the edge", "padding='valid'", "output * 9 / counted[..., None]"],
        ),
        (
            "pooling",
            {"kind": PoolingKind.AVERAGE, "count_include_pad": False, "height": 5, "width": 5},
            ["padding=1, ceil_mode=False, count_include_pad=False"],
            ["padding='same'"],
        ),
        (
            "transposed",
            {},
            ["padding=0", "output = output[:, 0:8, 0:8]  # PyTorch's padding would crop both ends alike"],
            ["crop the odd cell at the other end", "padding='valid'", "output = output[0:8, 0:8]"],
        ),
        ("transposed", {"kernel_height": 4, "kernel_width": 4}, ["padding=1,"], ["padding='same'"]),
        ("transposed", {"kernel_height": 1, "kernel_width": 1}, ["output_padding=1,"], ["padding='same'"]),
    ],
)
def test_same_is_written_as_each_framework_has_it(
    page: str, changes: dict[str, object], torchs: list[str], kerass: list[str]
) -> None:
    state = replace(PRESETS[page]["same-upper"].state, **changes)
    for language, parts in (("torch", torchs), ("keras", kerass)):
        code = PROGRAMS[language](state)
        assert [part for part in parts if part not in code] == [], code
        agrees(state, language)


def test_a_sequence_of_sides_is_padded_before_its_layer() -> None:
    opening = PRESETS["one_dimensional"]["edges"].state
    sides = replace(opening, padding=SequencePadding.SIDES, padding_before=2, padding_after=1)
    assert "padded = nn.functional.pad(x[None], (2, 1), mode='constant')" in torch_code(sides)
    same = replace(opening, padding=SequencePadding.SAME_UPPER, stride=3)
    assert "padding='same'" in keras_code(same)
    for state, language in product((sides, same), PROGRAMS):
        agrees(state, language)


def test_a_separable_program_pads_between_its_layers_only_where_there_is_padding() -> None:
    assert "between = output[None]\n" in keras_code(PRESETS["separable"]["separable"].state)
    padded = keras_code(PRESETS["separable"]["padding-bug"].state)
    assert "between = np.pad(output, ((1, 1), (1, 1), (0, 0)))[None]\n" in padded


@pytest.mark.parametrize(("slug", "channels"), [("simplest", "1 channel to 1"), ("channels", "2 channels to 2")])
def test_channels_are_counted_in_good_english(slug: str, channels: str) -> None:
    code = keras_code(PRESETS["transposed"][slug].state)
    assert f"# Keras has no groups here: each is a layer of its own, {channels}\n" in code


@settings(max_examples=examples(40))  # four of five draws are no layer
@given(states(STATES))
def test_the_program_of_any_layer_prints_the_output_of_the_page(state: PageState) -> None:
    try:
        play(state)
    except LayerError:
        return
    agrees(state, "torch")
    agrees(state, "keras")


@pytest.mark.parametrize(
    "page", ["standard", "grouped", "separable", "gradients", "one_dimensional", "three_dimensional"]
)
def test_a_constant_around_the_input_is_put_there_before_the_layer(page: str) -> None:
    state = next(one for name, one in POSSIBLE.items() if name.startswith(page))
    padding = type(state.padding)("full")
    state = replace(state, padding=padding, padding_mode=PaddingMode.CONSTANT, padding_value=-5)
    for language, said in (("torch", "value=-5)"), ("keras", "constant_values=-5)")):
        assert said in PROGRAMS[language](state)
        agrees(state, language)
