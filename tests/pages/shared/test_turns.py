"""One run is computed at a time, and gives its turn back however it ends."""

import pytest

from pages.shared import late_values
from pages.shared.turns import TURN
from tests.pages.driver import errors, open_link


def is_free() -> bool:
    """Whether another visitor's run could begin now."""
    is_taken = TURN.acquire(blocking=False)
    if is_taken:
        TURN.release()
    return is_taken


def test_nobody_elses_run_begins_before_one_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    end_run, found = late_values.end_run, []

    def end() -> None:
        end_run()
        found.append(is_free())

    monkeypatch.setattr(late_values, "end_run", end)
    assert errors(open_link({})) == []
    assert found == [False]
    assert is_free()


def test_a_run_that_breaks_off_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr(late_values, "end_run", crash)
    assert [crash.value for crash in open_link({}).exception] != []
    assert is_free()
