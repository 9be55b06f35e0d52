"""The player: buttons, keys, seek bar, grains, speeds, loop, and when it must not run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import Stage

# The page opens on 3x3 outputs of a 2x2 kernel and one channel.
STEPS = {"output": 9, "channel": 9, "tap": 36}
SPEEDS = (0.5, 1, 2, 4, 8, 15, 30, 60)
# Keys pressed from the first step on, and the step they lead to.
KEYS = {
    "ArrowLeft": 0,
    "ArrowRight": 1,
    "ArrowDown ArrowDown": 2,
    "End": 8,
    "End ArrowRight": 8,
    "End ArrowUp ArrowLeft": 6,
    "End Home": 0,
}

# Whatever a screen reader reads out by itself.
LIVE = ':is([aria-live="polite"], [aria-live="assertive"], output, [role="status"]):not([aria-live="off"])'
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def stage(open_again: Callable[..., Stage]) -> Stage:
    return open_again()


def test_buttons_and_seek_bar(stage: Stage) -> None:
    stage.expect(state="paused", step=0, steps=STEPS["output"])
    expect(stage.control("count")).to_have_text("1 / 9")
    for button, step in {"next": 1, "last": 8, "previous": 7, "first": 0}.items():
        stage.click(button)
        stage.expect(step=step, state="paused")
        expect(stage.control("count")).to_have_text(f"{step + 1} / 9")
        expect(stage.control("seek")).to_have_value(str(step))
    stage.click("previous")
    stage.expect(step=0)
    stage.click("last")
    stage.click("next")
    stage.expect(step=8)

    stage.control("seek").fill("4")
    stage.expect(step=4)
    box = stage.control("seek").bounding_box()
    assert box is not None
    stage.page.mouse.click(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    stage.expect(step=8)
    # The bar has the focus now, and the keys move by steps all the same, one each.
    stage.press("ArrowLeft", "ArrowLeft")
    stage.expect(step=6)
    expect(stage.control("seek")).to_have_attribute("aria-valuetext", "step 7 of 9")


def test_keys_move(stage: Stage) -> None:
    for keys, step in KEYS.items():
        stage.press("Home", *keys.split())
        stage.expect(step=step, state="paused")


def test_keys_for_speed_grain_and_playing(stage: Stage) -> None:
    speed = stage.control("speed")
    expect(speed).to_have_text("2/s")
    stage.press("+", "=", "+")
    expect(speed).to_have_text("15/s")
    stage.press(*["-"] * 20)
    expect(speed).to_have_text("0.5/s")
    expect(stage.control("slower")).to_be_disabled()
    stage.press(*["+"] * 20)
    expect(speed).to_have_text("60/s")
    expect(stage.control("faster")).to_be_disabled()

    # A finer grain begins at the first step of the output value that was shown, and a coarser one comes back to it.
    stage.press("End", "ArrowLeft")
    for key, grain, step in (("3", "tap", 28), ("2", "channel", 7), ("1", "output", 7)):
        stage.press(key)
        stage.expect(step=step, steps=STEPS[grain])
        for name in STEPS:
            expect(stage.control(name)).to_have_attribute("aria-pressed", str(name == grain).lower())

    stage.press("Home", "-", "-", "-", " ")
    stage.expect(state="playing")
    expect(stage.control("play")).to_have_attribute("aria-label", "Pause")
    stage.press(" ")
    stage.expect(state="paused")
    expect(stage.control("play")).to_have_attribute("aria-label", "Play")


def test_keys_are_left_to_fields(stage: Stage) -> None:
    stage.number("Input height").focus()
    stage.press("ArrowRight", "End", "3", "-")
    stage.text_area("Input values").focus()
    stage.press("ArrowRight", " ", "End", "1")
    stage.page.get_by_role("combobox", name="Preset").focus()
    stage.press("End", "Escape")
    stage.expect(step=0, steps=STEPS["output"], state="paused")


def test_it_shows_every_step_once_and_stops_at_the_end(stage: Stage) -> None:
    stage.press("+", "+", "+", "+", "+")
    for grain in ("tap", "output"):
        stage.click(grain)
        stage.press("Home")
        assert stage.play_through() == list(range(STEPS[grain]))
    # Played again, it begins anew.
    assert stage.play_through() == [8, *range(9)]
    stage.expect(state="paused", step=8)


@pytest.mark.parametrize("context_options", [{}])  # a clock is the whole browser's
def test_speeds_and_loop(open_page: Callable[..., Page]) -> None:
    """Time is the page's own clock, which this test moves: what is counted does not depend on the machine."""
    stage = Stage(open_page())
    stage.click("tap")
    stage.click("loop")
    expect(stage.control("loop")).to_have_attribute("aria-pressed", "true")
    clock = stage.page.clock
    clock.install()
    clock.pause_at(stage.page.evaluate("Date.now() + 1000"))
    stage.press(*["-"] * len(SPEEDS))
    for speed in SPEEDS:
        expect(stage.control("speed")).to_have_text(f"{speed}/s")
        stage.click("play")
        before = int(stage.look().data["shown"])
        clock.run_for(8000)
        stage.expect(state="playing")
        shown = int(stage.look().data["shown"]) - before
        assert shown == pytest.approx(8 * speed, rel=0.05, abs=1)
        stage.click("play")
        stage.expect(state="paused")
        stage.press("+")
    # More steps than there are have been shown, so it went round; without the loop it ends.
    stage.click("loop")
    stage.click("play")
    clock.run_for(2000)
    stage.expect(state="paused", step=STEPS["tap"] - 1)


