"""What is pressed on a page that has been left comes to the server once it shows the next one: it is nobody's then."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import driver
from tests.browser.driver import Server
from tests.browser.slow_network import HELD_SOCKET, press_plus


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab whose word to the server can be held back, wide enough for the whole list of pages."""
    with browser.new_context(base_url=server.url, viewport={"width": 2600, "height": 900}) as context:
        context.add_init_script(HELD_SOCKET)
        context.set_default_timeout(driver.PATIENCE)
        yield context.new_page()


def edit_on_stage(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("e")
    page.keyboard.type("7")
    page.keyboard.press("Enter")


def press_button(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def press_key(key: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(key)


def click_pixel(page: Page) -> None:
    page.locator("canvas").nth(1).click(position={"x": 9, "y": 9})


def type_text(page: Page) -> None:
    area = page.get_by_role("textbox", name="Kernel values")
    area.fill("1 2 3\n4 5 6\n7 8 9")
    area.press("Control+Enter")


PRESSED = {
    "presenting": ("/standard?v=1&preset=simplest", press_key("p")),
    "editing": ("/standard?v=1&preset=simplest", edit_on_stage),
    "preset": ("/standard?v=1&preset=simplest", press_key("PageDown")),
    "undo": ("/standard?v=1&preset=simplest&height=6", press_key("Control+z")),
    "number": ("/standard?v=1&preset=simplest", lambda page: press_plus(page, "Input height", 1)),
    "slider": ("/grouped?v=1", lambda page: page.get_by_role("slider", name="Groups").press("ArrowRight")),
    "switch": ("/standard?v=1&preset=simplest", lambda page: page.get_by_text("Bias", exact=True).first.click()),
    "text": ("/standard?v=1&preset=simplest", type_text),
    "pixel": ("/upsampling?v=1", click_pixel),
    "line": ("/comparison?v=1&view=stack", press_button("Down")),
}


def follow(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=name).click()


def expect_page(page: Page, name: str) -> None:
    page.locator(driver.APP_IDLE).first.wait_for()
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()


@pytest.mark.parametrize("pressed", PRESSED)
@pytest.mark.parametrize("there", ["Pooling", "Glossary"])
def test_a_press_on_a_page_that_has_been_left_does_nothing_to_the_next(page: Page, pressed: str, there: str) -> None:
    start, press = PRESSED[pressed]
    page.goto("/pooling")
    page.locator(driver.STAGE_READY).first.wait_for()
    opened = page.url
    page.goto(start)
    page.locator(driver.APP_IDLE).first.wait_for()
    page.evaluate("window.isHeld = true")
    follow(page, there)
    press(page)
    page.evaluate("window.letOneGo()")
    expect_page(page, there)
    page.evaluate("window.letGo()")
    expect_page(page, there)
    if there == "Pooling":
        page.wait_for_url(opened)


def test_a_link_back_leads_back(page: Page) -> None:
    """Also where the browser has heard of no other page, and says what the controls of this one say."""
    driver.open_app(page, "/pooling")
    page.evaluate("window.isHeld = true")
    follow(page, "Glossary")
    follow(page, "Pooling")
    page.evaluate("window.letOneGo()")
    expect_page(page, "Glossary")
    page.evaluate("window.letGo()")
    expect_page(page, "Pooling")
