"""Where PyTorch is not installed, pages work, and the two buttons that need it say how to get it."""

import sys

import pytest

from kinds.registry import SPECS
from sharing.training import TrainingState, TrainingView
from tests.pages.driver import errors, open_app, open_link, page_text, press

SENTENCE = "PyTorch is not installed where this page is served. To get it: `pip install torch==2.13.0`"


@pytest.fixture(autouse=True)
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)  # an import of it fails, as where there is none


@pytest.mark.parametrize("page", SPECS)
def test_the_check_says_how_to_get_it(page: str) -> None:
    app = press(open_app(page=page), "Check against PyTorch")
    assert errors(app) == []
    assert SENTENCE in [info.value for info in app.info]


def test_the_timing_says_how_to_get_it() -> None:
    app = press(open_link({"v": "1", "view": "machine"}, "comparison"), "Time it on this machine")
    assert errors(app) == []
    assert SENTENCE in [info.value for info in app.info]


@pytest.mark.parametrize("view", TrainingView)
def test_the_recorded_run_is_read_by_the_engine_alone(view: TrainingView) -> None:
    app = open_link({"v": "1", "view": view.name.lower()}, TrainingState.page)
    assert errors(app) == []
    assert "970 of 1,000" in page_text(app)
