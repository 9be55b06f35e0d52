"""The paste box in a browser, by the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driver import STAGE_READY

NETWORK = "nn.Sequential(\n  nn.Conv2d(1, 6, 5),\n  nn.LSTM(3),\n)"


def test_a_pasted_layer_opens_its_page_and_a_line_that_cannot_be_read_is_named(open_page: Callable[..., Page]) -> None:
    page = open_page("/", ready=STAGE_READY)
    box = page.get_by_role("textbox", name="Paste code")
    box.fill(NETWORK)
    box.press("Control+Enter")
    box.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Line 3 has “LSTM”, which is no layer that can be shown here.")).to_be_visible()
    expect(box).to_have_value(NETWORK)
    box.fill("nn.Conv2d(1, 2, 3, stride=2, padding=1)")
    box.press("Control+Enter")
    box.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/standard?" in url and "stride_height=2" in url and "out_channels=2" in url)
    page.locator(STAGE_READY).first.wait_for()
