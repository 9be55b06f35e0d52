"""The layer of each page's state is the one that was chosen, and what the page cannot show is said in a sentence."""

from dataclasses import replace
from typing import Any

import pytest

from engine import AvgPool2d, Conv1d, Conv2d, ConvTranspose2d, LayerError, MaxPool2d, PaddingMode, SeparableConv2d
from kinds.grouped.state import GroupedState
from kinds.one_dimensional.roles import SEQUENCE, SEQUENCE_KERNEL
from kinds.one_dimensional.state import SequencePadding, SequenceState
from kinds.pooling.state import PoolingKind, PoolingState
from kinds.registry import PRESETS, STATES
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from kinds.separable.state import SeparableState
from kinds.transposed.state import TransposedState
from sharing.page_state import PaddingChoice, PageState, SidedPadding
from sharing.roles import BIAS, INPUT, KERNEL

GROUPED = GroupedState("", 6, 6, in_channels=4, out_channels=4)
SEPARABLE = SeparableState("", 6, 6, in_channels=3, out_channels=2)
TRANSPOSED = TransposedState("", 3, 3, stride_height=2, stride_width=2)
POOLING = PoolingState("", 6, 6)
SEQUENCE_STATE = SequenceState("", length=8)


def refusal(state: PageState) -> str:
    with pytest.raises(LayerError) as caught:
        state.layer()
    return str(caught.value)


@pytest.mark.parametrize(
    ("state", "layer"),
    [
        (replace(GROUPED, groups=2), Conv2d(4, 4, (3, 3), (1, 1), "valid", (1, 1), 2, False)),
        (
            replace(SEPARABLE, depth_multiplier=2, padding=PaddingChoice.SAME, pointwise_padding=1, bias=True),
            SeparableConv2d(3, 2, (3, 3), (1, 1), "same", (1, 1), True, "zeros", 2, 1),
        ),
        (
            replace(TRANSPOSED, padding_height=1, output_padding_width=1, dilation_width=2),
            ConvTranspose2d(1, 1, (3, 3), (2, 2), (1, 0), (0, 1), 1, False, (1, 2)),
        ),
        (
            replace(POOLING, padding_height=1, dilation_width=2, ceil_mode=True),
            MaxPool2d((2, 2), (2, 2), (1, 0), (1, 2), True),
        ),
        (
            replace(POOLING, kind=PoolingKind.AVERAGE, count_include_pad=False, dilation_width=2),
            AvgPool2d((2, 2), (2, 2), (0, 0), False, False),
        ),
        (
            replace(SEQUENCE_STATE, padding=SequencePadding.CAUSAL, dilation=3),
            Conv1d(1, 1, 3, 1, ((6, 0),), 3, 1, False),
        ),
        (
            replace(SEQUENCE_STATE, padding=SequencePadding.AMOUNT, padding_amount=2, stride=2),
            Conv1d(1, 1, 3, 2, 2, 1, 1, False),
        ),
        (
            replace(SEQUENCE_STATE, padding=SequencePadding.SIDES, padding_before=1, padding_after=3),
            Conv1d(1, 1, 3, 1, ((1, 3),), 1, 1, False),
        ),
        (
            replace(SEQUENCE_STATE, padding=SequencePadding.SAME_UPPER, stride=2),
            Conv1d(1, 1, 3, 2, "same_upper", 1, 1, False),
        ),
        (
            replace(POOLING, padding=SidedPadding.SIDES, padding_bottom=1, padding_right=1, padding_height=9),
            MaxPool2d((2, 2), (2, 2), ((0, 1), (0, 1)), (1, 1), False),
        ),
        (replace(SEQUENCE_STATE, padding=SequencePadding.FULL), Conv1d(1, 1, 3, 1, "full", 1, 1, False)),
    ],
)
def test_the_layer_is_the_one_that_was_chosen(state: PageState, layer: object) -> None:
    assert state.layer() == layer


@pytest.mark.parametrize("page", STATES)
def test_a_number_out_of_bounds_or_left_out_is_refused_by_its_name(page: str) -> None:
    for preset in PRESETS[page].values():
        for name, bounds in preset.state.limits().items():
            for value in (None, bounds.least - 1, bounds.most + 1, -(10**9), 10**9):
                assert refusal(replace(preset.state, **{name: value})).startswith(f"{name} is ")


