"""Timing on this machine: cancelled at will, and never anything but what was measured."""

import re

import pytest

from engine import ConvolutionKind, Costed, Job, LayerError, every_kind
from pages.comparison_parts.measuring import REFERENCE, ROUNDS, measure
from pages.comparison_parts.timing import MOST_BYTES, MOST_MACS, check_can_be_timed
from sharing.comparison import ComparisonView
from tests.pages.comparison_page import chart, open_comparison
from tests.pages.driver import PATIENCE, errors, page_text, press, press_and_wait

SMALL = Job(9, 7, 3, 5, padding=1)


def test_a_job_and_the_reference_are_timed() -> None:
    told: list[tuple[str, float]] = []
    result = measure(SMALL, 0, lambda step, share: told.append((step, share)))
    assert told[-1] == (f"Round 1 of {ROUNDS}", 0.35 + 0.65 / ROUNDS)
    assert result.threads >= 1
    assert result.rounds == 1
    assert result.peak_bytes > 0
    for job, timed in ((SMALL, result.job), (REFERENCE, result.reference)):
        assert [one.name for one in timed] == ["standard", "depthwise", "pointwise", "separable"]
        done = every_kind(job)
        for one, kind in ((timed[0], ConvolutionKind.STANDARD), (timed[-1], ConvolutionKind.SEPARABLE)):
            of = done[kind]
            assert isinstance(of, Costed)
            assert one.flops == of.cost.flops
            assert one.bytes == of.cost.input_bytes + of.cost.weight_bytes + of.cost.output_bytes
        assert timed[1].flops + timed[2].flops == timed[3].flops
        assert all(0 < one.attained <= result.peak_flops for one in timed)


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (Job(3, 3, 1, 1, kernel_size=4), "kernel_size is 4 rows, but the padded input has only 3 rows"),
        (Job(224, 224, 512, 512, padding=1), f"but this page times up to {MOST_MACS:,}"),
        (Job(1024, 1024, 256, 1, kernel_size=1, depth_multiplier=2), f"but this page times up to {MOST_BYTES:,}"),
    ],
)
def test_a_job_that_cannot_be_timed_says_why(job: Job, sentence: str) -> None:
    with pytest.raises(LayerError, match=re.escape(sentence)):
        check_can_be_timed(job)


def test_a_job_that_can_be_timed_is_not_refused() -> None:
    check_can_be_timed(Job(56, 56, 256, 256, padding=1))


def test_the_page_shows_progress_cancels_and_times() -> None:
    app = open_comparison(ComparisonView.MACHINE)
    press(app, "Time it on this machine")
    assert [button.label for button in app.button if button.label in ("Cancel", "Time it on this machine")] == [
        "Cancel"
    ]
    press(app, "Cancel")
    app.session_state["timing"].wait(PATIENCE)
    app.run()
    assert [info.value for info in app.info] == ["Cancelled."]
    press_and_wait(app, "Time it on this machine", "timing")
    assert errors(app) == []
    assert "256→256 at 14×14: by its count separable is **8.69 times cheaper**" in page_text(app)
    assert re.search(r"Median of \d+ rounds?, \d+ threads?, batch of one, torch 2", page_text(app))
    result = app.session_state["timing"].result()
    roof, *marks = chart(app, "roofline")["data"]
    assert roof["y"][-1] == result.peak_flops
    assert [mark["y"] for mark in marks] == [[one.attained] for one in (*result.job, *result.reference)]

    app.number_input(key="height").set_value(15).run()
    assert [info.value for info in app.info] == ["The layer has changed since it was timed. Time it again."]
