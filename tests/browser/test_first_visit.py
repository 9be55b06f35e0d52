"""A first visit: what the browser asks for, in which order, and what it shows meanwhile."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from serving.page_chunks import elements
from tests.browser.driver import APP_IDLE, STAGE_READY
from tests.browser.stage import HEATMAPS, LAPTOP, PHONE, PLOTLY, open_while_plotly_waits

Place = tuple[str, float, float]
"""A number, and the middle of where it stands."""


@pytest.mark.parametrize(
    ("path", "name", "is_embedded"),
    [
        ("/", "home", False),
        ("/gallery", "gallery", False),
        ("/standard", "standard", False),
        ("/pooling?embed=true", "pooling", True),
        ("/comparison", "comparison", False),
    ],
)
def test_a_page_shows_every_element_whose_scripts_its_first_html_names(
    page: Page, path: str, name: str, is_embedded: bool
) -> None:
    page.goto(path)
    for element in elements(name, is_embedded):
        page.locator(f".st{element}").first.wait_for(state="attached")


# An icon that the font lacks would stand there as its name, many letters wide.
ICONS_ONE_LETTER_WIDE = """() => document.fonts.load("16px 'Material Symbols Rounded'").then(() =>
  [...document.querySelectorAll('span[translate="no"]')].filter((icon) => icon.offsetParent).map((icon) => [
    icon.textContent, icon.scrollWidth <= 1.1 * parseFloat(getComputedStyle(icon).fontSize)
  ]))"""


@pytest.mark.parametrize("path", ["/", "/standard", "/comparison?v=1&view=stack"])
def test_every_icon_is_drawn(page: Page, path: str) -> None:
    page.goto(path)
    page.locator(APP_IDLE).first.wait_for()
    page.locator('span[translate="no"] >> visible=true').first.wait_for()
    icons = page.evaluate(ICONS_ONE_LETTER_WIDE)
    assert icons
    assert [name for name, is_drawn in icons if not is_drawn] == []


WHEN_READY = """new MutationObserver((_, observer) => {
  if (!document.querySelector('.stage-root[data-ready="true"]')) return;
  window.readyAt = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] })"""

WHEN_ASKED = """(name) => performance.getEntriesByType("resource")
  .filter((entry) => entry.name.includes(name)).map((entry) => entry.startTime)"""


def test_what_is_large_is_asked_for_when_the_stage_is_drawn_and_the_player_before(page: Page) -> None:
    page.add_init_script(WHEN_READY)
    page.goto("/standard?v=1&preset=simplest")
    page.wait_for_function("() => window.Plotly")
    ready = page.evaluate("window.readyAt")
    (player,) = page.evaluate(WHEN_ASKED, "/player/stage.")
    assert player < ready
    (asked,) = page.evaluate(WHEN_ASKED, "PlotlyChart")
    assert ready < asked


def test_plotly_does_not_start_while_the_stage_plays(page: Page) -> None:
    stage = open_while_plotly_waits(page)
    stage.click("loop")
    stage.click("play")
    with page.expect_request_finished(lambda request: PLOTLY.search(request.url) is not None):
        page.unroute(PLOTLY)  # which lets go on what is held
    shown = int(page.locator(".stage-root").get_attribute("data-shown") or 0)
    page.wait_for_function("(shown) => document.querySelector('.stage-root').dataset.shown > shown", arg=shown + 2)
    assert page.evaluate("window.Plotly") is None
    stage.click("play")
    page.locator(HEATMAPS).first.wait_for(state="attached")


PLACES = """(within) => [...document.querySelectorAll(`${within} .number`)].map((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return [one.textContent, left + width / 2, top + height / 2];
})"""


def near(places: list[Place], other: Place) -> bool:
    """Whether the same number stands at about the same place."""
    text, x, y = other
    return any(one == text and abs(left - x) <= 1.5 and abs(top - y) <= 1.5 for one, left, top in places)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_first_html_shows_the_stage_where_it_will_be(page: Page, color_scheme: str) -> None:
    scripts = re.compile(r"/static/js/")
    held: list[Route] = []
    page.route(scripts, lambda route: held.append(route))
    page.goto("/standard?v=1&preset=half-padding", wait_until="commit")
    picture = page.locator("#first-picture")
    expect(picture).to_be_visible()
    # Its script, which stands behind it in the HTML, may have yet to place it.
    page.wait_for_function("() => document.querySelector('#first-picture').style.left")
    before = page.evaluate(PLACES, "#first-picture")
    ground = page.evaluate("getComputedStyle(document.querySelector('#first-picture')).backgroundColor")
    assert len(before) > 50
    page.unroute(scripts)  # which lets go on what is held
    page.locator(STAGE_READY).first.wait_for()
    expect(picture).to_have_count(0)
    after = page.evaluate(PLACES, ".stage-root")
    assert [place for place in before if not near(after, place)] == [], after[:3]
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == ground
    assert held


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_stage_does_not_move_when_the_views_are_there(page: Page) -> None:
    """Their script comes after the stage on a line that is slow."""
    script = re.compile(r"/static/js/ButtonGroup")
    held: list[Route] = []
    page.route(script, lambda route: held.append(route))
    page.goto("/standard?v=1&preset=half-padding")
    page.locator(STAGE_READY).first.wait_for()
    before = page.locator(".stage-root").bounding_box()
    assert held
    page.unroute(script)
    page.locator(".st-key-view_control button").first.wait_for()
    assert page.locator(".stage-root").bounding_box() == before


def test_the_picture_goes_where_the_page_fails(page: Page) -> None:
    page.goto("/standard?v=1&preset=simplest&kernel_height=5")
    page.locator(STAGE_READY).first.wait_for()
    expect(page.locator("#first-picture")).to_have_count(0)