@pytest.mark.parametrize(
    ("state", "start"),
    [
        (replace(GROUPED, groups=3), "groups is 3, but it must divide in_channels, which is 4"),
        (replace(GROUPED, groups=9), "groups is 9, but this page shows 1 to 8: use 8."),
        (
            replace(SEPARABLE, depth_multiplier=3),
            "depth_multiplier is 3, but 3 input channels make 9 between the layers, and this page shows at most 8",
        ),
        (
            replace(TRANSPOSED, output_padding_height=2),
            "output_padding is (2, 0), but for its rows it must be less than the larger of the stride, 2",
        ),
        (
            replace(POOLING, padding_width=2),
            "padding is (0, 2), but a pooling layer's must be at most half of its kernel",
        ),
        (
            replace(SEQUENCE_STATE, padding=SequencePadding.SAME, stride=2),
            "padding is 'same' and stride is 2, but with a stride the output cannot stay as long as the input",
        ),
        (replace(SEQUENCE_STATE, length=33), "length is 33, but this page shows 1 to 32: use 32."),
        (replace(SEQUENCE_STATE, kernel_size=None), "kernel_size is empty, but this page shows 1 to 7: use 1."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(state: PageState, start: str) -> None:
    sentence = refusal(state)
    assert sentence.startswith(start.rstrip(".")), sentence


AMOUNTS = ("padding_height", "padding_width")
SIDES = ("padding_top", "padding_bottom", "padding_left", "padding_right")


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (GROUPED, {"seed", "padding_value", *AMOUNTS, *SIDES}),
        (replace(GROUPED, padding=PaddingChoice.AMOUNT), {"seed", "padding_value", *SIDES}),
        (replace(GROUPED, padding=PaddingChoice.SIDES), {"seed", "padding_value", *AMOUNTS}),
        (replace(GROUPED, padding=PaddingChoice.SAME_LOWER), {"seed", "padding_value", *AMOUNTS, *SIDES}),
        (POOLING, {"seed", "count_include_pad", *SIDES}),
        (replace(POOLING, padding=SidedPadding.SIDES), {"seed", "count_include_pad", *AMOUNTS}),
        (replace(POOLING, kind=PoolingKind.AVERAGE), {"seed", "dilation_height", "dilation_width", *SIDES}),
        (replace(TRANSPOSED, padding=SidedPadding.SAME_UPPER), {"seed", *AMOUNTS, *SIDES}),
        (replace(GROUPED, padding_mode=PaddingMode.CONSTANT), {"seed", *AMOUNTS, *SIDES}),
        (SEQUENCE_STATE, {"seed", "padding_value", "padding_amount", "padding_before", "padding_after"}),
        (replace(SEQUENCE_STATE, padding=SequencePadding.SIDES), {"seed", "padding_value", "padding_amount"}),
    ],
)
def test_what_does_not_count_is_not_asked_for(state: PageState, names: set[str]) -> None:
    assert state.idle() == names


def test_a_dilation_of_a_mean_is_no_fault() -> None:
    assert isinstance(replace(POOLING, kind=PoolingKind.AVERAGE, dilation_height=99).layer(), AvgPool2d)


@pytest.mark.parametrize(
    ("state", "shapes"),
    [
        (replace(GROUPED, groups=2), {INPUT: (4, 6, 6), KERNEL: (4, 2, 3, 3)}),
        (
            replace(SEPARABLE, bias=True, depth_multiplier=2),
            {
                INPUT: (3, 6, 6),
                KERNEL: (6, 1, 3, 3),
                BIAS: (6,),
                POINTWISE_KERNEL: (2, 6, 1, 1),
                POINTWISE_BIAS: (2,),
            },
        ),
        (replace(TRANSPOSED, in_channels=2, out_channels=4, groups=2), {INPUT: (2, 3, 3), KERNEL: (2, 2, 3, 3)}),
        (POOLING, {INPUT: (1, 6, 6)}),
        (
            replace(SEQUENCE_STATE, in_channels=2, bias=True),
            {SEQUENCE: (2, 1, 8), SEQUENCE_KERNEL: (1, 2, 1, 3), BIAS: (1,)},
        ),
    ],
)
def test_shapes_are_those_that_pytorch_wants(state: PageState, shapes: dict[Any, Any]) -> None:
    assert state.shapes() == shapes


@pytest.mark.parametrize(
    ("channels", "groups"), [((8, 4), (1, 2, 4)), ((6, 4), (1, 2)), ((5, 7), (1,)), ((8, 8), (1, 2, 4, 8))]
)
def test_groups_are_the_divisors_of_both_channel_counts(channels: tuple[int, int], groups: tuple[int, ...]) -> None:
    assert GroupedState("", 4, 4, *channels).possible_groups() == groups


@pytest.mark.parametrize(
    ("state", "role", "shape", "fields"),
    [
        (GROUPED, INPUT, (2, 5, 7), {"in_channels": 2, "height": 5, "width": 7}),
        (
            replace(GROUPED, groups=2),
            KERNEL,
            (6, 3, 2, 1),
            {"out_channels": 6, "in_channels": 6, "kernel_height": 2, "kernel_width": 1},
        ),
        (SEPARABLE, KERNEL, (3, 1, 2, 5), {"kernel_height": 2, "kernel_width": 5}),
        (SEPARABLE, POINTWISE_KERNEL, (4, 3, 1, 1), {"out_channels": 4}),
        (
            TRANSPOSED,
            KERNEL,
            (3, 2, 4, 5),
            {"in_channels": 3, "out_channels": 2, "kernel_height": 4, "kernel_width": 5},
        ),
        (SEQUENCE_STATE, SEQUENCE, (3, 1, 9), {"in_channels": 3, "length": 9}),
        (
            SEQUENCE_STATE,
            SEQUENCE_KERNEL,
            (2, 3, 1, 5),
            {"out_channels": 2, "in_channels": 3, "kernel_size": 5},
        ),
    ],
)
def test_sizes_follow_what_is_typed(state: PageState, role: Any, shape: Any, fields: dict[str, int]) -> None:
    assert state.follow(role, shape) == fields
