"""Keys play unless text is being typed, and every button can be reached by them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage import PHONE, Stage

BODY_HAS_FOCUS = "() => document.activeElement === document.body"


def expect_keys_play(stage: Stage) -> None:
    stage.page.wait_for_function(BODY_HAS_FOCUS)
    stage.press("Home", "ArrowRight")
    stage.expect(step=1)
    stage.press("End")
    stage.expect(step=stage.look().steps - 1)
    stage.press("Home", " ")
    stage.expect(state="playing")
    stage.press(" ")
    stage.expect(state="paused")


def test_keys_play_after_a_preset_is_chosen(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.choose_preset("channels")
    expect_keys_play(stage)


def test_keys_play_after_a_view_is_chosen(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    with stage.rerun():
        stage.page.locator(".st-key-view_control button").nth(1).click()
    expect_keys_play(stage)


def test_keys_play_after_a_step_button(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    field = stage.number("Input height")
    before = int(field.input_value())
    with stage.rerun():
        stage.page.get_by_test_id("stNumberInputStepUp").first.click()
    expect_keys_play(stage)
    assert int(field.input_value()) == before + 1


def test_a_field_that_is_clicked_is_typed_in(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.number("Input height").click()
    stage.press("End", "ArrowLeft", "3")
    stage.expect(step=0, state="paused")
    expect(stage.number("Input height")).to_be_focused()


@pytest.mark.parametrize("present", ["0", "1"])
def test_arrows_step_again_after_escape(open_again: Callable[..., Stage], present: str) -> None:
    stage = open_again(f"/standard?v=1&preset=simplest&present={present}")
    stage.click_cell("input", (0, 0))
    stage.press("ArrowRight")
    assert stage.look().links("pointed", "input") == {(0, 1)}
    stage.press("Escape", "ArrowRight")
    stage.expect(step=1, pointing="")


def test_escape_in_a_number_field_keeps_its_value(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    field = stage.number("Input height")
    before = field.input_value()
    for typed in ("", "9"):
        field.click()
        stage.press("End", *typed, "Escape")
        stage.page.wait_for_function(BODY_HAS_FOCUS)
        expect(field).to_have_value(before)
        expect(stage.alert).to_have_count(0)
    expect_keys_play(stage)


@pytest.mark.parametrize("viewport", [PHONE])
def test_the_settings_are_closed_by_their_own_button(page: Page, open_page: Callable[..., Page]) -> None:
    open_page()
    page.get_by_test_id("stExpandSidebarButton").click()
    close = page.get_by_test_id("stSidebarCollapseButton").locator("button")
    close.wait_for()
    page.wait_for_function("() => document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().left === 0")
    box = close.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert close.evaluate("(button, [x, y]) => button.contains(document.elementFromPoint(x, y))", [x, y])
    page.mouse.click(x, y)
    expect(close).not_to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_every_button_of_share_is_reached_by_tab(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.page.get_by_role("button", name="Share", exact=True).click()
    dialog = stage.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Fill the screen").wait_for()
    expect(dialog.get_by_role("button", name="Copy: ")).to_have_count(3)
    reached = set()
    for _ in range(20):
        stage.press("Tab")
        reached.add(
            stage.page.evaluate(
                "() => { let at = document.activeElement;"
                " while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
                " return at.ariaLabel || at.labels?.[0]?.textContent.trim() || at.textContent.trim(); }"
            )
        )
    wanted = {"Fill the screen", "Copy: Link", "Copy: Link in full, with every number in it", "Link"}
    assert wanted <= reached
