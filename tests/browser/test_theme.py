"""The theme that somebody chooses beside what the system says."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.stage import PAGES, Stage


def choose(page: Page, theme: str) -> None:
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitemradio", name=theme).click()
    page.keyboard.press("Escape")


def test_a_theme_is_chosen_without_a_reload_and_stays_for_all_pages(page: Page, open_page: Callable[..., Page]) -> None:
    """With it go the picture of the stage, presenter view and the next page; the system's is there to go back to."""
    stage = Stage(open_page())
    root = stage.root
    expect(root).to_have_attribute("data-theme", "light")
    page.evaluate("window.isTheSame = true")
    choose(page, "Dark")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Present").click()
    page.locator(".stage-root.presenting").first.wait_for()
    expect(root).to_have_attribute("data-theme", "dark")
    page.keyboard.press("p")
    page.locator(".stage-root:not(.presenting)").first.wait_for()
    stage.go_to(PAGES["pooling"])
    expect(stage.root).to_have_attribute("data-theme", "dark")
    assert page.evaluate("window.isTheSame")
    open_page("/grouped")  # as a link does
    expect(stage.root).to_have_attribute("data-theme", "dark")
    choose(page, "System")
    expect(stage.root).to_have_attribute("data-theme", "light")
