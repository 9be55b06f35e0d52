"""Two ways of doing one thing, timed by turns, so that what else the machine does falls on both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Ratio:
    """Median times in milliseconds, and the median over the rounds of ours divided by the peer's."""

    ours_ms: float
    peer_ms: float
    ratio: float


def interleaved(ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> Ratio:
    """Time both once a round, in alternating order, after three rounds that do not count."""
    times: list[tuple[float, float]] = []
    for turn in range(rounds + 3):
        if turn % 2:
            second, first = _seconds(peer), _seconds(ours)
        else:
            first, second = _seconds(ours), _seconds(peer)
        times.append((first, second))
    counted = times[3:]
    return Ratio(
        ours_ms=1e3 * median(first for first, _ in counted),
        peer_ms=1e3 * median(second for _, second in counted),
        ratio=median(first / second for first, second in counted),
    )


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
