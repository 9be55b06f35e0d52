"""What a visitor sees of heavy work: how many are before, a Cancel, and a refusal in one sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import heavy_work
from pages.shared.heavy_work import MOST_WORKS, QUEUE, Work
from tests.pages.driver import PATIENCE, errors, open_app, page_text, press
from tests.pages.shared import tasks

CHECK = "Check against PyTorch"


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Work]]:
    """Others whose work waits for a file of the name `go`, although nobody asks after it."""
    monkeypatch.setattr(heavy_work, "_LEFT_AFTER", PATIENCE)
    asked: list[Work] = []
    yield asked
    for work in reversed(asked):
        work.cancel()
        work.wait(PATIENCE)


def let_wait(others: list[Work], tmp_path: Path, count: int) -> None:
    for _ in range(count):
        visitor = f"other {len(others)}"
        others.append(QUEUE.add(visitor, None, tasks.wait_for, tmp_path / "go", limit=PATIENCE))


def progress(app: AppTest) -> list[str]:
    return [bar.proto.text for bar in app.get("progress")]  # type: ignore[attr-defined]


def test_the_place_is_told_and_then_the_verdict(others: list[Work], tmp_path: Path) -> None:
    let_wait(others, tmp_path, 2)
    app = press(open_app(), CHECK)
    assert progress(app) == ["2 are before you"]
    assert CHECK not in [button.label for button in app.button]
    others[1].cancel()
    assert progress(app.run()) == ["1 is before you"]
    (tmp_path / "go").touch()
    app.session_state["check"].wait(PATIENCE)
    app.run()
    assert progress(app) == []
    assert "PyTorch computes the same numbers." in page_text(app)
    assert errors(app) == []


def test_who_cancels_gets_the_button_back(others: list[Work], tmp_path: Path) -> None:
    let_wait(others, tmp_path, 1)
    app = press(press(open_app(), CHECK), "Cancel")
    assert [info.value for info in app.info] == ["Cancelled."]
    assert CHECK in [button.label for button in app.button]


def test_a_full_queue_refuses_in_one_sentence(others: list[Work], tmp_path: Path) -> None:
    let_wait(others, tmp_path, MOST_WORKS)
    app = press(open_app(), CHECK)
    assert [info.value for info in app.info] == [
        "Too many people are waiting for such work just now. Try again in a minute."
    ]
    assert CHECK in [button.label for button in app.button]
    assert app.run().info == []


def test_the_check_of_a_layer_that_has_changed_is_cancelled(others: list[Work], tmp_path: Path) -> None:
    let_wait(others, tmp_path, 1)
    app = press(open_app(), CHECK)
    work = app.session_state["check"]
    app.selectbox(key="preset").set_value("channels").run()
    assert not work.is_under_way
    assert progress(app) == []
    assert CHECK in [button.label for button in app.button]
