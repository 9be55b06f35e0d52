"""The server ends and comes back: the stage goes on playing meanwhile, one line says so, and nothing is lost."""

from playwright.sync_api import Browser, expect

from tests.browser import driver
from tests.browser.driver import APP_IDLE, PATIENCE, STAGE_READY
from tests.browser.slow_network import HELD_SOCKET

SENTENCE = "No connection to the server. The stage goes on playing; the controls wait until it is back."
COUNT_DIALOGS = """
window.dialogs = 0;
new MutationObserver(() => { window.dialogs += document.querySelectorAll("[data-testid=stDialog]").length; })
  .observe(document, { childList: true, subtree: true });
"""


def test_the_stage_plays_on_until_the_server_is_back_and_what_is_changed_then_counts(browser: Browser) -> None:
    port = driver.free_port()
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(COUNT_DIALOGS)
        stage, line = page.locator(STAGE_READY), page.get_by_text(SENTENCE)
        with driver.start_server(port=port) as server:
            driver.open_app(page, f"{server.url}/standard?v=1#step=4")
            page.wait_for_function("() => window.Plotly")
        expect(line).to_be_visible()
        page.wait_for_function("() => window.dialogs > 0")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("ArrowRight")
        expect(stage).to_have_attribute("data-step", "4")
        page.keyboard.press(" ")
        expect(stage).to_have_attribute("data-state", "paused")  # at the end, however busy the machine is until then
        expect(stage).to_have_attribute("data-step", "8")
        with driver.start_server(port=port):
            # Clicked as soon as a click comes through: before the new session's first run has ended, none does.
            page.locator(".st-key-bias label").first.click()
            page.locator(APP_IDLE).first.wait_for()
            page.wait_for_url("**bias=1*")
            expect(line).not_to_be_visible()
            expect(stage).to_have_attribute("data-step", "8")


def test_what_is_changed_as_the_connection_is_lost_counts_when_it_is_back(browser: Browser) -> None:
    port = driver.free_port()
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(HELD_SOCKET)
        height = page.get_by_role("spinbutton", name="Input height", exact=True)
        with driver.start_server(port=port) as server:
            driver.open_app(page, f"{server.url}/standard?v=1&preset=simplest")
            page.evaluate("window.isHeld = true")
            height.press("ArrowUp")
            expect(page.locator(STAGE_READY)).to_have_attribute("data-unheard", "height=5")
        expect(page.get_by_text(SENTENCE)).to_be_visible()
        page.evaluate("window.letGo()")
        with driver.start_server(port=port):
            page.wait_for_url("**/standard?v=1&preset=simplest&height=5")
            expect(page.get_by_text(SENTENCE)).not_to_be_visible()
            expect(height).to_have_value("5")
