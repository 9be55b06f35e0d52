"""The ways out of an impossible layer: each is fields of the page, and helps."""

from dataclasses import replace

import pytest
from hypothesis import given

from engine import LayerError
from kinds.registry import PRESETS, STATES
from sharing.page_state import PageState
from sharing.values import operands
from sharing.ways_out import ways_out
from tests.sharing.strategies import states


def error_of(state: PageState) -> LayerError | None:
    try:
        state.layer()
        operands(state)
    except LayerError as error:
        return error
    return None


@given(states(STATES))
def test_every_way_out_helps(state: PageState) -> None:
    error = error_of(state)
    if error is None:
        return
    for way in ways_out(state, error):
        after = error_of(replace(state, **way))
        assert after is None or (after.key, after.parameter) != (error.key, error.parameter)


@pytest.mark.parametrize(
    ("page", "preset", "changes", "expected"),
    [
        (
            "standard",
            "same-with-stride",
            {},
            [
                {"stride_height": 1, "stride_width": 1},
                {"padding": "amount", "padding_height": 0, "padding_width": 0},
            ],
        ),
        (
            "standard",
            "simplest",
            {"kernel_height": 6},
            [{"kernel_height": 4}, {"padding": "amount", "padding_height": 1, "padding_width": 0}],
        ),
        ("standard", "simplest", {"kernel_height": None}, [{"kernel_height": 1}]),
        ("standard", "channels", {"height": 20}, [{"height": 16}]),
        ("grouped", "two-groups", {"groups": 3}, [{"groups": 2}]),
        (
            "transposed",
            "simplest",
            {"output_padding_height": 1},
            [{"output_padding_height": 0}],
        ),
        (
            "one_dimensional",
            "strided",
            {"padding": "same"},
            [{"stride": 1}, {"padding": "amount", "padding_amount": 1}],
        ),
    ],
)
def test_the_ways_out_of_common_faults(page: str, preset: str, changes: dict, expected: list[dict]) -> None:
    opening = PRESETS[page][preset].state
    kinds = {name: type(getattr(opening, name)) for name in changes}
    state = replace(opening, **{name: kinds[name](v) if isinstance(v, str) else v for name, v in changes.items()})
    error = error_of(state)
    assert error is not None
    assert [dict(way) for way in ways_out(state, error)][: len(expected)] == expected