def test_it_starts_paused_and_pauses_in_a_hidden_tab(stage: Stage) -> None:
    stage.expect(state="paused", step=0)
    stage.press("-", "-", " ")
    stage.expect(state="playing")
    stage.page.evaluate(HIDE, True)
    stage.expect(state="paused")
    stage.page.evaluate(HIDE, False)
    stage.expect(state="paused")


def test_a_mouse_that_lies_on_the_stage_stops_nothing(stage: Stage) -> None:
    """It says that it plays, and it plays, wherever the mouse is and moves."""
    stage.hover("input", (0, 0))
    stage.press("+", "+", "+", "3", " ")  # so slow that a busy machine's mouse comes before the end
    stage.hover("input", (1, 1))
    stage.hover("output", (0, 0))
    stage.expect(state="paused", step=STEPS["tap"] - 1, pointing="")
    stage.hover("input", (1, 1))
    stage.expect(pointing="input")


@pytest.mark.parametrize("act", ["click", "walk", "edit"])
def test_who_looks_at_a_cell_pauses(stage: Stage, act: str) -> None:
    """What somebody asks about stands still, and the player says so."""
    stage.press("-", "-")
    if act == "click":
        stage.press(" ")
        stage.expect(state="playing")
        stage.click_cell("input", (1, 1))
    else:
        stage.overlay.focus()
        stage.press("ArrowRight", " ")
        stage.expect(state="playing", pointing="")
        stage.press("ArrowRight" if act == "walk" else "e")
    stage.expect(state="paused", step=0)
    stage.press("Escape", " ")
    stage.expect(state="playing")


def test_a_step_is_announced_when_paused(stage: Stage) -> None:
    stage.press("End")
    expect(stage.announced).to_have_text("Step 9 of 9: output[2, 2]. 2×1 + 4×0 + 2×2 + 4×1 = 10")


def test_playing_is_announced_once_it_pauses(stage: Stage) -> None:
    """At the end of playing, and when somebody stops it, a screen reader hears where it stands."""
    stage.press("3", "+", "+", "+", "+", "+")
    stage.play_through()
    expect(stage.announced).to_contain_text("Step 36 of 36: output[2, 2].")


def test_playing_is_not_announced_step_by_step(stage: Stage) -> None:
    """Sixty numbers a second would drown all else that a screen reader has to say."""
    stage.press("3", "+", "+", "+", "+", "+")
    changed = stage.page.evaluate(
        """async (live) => {
          const root = document.querySelector(".stage-root");
          const read = () => [...root.querySelectorAll(live)].map((element) => element.textContent);
          root.querySelector('[data-control="play"]').click();
          const [first, changed] = [read(), new Set()];
          while (root.dataset.state === "playing") {
            await new Promise(requestAnimationFrame);
            if (root.dataset.state !== "playing") break;
            read().forEach((text, index) => text !== first[index] && changed.add(text));
          }
          return [...changed];
        }""",
        LIVE,
    )
    assert changed == []


def test_reduced_motion(open_again: Callable[..., Stage]) -> None:
    """Every step is shown where it is, at once: nothing glides, fades or is still under way."""
    stage = open_again(anew=True, reduced_motion="reduce")
    stage.expect(state="paused", step=0)
    stage.press("2", "ArrowRight")
    assert (
        stage.page.evaluate(
            """() => [...document.querySelectorAll(".stage-root, .stage-root *")]
          .filter((element) => /[1-9]/.test(getComputedStyle(element).transitionDuration)
            || getComputedStyle(element).animationName !== "none")
          .map((element) => element.outerHTML.slice(0, 80))"""
        )
        == []
    )
    assert (
        stage.page.evaluate("document.getAnimations().filter(a => a.effect.target.closest('.stage-root')).length") == 0
    )
    stage.expect(step=1)
    assert stage.look().window() == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_space_presses_the_button_that_has_the_focus(stage: Stage) -> None:
    """A button reached by Tab is pressed by Space; a click leaves Space to the player."""
    stage.control("loop").focus()
    stage.press(" ")
    expect(stage.control("loop")).to_have_attribute("aria-pressed", "true")
    stage.expect(state="paused")
    stage.press(" ")
    expect(stage.control("loop")).to_have_attribute("aria-pressed", "false")
    stage.leave_field()
    stage.click("next")
    stage.press(" ")
    stage.expect(state="playing")
    stage.press(" ")
    stage.expect(state="paused")
