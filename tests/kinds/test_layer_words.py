"""A layer in short, as it stands over the stage in presenter view."""

from dataclasses import replace
from typing import Any

import pytest

from engine import PaddingMode
from kinds.one_dimensional.state import SequencePadding
from kinds.registry import PRESETS, SPECS
from sharing.page_state import PaddingChoice

ROUND = "kernel {}, stride 1, padding {}, dilation 1"


@pytest.mark.parametrize(
    ("page", "slug", "changes", "said"),
    [
        ("standard", "uneven-stride", {}, "kernel 2×2, stride 3×2, padding 1, dilation 1"),
        ("standard", "simplest", {"padding": PaddingChoice.FULL}, ROUND.format("2×2", "full")),
        ("standard", "padding-reflect", {"padding_width": 2}, ROUND.format("3×3", "1×2 (reflect)")),
        ("standard", "padding-reflect", {"padding_mode": PaddingMode.ZEROS}, ROUND.format("3×3", "1")),
        ("standard", "padding-constant", {"padding_value": -5}, ROUND.format("3×3", "1 (constant -5)")),
        ("standard", "padding-constant", {"padding_value": None}, ROUND.format("3×3", "1 (constant ?)")),
        ("standard", "simplest", {"kernel_width": None}, ROUND.format("2×?", "0")),
        (
            "standard",
            "simplest",
            {"padding": PaddingChoice.SIDES, "padding_bottom": 1, "padding_right": 2, "padding_left": None},
            ROUND.format("2×2", "top 0, bottom 1, left ?, right 2"),
        ),
        ("standard", "same-upper", {}, "kernel 3×3, stride 2, padding same_upper, dilation 1"),
        (
            "one_dimensional",
            "causal",
            {"padding": SequencePadding.SIDES, "padding_after": 3},
            ROUND.format("3", "0 before, 3 after"),
        ),
        ("grouped", "two-groups", {}, ROUND.format("2×2", "0") + ", groups 2"),
        ("separable", "depth-multiplier", {}, ROUND.format("3×3", "0") + ", depth multiplier 2"),
        (
            "transposed",
            "output-padding",
            {},
            "kernel 3×3, stride 2, padding 1, output padding 1, dilation 1, groups 1",
        ),
        ("pooling", "dilated", {}, "max pooling, kernel 2×2, stride 1, padding 0, dilation 2"),
        ("pooling", "padding-counted", {}, "average pooling, kernel 2×2, stride 2, padding 1"),
        ("one_dimensional", "causal", {}, ROUND.format("3", "causal")),
        ("one_dimensional", "moving-average", {}, ROUND.format("5", "same (replicate)")),
    ],
)
def test_a_layer_is_said_in_short(page: str, slug: str, changes: dict[str, Any], said: str) -> None:
    assert SPECS[page].in_short(replace(PRESETS[page][slug].state, **changes)) == said
