"""A run that the next change breaks off, wherever that happens: no change is lost, undone, or made in part.

Streamlit breaks a run off at any access to the session and at any element, in the middle of a callback too.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.testing.v1 import AppTest

from kinds.registry import PRESETS
from tests.pages.driver import Sent, open_app, open_link, send, sent_by

EVERY = 3
"""How far the places are apart at which a run is broken off here; a run has about 120."""


Change = Callable[[Sent], Sent]


class Breaker:
    """Breaks a run off with what a browser sends meanwhile."""

    def __init__(self) -> None:
        self._next: Sent | None = None
        self._left = 0

    def may_break_off(self, runner: ScriptRunner, page: str) -> None:
        """Ask for the next run, where this is the place to do it."""
        if self._next is None:
            return
        self._left -= 1
        if self._left < 0:
            query, controls = urlencode(self._next.query, doseq=True), self._next.controls
            self._next = None
            runner.request_rerun(RerunData(query_string=query, widget_states=controls, page_script_hash=page))

    def send_both(self, app: AppTest, first: Sent, second: Sent, place: int) -> bool:
        """Send a change, and another one at a place of the run that answers it; return whether it has that place."""
        self._next, self._left = second, place
        send(app, first)
        is_reached = self._next is None
        self._next = None
        return is_reached

    def places(self, app: AppTest, first: Change, second: Change, start: int = 0) -> Iterator[int]:
        """Make both changes for one place after the other; yield after each, for the page to be brought back."""
        place = start
        while True:
            changed = first(sent_by(app))
            if not self.send_both(app, changed, second(changed), place):
                break
            assert not app.exception, place
            yield place
            place += EVERY
        assert place > 20 * EVERY


@pytest.fixture
def breaker(monkeypatch: pytest.MonkeyPatch) -> Breaker:
    handle = ScriptRunner._maybe_handle_execution_control_request
    made = Breaker()

    def handle_what_is_asked(runner: ScriptRunner) -> None:
        if runner._is_in_script_thread() and runner._execing:
            made.may_break_off(runner, runner._pages_manager.current_page_script_hash)
        handle(runner)

    monkeypatch.setattr(ScriptRunner, "_maybe_handle_execution_control_request", handle_what_is_asked)
    return made


def told(app: AppTest) -> dict[str, float]:
    """The numbers that the browser is told to show in place of what it shows."""
    return {control.key: control.proto.value for control in app.number_input if control.proto.set_value}


def change(key: str, value: Any) -> Change:
    return lambda sent: sent.having(key, value)


def press(app: AppTest, label: str) -> Change:
    """Return what presses a button."""
    (button,) = (button for button in app.button if button.label == label)

    def pressed(sent: Sent) -> Sent:
        copied = sent.having("input_height", 32)
        for state in copied.controls.widgets:
            if state.id == button.id:
                state.trigger_value = True
        return copied

    return pressed


@pytest.mark.parametrize("second", [("height", 6), ("width", 6)], ids=["the same number", "another one"])
def test_a_second_press_counts_wherever_it_meets_the_answer_to_the_first(
    breaker: Breaker, second: tuple[str, int]
) -> None:
    app = open_app()
    wanted = {"height": 5, "width": 4} | dict([second])
    for place in breaker.places(app, change("height", 5), change(*second)):
        assert {name: app.session_state[name] for name in wanted} == wanted, place
        assert told(app) == {}, place  # else a third press, already made, would be undone
        send(app, sent_by(app).having("height", 4).having("width", 4))


def test_a_press_before_the_page_was_heard_of_counts_wherever_the_next_one_meets_its_answer(breaker: Breaker) -> None:
    """The text of the input comes late with it, and is ignored."""
    app = open_app()
    unheard = [sent_by(app)]
    send(app, unheard[-1].having("height", 5))
    # The callback of the text is asked for at the place 0, and the page has not begun at the place 1.
    for place in breaker.places(app, lambda _: unheard[-1].having("height", 6), change("width", 6), start=1):
        assert (app.session_state["height"], app.session_state["width"]) == (6, 6), place
        assert told(app) == {}, place
        send(app, sent_by(app).having("height", 4).having("width", 4))
        unheard.append(sent_by(app))
        send(app, unheard[-1].having("height", 5))


def test_a_preset_is_loaded_whole_wherever_the_next_change_meets_it(breaker: Breaker) -> None:
    app = open_app()
    presets = PRESETS["standard"]
    chosen = {name: value for name, value in asdict(presets["channels"].state).items() if not name.endswith("_text")}
    choose = change("preset", presets["channels"].title)
    for place in breaker.places(app, choose, change("stride_height", 2)):
        held = {name: app.session_state[name] for name in chosen}
        assert held == chosen | {"stride_height": 2}, place
        send(app, sent_by(app).having("preset", presets["simplest"].title))


def test_a_line_is_moved_once_wherever_the_next_change_meets_it(breaker: Breaker) -> None:
    app = open_link({"v": "1", "view": "stack", "stack": "conv 1 3; relu; conv 2 3"}, "comparison")

    def change_the_height(sent: Sent) -> Sent:
        changed = sent.having("input_height", 29)
        for state in changed.controls.widgets:
            if state.WhichOneof("value") == "trigger_value":
                state.trigger_value = False
        return changed

    # At the place 0 the callback of the press has not been asked for, and Streamlit forgets it.
    for place in breaker.places(app, press(app, "Down"), change_the_height, start=1):
        assert app.session_state["stack"] == "relu; conv 1 3; conv 2 3", place
        assert app.session_state["input_height"] == 29
        send(app, press(app, "Up")(sent_by(app)))
