"""What a separable layer costs beside an ordinary one, in words that fit the numbers."""

import pytest

from kinds.separable.state import SeparableState
from kinds.separable.words import cost_sentence


@pytest.mark.parametrize(
    ("out_channels", "multiplier", "sentence"),
    [
        # 3 * 4 + 3 * 8 against 3 * 8 * 4, of a kernel of 2 by 2.
        (8, 1, "12 + 24 = 36 weights and 144 multiplies; the ordinary layer has 96 weights (2.67× as many) and 384 "),
        # 6 * 4 + 6 * 4 against 3 * 4 * 4.
        (4, 2, "24 + 24 = 48 weights and 192 multiplies; the ordinary layer has 48 weights (just as many) and 192 "),
        (1, 1, "12 + 3 = 15 weights and 60 multiplies; the ordinary layer has 12 weights (fewer: here separable is "),
    ],
)
def test_weights_are_more_just_as_many_or_fewer(out_channels: int, multiplier: int, sentence: str) -> None:
    state = SeparableState("separable", 3, 3, 3, out_channels, 2, 2, depth_multiplier=multiplier)
    assert sentence in cost_sentence(state)


def test_hardly_more_is_not_once_as_many() -> None:
    # 8 * (9 + 73) against 73 * 9, a channel: 656 and 657.
    state = SeparableState("separable", 3, 3, 1, 73, 3, 3, depth_multiplier=8)
    assert "the ordinary layer has 657 weights (hardly more)" in cost_sentence(state)
