"""Timing on this machine: one at a time, stopped at will, ended in time, and never anything but what was measured."""

import re
from collections.abc import Iterator

import pytest

from engine import ConvolutionKind, Costed, Job, LayerError, every_kind
from pages.comparison_parts import timing
from pages.comparison_parts.measuring import REFERENCE
from pages.comparison_parts.timing import MOST_BYTES, MOST_MACS, Measurement, check_can_be_timed, start
from sharing.comparison import ComparisonView
from tests.pages.driver import errors, page_text
from tests.pages.test_comparison import chart, open_comparison, press

SMALL = Job(9, 7, 3, 5, padding=1)


@pytest.fixture(autouse=True)
def nothing_goes_on() -> Iterator[None]:
    yield
    if timing._under_way is not None:
        timing._under_way.stop()
        timing._under_way.wait()


def started(job: Job, limit: float = 60) -> Measurement:
    measurement = start(job, limit)
    assert measurement is not None
    return measurement


def test_a_job_and_the_reference_are_timed() -> None:
    measurement = started(SMALL)
    measurement.wait()
    result = measurement.result
    assert result is not None, measurement.problem
    assert result.threads >= 1
    assert result.rounds >= 1
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


def test_only_one_measurement_goes_on_and_it_can_be_stopped() -> None:
    first = started(SMALL)
    assert first.is_running
    assert start(REFERENCE) is None
    first.stop()
    first.wait()
    assert (first.result, first.problem, first.is_running) == (None, "Stopped.", False)
    second = started(REFERENCE)
    assert second.is_running
    second.stop()


def test_a_measurement_that_takes_too_long_is_ended() -> None:
    measurement = started(SMALL, limit=0.01)
    measurement.wait()
    assert measurement.result is None
    assert measurement.problem == "It took longer than 0.01 seconds and was ended."


def test_a_measurement_that_breaks_off_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    measurement = started(Job(9, 7, 3, 5, padding=-1))  # nobody checks it: the process ends with an error
    measurement.wait()
    assert measurement.result is None
    assert measurement.problem == "The measurement broke off; the server's log says why."
    assert "padding is -1" in capfd.readouterr().err


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


def test_the_page_shows_progress_stops_and_times() -> None:
    app = open_comparison(ComparisonView.MACHINE)
    press(app, "Time it on this machine")
    assert [button.label for button in app.button if button.label in ("Stop", "Time it on this machine")] == ["Stop"]
    press(app, "Stop")
    assert [info.value for info in app.info] == ["Stopped."]
    press(app, "Time it on this machine")
    other = open_comparison(ComparisonView.MACHINE)
    press(other, "Time it on this machine")
    assert [info.value.partition(",")[0] for info in other.info] == ["Somebody is measuring on this machine just now"]

    app.session_state["measurement"].wait()
    app.run()
    assert errors(app) == []
    assert "256→256 at 14×14: by its count separable is **8.69 times cheaper**" in page_text(app)
    assert re.search(r"Median of \d+ rounds?, \d+ threads?, batch of one, torch 2", page_text(app))
    result = app.session_state["measurement"].result
    roof, *marks = chart(app, "roofline")["data"]
    assert roof["y"][-1] == result.peak_flops
    assert [mark["y"] for mark in marks] == [[one.attained] for one in (*result.job, *result.reference)]

    app.number_input(key="height").set_value(15).run()
    assert [info.value for info in app.info] == ["The layer has changed since it was timed. Time it again."]
