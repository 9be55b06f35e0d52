"""The page of upsampling in Chromium: its pixels, its zoom, the pixel that is looked at, and where its links lead."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from engine.arrays import Floats
from pages.shared.enlarging import enlarge, picture_of
from pages.upsampling_parts.words import TEMPLATES
from sharing.upsampling import UpsamplingState, UpsamplingWay
from tests.browser import driver
from tests.browser.slow_network import choose, settle
from tests.browser.stage import Stage
from tests.browser.tabs import Place
from tests.browser.test_images import PIXELS
from tests.browser.test_quick_edits import KEEP, MADE_ANEW

READY = ".picture-row[data-ready]"


@pytest.fixture
def upsampling(open_again: Callable[..., Stage]) -> Callable[..., Page]:
    return lambda query="", **how: open_again(f"/upsampling{query}", ready=READY, **how).page


def figure(page: Page, name: str) -> Locator:
    return page.locator(f'.picture-row figure[data-name="{name}"]')


def pixels(page: Page, name: str) -> Floats:
    height, width, values = figure(page, name).locator("canvas").evaluate(PIXELS)
    shown = np.array(values, dtype=float).reshape(height, width, 3)
    assert np.array_equal(shown[..., 0], shown[..., 2])
    return shown[..., 0]


def grey(values: Floats) -> Floats:
    greys: Floats = np.clip(values.round(), 0, 255)
    return greys


@pytest.mark.parametrize("way", UpsamplingWay)
def test_the_pictures_on_the_screen_are_the_engines(upsampling: Callable[..., Page], way: UpsamplingWay) -> None:
    page, state = upsampling(), UpsamplingState()
    assert np.array_equal(pixels(page, "picture"), picture_of(state.picture, 64))
    assert np.array_equal(pixels(page, way), grey(enlarge(state, way).result))


@pytest.mark.parametrize("place", [Place.DESK, Place.HAND])
def test_pictures_have_a_whole_zoom_and_fit(upsampling: Callable[..., Page], place: Place) -> None:
    page = upsampling("?v=1&size=50", place=place, color_scheme="dark")
    zooms = [
        float(canvas.evaluate("(canvas) => canvas.getBoundingClientRect().width / canvas.width"))
        for canvas in page.locator(".picture-row canvas").all()
    ]
    assert zooms == pytest.approx([5, 2, 2, 2, 2, 2])
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_click_chooses_the_pixel_and_its_stage_plays_it(upsampling: Callable[..., Page]) -> None:
    page = upsampling()
    figure(page, "nearest").locator("canvas").click(position={"x": 2 * 30 + 1, "y": 2 * 71 + 1})
    page.wait_for_url("**row=71*")
    assert parse_qs(urlsplit(page.url).query)["column"] == ["30"]
    value = enlarge(UpsamplingState(), UpsamplingWay.TRANSPOSED).result[71, 30]
    expect(page.get_by_text(f"Pixel 71, 30: {value:.6g}").first).to_be_visible()
    page.get_by_role("link", name=TEMPLATES["play.transposed"]).click()
    page.wait_for_selector(driver.STAGE_READY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Transposed convolution")
    page.wait_for_function("() => location.hash.includes('pin=uncropped.0.')")
    expect(page.get_by_text("is not on this stage")).to_have_count(0)


def test_no_change_makes_another_control_anew(upsampling: Callable[..., Page]) -> None:
    page = upsampling()
    for label, option in (("Weights", "random (seeded)"), ("Weights", "typed"), ("Weights", "a tent (bilinear)")):
        page.evaluate(KEEP)
        choose(page, label, option)
        settle(page)
        assert page.evaluate(MADE_ANEW) == []


def test_presenter_view_shows_larger_pictures(upsampling: Callable[..., Page]) -> None:
    page = upsampling()
    canvas = figure(page, "transposed").locator("canvas")
    before = canvas.bounding_box()
    page.keyboard.press("p")
    page.wait_for_url("**present=1*")
    expect(page.locator(".picture-row")).to_have_attribute("style", re.compile("384px"))
    after = canvas.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == 1.5 * before["width"]
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "present" not in url)
