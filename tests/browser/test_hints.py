"""The line under the player says what one can do now: it is true, it fits, and it moves nothing."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from stage.hints import HINTS
from tests.browser.stage import Stage
from tests.browser.tabs import Place

# Where the rows around the line are, whether the line has room, and whether a screen reader is told of its changes.
ROWS = """() => [
  ["canvas", "controls", "equation"].map((name) => {
    const stage = document.querySelector(".stage-root");
    const [{ top }, row] = [stage, stage.querySelector(`.${name}`)].map((one) => one.getBoundingClientRect());
    return [row.top - top, row.bottom - top].map(Math.round);
  }),
  (({ scrollWidth, clientWidth, scrollHeight, clientHeight, parentElement }) =>
    scrollWidth <= clientWidth && scrollHeight <= clientHeight && !parentElement.closest("[aria-live], [role=status]"))(
    document.querySelector(".stage-root .hint")),
]"""


class Hints:
    """The line of a stage; the rows around it stand where they stood first."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.rows: Any = stage.page.evaluate(ROWS)
        assert self.rows[1]

    def expect(self, key: str) -> None:
        expect(self.stage.root.locator(".hint")).to_have_text(HINTS[key])
        assert self.stage.page.evaluate(ROWS) == self.rows, key


def test_with_a_mouse_and_keys(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest")
    hints = Hints(stage)
    hints.expect("idle")
    stage.press(" ")
    hints.expect("playing")
    stage.click_cell("input", (0, 0))
    stage.expect(state="paused", pinned="true")
    hints.expect("pinned.editable")
    stage.press("e")
    expect(stage.editor).to_be_visible()
    hints.expect("editing")
    stage.press("Escape")
    expect(stage.editor).to_be_hidden()
    stage.press("Escape")
    stage.expect(pinned="", pointing="")
    stage.hover("input", (1, 1))
    hints.expect("pointed.editable")
    stage.hover("output", (1, 1))
    hints.expect("pointed")
    stage.click_cell("output", (1, 1))
    hints.expect("pinned")
    stage.press("ArrowRight")
    stage.expect(pinned="", pointing="output")
    hints.expect("walked")
    stage.click_cell("input", (0, 0))  # the keys walk on from there
    stage.leave()
    stage.number("Stride width").click()
    hints.expect("idle.silent")
    stage.leave_field()
    stage.overlay.focus()
    hints.expect("keys")
    stage.press("ArrowRight")
    hints.expect("walked.editable")
    stage.press("Enter")
    hints.expect("pinned.editable")
    stage.press("Escape")
    stage.leave_field()
    editor = stage.open_editor("kernel", (0, 0))
    editor.fill("x")
    with stage.rerun():
        editor.press("Enter")
    expect(stage.root.locator(".hint")).to_have_text(HINTS["refused"])  # a message above moves the page
    with stage.rerun():
        stage.press("Escape")
    stage.leave()
    stage.leave_field()
    stage.press("p")
    expect(stage.root.locator(".hint")).to_have_text(HINTS["presenting"])


def test_with_a_finger(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest", place=Place.HAND)
    hints = Hints(stage)
    hints.expect("idle.touch")
    for cell, key in ((("input", (0, 0)), "pinned.touch.editable"), (("output", (0, 0)), "pinned.touch")):
        stage.page.touchscreen.tap(*stage.point(*cell))
        hints.expect(key)
    stage.page.touchscreen.tap(*stage.point("output", (0, 0)))
    hints.expect("idle.touch")
    stage.control("play").tap()
    hints.expect("playing.touch")
    stage.page.touchscreen.tap(*stage.point("input", (0, 0)))
    stage.root.locator(".edit").tap()
    hints.expect("editing.touch")


def test_a_frame_offers_no_edit(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest&embed=true", anew=True, place=Place.ELSEWHERE)
    hints = Hints(stage)
    hints.expect("idle")
    stage.hover("input", (0, 0))
    hints.expect("pointed")
    stage.click_cell("input", (0, 0))
    hints.expect("pinned")
