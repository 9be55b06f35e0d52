"""The gallery in a browser: its pictures are drawn, and a card opens what it shows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sharing.paths import paths
from tests.browser.driver import STAGE_READY
from tests.browser.stage import PHONE

DRAWN = """() => [...document.querySelectorAll(".cards img")].slice(0, 12)
  .map((image) => image.decode().then(() => image.naturalWidth > 0))"""


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_card_opens_its_preset_and_back_leads_to_the_gallery(open_page: Callable[..., Page]) -> None:
    page = open_page("/gallery", ready=".cards .card")
    assert all(page.evaluate("() => Promise.all((" + DRAWN + ")())"))
    page.get_by_role("textbox", name="Search").fill("checkerboard none")
    page.get_by_role("textbox", name="Search").press("Enter")
    expect(page.locator(".cards .card")).to_have_count(1)
    page.locator(".cards .card").click()
    page.locator(STAGE_READY).first.wait_for()
    expect(page.get_by_role("combobox", name="Preset")).to_have_value("21. None: k = 4, s = 2")
    page.go_back()
    expect(page.locator(".cards .card")).to_have_count(1)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("checkerboard none")


def test_the_home_page_plays_and_a_path_leads_to_its_end(open_page: Callable[..., Page]) -> None:
    page = open_page("/", ready=STAGE_READY)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.querySelector('.stage-root').innerText.includes('3 / 9')")
    page.locator(".cards .card", has_text="Basics").click()
    bar = page.locator(".st-key-path")
    for number in range(1, 9):
        expect(bar).to_contain_text(f"Basics, {number} of 8.")
        page.locator(STAGE_READY).first.wait_for()
        if number < 8:
            bar.get_by_role("button", name="Next lesson").click()
    expect(page.locator(".stage-root")).to_have_attribute("data-asked", "sum")  # the last lesson is the learner's own
    bar.get_by_role("link", name="Choose another path").click()
    expect(page.locator(".cards .card")).to_have_count(len(paths()))


@pytest.mark.parametrize("viewport", [PHONE])
def test_cards_fit_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("/gallery", ready=".cards .card")
    boxes = [card.bounding_box() for card in page.locator(".cards .card").all()[:6]]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert not page.evaluate("() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")
