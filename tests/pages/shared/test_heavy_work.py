"""Heavy work waits in one queue: in its turn, with its place told, taken back at will, and never without a bound."""

import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pages.shared import heavy_work
from pages.shared.heavy_work import MOST_BYTES, MOST_WORKS, Ended, Refused, Work, WorkQueue
from tests.pages.shared import tasks

PATIENCE = 60


@pytest.fixture(scope="module")
def queue() -> WorkQueue:
    return WorkQueue()


@pytest.fixture
def ask(queue: WorkQueue) -> Iterator[Callable[..., Work]]:
    """Return `ask(function, *arguments, ...)`: a piece of work of a new visitor's. What is left is cancelled."""
    visitors = count()
    asked: list[Work] = []

    def ask(function: Callable[..., Any], *arguments: Any, visitor: str = "", **limits: Any) -> Work:
        asked.append(queue.add(visitor or f"visitor {next(visitors)}", None, function, *arguments, **limits))
        return asked[-1]

    yield ask
    for work in reversed(asked):
        work.cancel()
    for work in asked:
        work.wait(PATIENCE)


def done(work: Work) -> Any:
    work.wait(PATIENCE)
    return work.result()


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def begun(work: Work) -> Work:
    """Wait until a task that waits for a file does."""
    until(lambda: work.step == "Waiting")
    return work


def test_work_is_done_in_a_process_of_low_priority_that_stays(ask: Callable[..., Work]) -> None:
    assert done(ask(tasks.add, 2, 3)) == 5
    process, niceness = done(ask(tasks.report))
    assert process != os.getpid()
    assert niceness >= min(19, os.nice(0) + 10)
    assert done(ask(tasks.report))[0] == process


def test_each_waits_for_its_turn_and_hears_its_place(ask: Callable[..., Work], tmp_path: Path) -> None:
    first = begun(ask(tasks.wait_for, tmp_path / "go"))
    second, third = ask(tasks.add, 1, 1), ask(tasks.add, 1, 2)
    assert [work.before for work in (first, second, third)] == [0, 1, 2]
    assert first.share == 0.5
    assert all(work.is_under_way for work in (first, second, third))
    (tmp_path / "go").touch()
    assert [done(work) for work in (first, second, third)] == ["found", 2, 3]
    assert third.before == 0
    assert not third.is_under_way


def test_who_cancels_frees_the_place_at_once(ask: Callable[..., Work], tmp_path: Path) -> None:
    first = begun(ask(tasks.wait_for, tmp_path / "never"))
    second, third = ask(tasks.add, 1, 1), ask(tasks.add, 1, 2)
    second.cancel()
    assert not second.is_under_way
    assert third.before == 1
    first.cancel()
    assert done(third) == 3
    for work in (first, second):
        with pytest.raises(Ended, match=r"^Cancelled\.$"):
            done(work)


def test_who_leaves_frees_the_place(ask: Callable[..., Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = begun(ask(tasks.wait_for, tmp_path / "never"))
    second, third = ask(tasks.wait_for, tmp_path / "never"), ask(tasks.add, 1, 2)
    monkeypatch.setattr(heavy_work, "_LEFT_AFTER", 0.5)
    until(lambda: not third.is_under_way)  # who asks has not left
    assert third.result() == 3
    for work in (first, second):
        with pytest.raises(Ended, match=r"^Nobody waited for it any more\.$"):
            work.result()


def test_who_has_work_under_way_gets_no_second_place(ask: Callable[..., Work], tmp_path: Path) -> None:
    begun(ask(tasks.wait_for, tmp_path / "go", visitor="somebody"))
    with pytest.raises(Refused, match=r"^Something that you have asked for is still being done"):
        ask(tasks.add, 1, 1, visitor="somebody")
    (tmp_path / "go").touch()
    assert done(ask(tasks.add, 1, 1, visitor="somebody else")) == 2
    assert done(ask(tasks.add, 1, 1, visitor="somebody")) == 2


def test_the_queue_is_bounded_by_its_length_and_by_what_waits_in_it(ask: Callable[..., Work], tmp_path: Path) -> None:
    begun(ask(tasks.wait_for, tmp_path / "go"))
    large = ask(tasks.add, 1, 1, size=MOST_BYTES)
    with pytest.raises(Refused, match=r"^Too many people are waiting"):
        ask(tasks.add, 1, 1, size=1)
    large.cancel()
    for _ in range(MOST_WORKS - 1):
        last = ask(tasks.add, 1, 1)
    with pytest.raises(Refused, match=r"^Too many people are waiting"):
        ask(tasks.add, 1, 1)
    (tmp_path / "go").touch()
    assert done(last) == 2


def test_what_takes_too_long_is_ended(ask: Callable[..., Work], tmp_path: Path) -> None:
    with pytest.raises(Ended, match=r"^It took longer than 0\.2 seconds and was ended\.$"):
        done(ask(tasks.wait_for, tmp_path / "never", limit=0.2))
    assert done(ask(tasks.add, 1, 1)) == 2


def test_what_a_task_refuses_is_heard(ask: Callable[..., Work]) -> None:
    with pytest.raises(ValueError, match="the frames are none"):
        done(ask(tasks.fail, ValueError("the frames are none")))


@pytest.mark.parametrize(
    ("task", "logged"),
    [
        ((tasks.fail, KeyError("a mistake")), "a mistake"),
        ((tasks.fail_unreadably,), "1 and 2"),
        ((tasks.end_the_process,), "WorkerDied"),
    ],
)
def test_what_breaks_off_says_so_and_is_logged(
    ask: Callable[..., Work], task: tuple[Any, ...], logged: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Ended, match=r"^It broke off; the server's log says why\.$"):
        done(ask(*task))
    assert logged in capfd.readouterr().err
    assert done(ask(tasks.add, 1, 1)) == 2


def test_a_process_without_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy_work, "_IDLE", 0.05)
    queue = WorkQueue()
    process, _ = done(queue.add("visitor", None, tasks.report))
    until(lambda: not Path(f"/proc/{process}").exists())
    assert done(queue.add("visitor", None, tasks.add, 1, 1)) == 2


def test_what_is_kept_is_bounded_by_its_bytes() -> None:
    queue = WorkQueue(kept_bytes=1000)
    for name in ("first", "second"):
        queue.keep(name, name * 150)
    assert (queue.kept("first"), queue.kept("second")) == (None, "second" * 150)
    queue.keep("larger than all", "x" * 1001)
    assert queue.kept("larger than all") is None
    assert queue.kept("second") is not None
