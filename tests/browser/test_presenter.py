"""Presenter view as a teacher uses it: the whole screen, what is presented, and the next preset, by keys."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.stage import PRESETS, Stage

IS_FULL = "() => document.fullscreenElement === document.documentElement"
IS_NOT_FULL = "() => document.fullscreenElement === null"


def expect_presented(stage: Stage, slug: str, layer: str) -> None:
    heading = stage.root.locator(".heading")
    expect(heading.get_by_role("heading")).to_have_text(PRESETS[slug].title)
    expect(heading.locator(".layer")).to_have_text(layer)
    expect(heading.locator("p")).to_have_text(PRESETS[slug].look_for)


def test_a_lesson_is_given_by_keys(page: Page, open_page: Callable[..., Page]) -> None:
    """From the Present button through presets and an impossible layer, and back to that button with the screen."""
    stage = Stage(open_page(preset="simplest"))
    page.evaluate("window.hasScreen = true")
    stage.press("n")  # of presenter view alone
    button = page.get_by_role("toolbar", name="Page").get_by_role("button", name="Present")
    button.focus()
    stage.press("Enter")
    page.wait_for_function(IS_FULL)
    expect(stage.root).to_contain_class("presenting")
    expect_presented(stage, "simplest", "kernel 2×2, stride 1, padding 0, dilation 1")
    with stage.rerun():
        stage.press("n")
    expect_presented(stage, "same", "kernel 2×2, stride 1, padding same, dilation 1")
    with stage.rerun():
        stage.press("n")
    expect(stage.root.locator(".heading p")).to_contain_text("not supported for strided convolutions")
    for slug, layer in (("same", "padding same"), ("simplest", "padding 0"), (list(PRESETS)[-1], "kernel 3×3")):
        with stage.rerun():
            stage.press("v")
        expect(stage.root.locator(".heading h2")).to_have_text(PRESETS[slug].title)
        expect(stage.root.locator(".heading .layer")).to_contain_text(layer)
    page.evaluate("document.exitFullscreen()")  # as Escape does, which the browser keeps to itself
    expect(stage.root).not_to_contain_class("presenting")
    expect(button).to_be_focused()
    stage.press("Enter")
    page.wait_for_function(IS_FULL)
    stage.press("p")
    page.wait_for_function(IS_NOT_FULL)
    expect(button).to_be_focused()
