"""What was measured beside what was counted: cheaper or dearer, faster or slower, and never the wrong word."""

import pytest

from engine import Job
from pages.comparison_parts.machine_view import compared
from pages.comparison_parts.measuring import Timed

JOB = Job(14, 14, 64, 1, padding=1)


def timed(flops: int, seconds: float) -> tuple[Timed, ...]:
    """A standard layer of 900 flops that took 2 ms, and a separable one of so many flops and seconds."""
    return Timed("standard", 0.002, 900, 1), Timed("separable", seconds, flops, 1)


@pytest.mark.parametrize(
    ("flops", "count"),
    [
        (100, "9 times cheaper"),
        (1000, "1.11 times dearer"),
        (900, "as dear as standard"),
        (901, "nearly as dear as standard"),
        (899, "nearly as dear as standard"),
    ],
)
def test_the_count_says_cheaper_or_dearer(flops: int, count: str) -> None:
    assert f"64→1 at 14×14: by its count separable is **{count}**; measured, " in compared(JOB, timed(flops, 0.001))


@pytest.mark.parametrize(
    ("seconds", "measured"),
    [
        (0.0005, "4 times faster** (2 ms against 500 µs)."),
        (0.0025, "1.25 times slower** (2 ms against 2.5 ms)."),
        (0.00204, "1.02 times slower** (2 ms against 2.04 ms)."),
        (0.002, "as fast as standard** (2 ms against 2 ms)."),
        (0.002001, "nearly as fast as standard** (2 ms against 2 ms)."),
        (0.001999, "nearly as fast as standard** (2 ms against 2 ms)."),
    ],
)
def test_the_measurement_says_faster_or_slower(seconds: float, measured: str) -> None:
    assert compared(JOB, timed(100, seconds)).endswith(f"; measured, **{measured}")
