"""Edits that come faster than a slow network carries them: the page settles with the last, and nothing crashes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver

# Everything between the browser and the server takes half a second each way.
SLOW_NETWORK = """(() => {
  const Real = window.WebSocket;
  const late = (listener) => (event) => setTimeout(() => listener(event), 500);
  window.WebSocket = class extends Real {
    send(data) { setTimeout(() => super.send(data), 500); }
    set onmessage(listener) { super.onmessage = listener && late(listener); }
    get onmessage() { return super.onmessage; }
    addEventListener(type, listener, options) {
      super.addEventListener(type, type === "message" ? late(listener) : listener, options);
    }
  };
})()"""
EDITS = ("conv 4 3", "conv 8 3\nrelu", "conv 9 5\nmaxpool 2")


@pytest.mark.parametrize("spacing", [350, 800])
def test_layers_typed_quickly(page: Page, spacing: int) -> None:
    page.add_init_script(SLOW_NETWORK)
    driver.open_app(page, "/comparison", ready=None, v=1, view="stack")
    area = page.get_by_role("textbox", name="Layers", exact=True)
    for text in EDITS:
        area.fill(text)
        area.press("Control+Enter")
        page.wait_for_timeout(spacing)  # the spacing of the edits is what is tested
    page.wait_for_url("**stack=%2Aconv+9+5%3B+maxpool+2")
    page.wait_for_selector(driver.APP_IDLE)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(area).to_have_value(EDITS[-1])
