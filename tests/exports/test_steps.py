"""Exports count steps as the record does: each place has the numbers that the record has there."""

import numpy as np
import pytest

from exports.marks import Fill, grids_of, placed
from exports.showing import all_marks
from exports.steps import Score, Stamps, Windows
from exports.words import arithmetic
from tests.exports.examples import SLUGS, payload, played


def grids_and_score(page: str, slug: str) -> tuple[Score, list[dict[str, list[object]]]]:
    shown = payload(page, slug)
    score = Score(shown)
    grids = placed(shown, shown["arrangements"][0])
    return score, [grids_of(grids, act.index) for act in score.acts]  # type: ignore[misc]


def test_the_steps_of_a_convolution_are_its_outputs_its_sums_and_its_products() -> None:
    trace, (score, _) = played("standard", "channels").record, grids_and_score("standard", "channels")
    assert [score.count(grain) for grain in score.grains] == [
        trace.output.size,
        trace.partial_sums.size,
        trace.products.size,
    ]


def test_taps_follow_filter_position_channel_and_tap() -> None:
    trace, (score, _) = played("standard", "channels").record, grids_and_score("standard", "channels")
    filters, channels, taps, positions = trace.products.shape
    order = (
        (f, p, c, t) for f in range(filters) for p in range(positions) for c in range(channels) for t in range(taps)
    )
    for step, expected in enumerate(order):
        place = score.place("tap", step)
        assert (place.filter, place.position, place.channel, place.tap) == expected


@pytest.mark.parametrize(("page", "slug"), SLUGS)
def test_after_the_last_step_every_output_is_shown_as_the_record_has_it(page: str, slug: str) -> None:
    score, grids = grids_and_score(page, slug)
    record = played(page, slug).record
    record = record[-1] if isinstance(record, tuple) else record
    for grain in score.grains:
        last = score.place(grain, score.count(grain) - 1)
        fills = [mark for mark in all_marks(score, grids, last) if isinstance(mark, Fill)]  # type: ignore[arg-type]
        act = score.acts[-1]
        shown = {
            (mark.grid.role, mark.grid.channel, mark.cell): mark.value
            for mark in fills
            if mark.grid.role in ("output", "maps", "flat_output", "uncropped") and mark.grid.act == act.index
        }
        assert shown
        for (role, channel, cell), value in shown.items():
            values = record.uncropped if role == "uncropped" else record.output
            assert value == (values.ravel() if role in ("maps", "flat_output") else values[channel].ravel())[cell]


@pytest.mark.parametrize(("page", "slug"), SLUGS)
def test_before_the_end_of_a_map_nothing_shows_before_its_time(page: str, slug: str) -> None:
    score, grids = grids_and_score(page, slug)
    grain = score.grains[0]
    first = [mark for mark in all_marks(score, grids, score.place(grain, 0)) if isinstance(mark, Fill)]  # type: ignore[arg-type]
    made = [mark for mark in first if mark.grid.role in ("output", "flat_output") and mark.value is not None]
    act = score.acts[0]
    most = 1 if isinstance(act, Windows) else act.taps * act.filters if isinstance(act, Stamps) else 0
    bias = 0 if act.bias is None else act.flat("output").shape[1]  # a transposed map starts from its bias
    assert len({mark.cell for mark in made}) <= max(most, bias)


def test_the_words_of_a_step_are_those_of_the_page() -> None:
    shown = payload("standard", "simplest")
    score = Score(shown)
    grids = placed(shown, shown["arrangements"][0])

    def words(grain: str, step: int) -> list[str]:
        place = score.place(grain, step)
        return arithmetic(score.acts[place.act], place, grids)

    assert words("output", 4) == ["output[1, 1]", "4×1 + 2×0 + 7×2 + 2×1 = 20"]
    assert words("tap", 2) == ["output[0, 0]", "4×1 + 1×0 + 4×2 + …"]


@pytest.mark.parametrize(
    ("page", "slug", "grain", "step", "expected"),
    [
        ("transposed", "simplest", "stamp", 2, ["stamp of input[1, 0]", "2×0 = 0,  2×1 = 2,  2×2 = 4,  2×3 = 6"]),
        ("transposed", "simplest", "output", 4, ["output[1, 1], gathered", "0×3 + 1×2 + 2×1 + 3×0 = 4"]),
        ("pooling", "max", "output", 0, ["output[0, 0]", "max(4, 1, 4, 4) = 4"]),
        ("separable", "two-steps", "output", 20, ["between 2[0, 2]", "channel 2: 8×0 + 1×3 + 4×2 + 3×2 = 17"]),
        ("pooling", "average", "output", 3, ["output[1, 1]", "(2 + 4 + 2 + 4) / 4 = 3"]),
    ],
)
def test_the_words_of_other_kinds(page: str, slug: str, grain: str, step: int, expected: list[str]) -> None:
    shown = payload(page, slug)
    score = Score(shown)
    place = score.place(grain, step)
    assert arithmetic(score.acts[place.act], place, placed(shown, shown["arrangements"][0])) == expected


def test_sums_over_channels_and_the_bias_are_written() -> None:
    trace, shown = played("standard", "channels").record, payload("standard", "channels")
    score = Score(shown)
    sums, output = trace.partial_sums[0, :, 0, 0], trace.output[0, 0, 0]
    assert np.isclose(sums.sum() + trace.bias[0], output)
    total = arithmetic(score.acts[0], score.place("output", 0), placed(shown, shown["arrangements"][0]))[-1]
    assert total == "sum: (−16) + 27 + 42 + 2 (bias) = 55"
    assert (sums.tolist(), output) == ([-16, 27, 42], 55)
