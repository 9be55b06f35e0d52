"""The page on which a kernel is learned, in Chromium: its charts, its steps by keyboard, and where its links lead."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages.learn_a_kernel_parts.step_view import PLAY
from sharing.learning import LearningState
from tests.browser import driver
from tests.browser.slow_network import choose, settle
from tests.browser.stage import LAPTOP, Stage
from tests.browser.tabs import Place
from tests.browser.test_quick_edits import KEEP, MADE_ANEW

STEP = '[data-testid="stSlider"] input[aria-label="Step"]'
READY = ".st-key-bowl .js-plotly-plot .main-svg"
DATA = """key => {
  const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  return plot.data.map(({ x, y, type }) => ({ type, x: [...x], y: [...y] }));
}"""
MARK_AT = """([key, x]) => {
  const data = document.querySelector(`.st-key-${key} .js-plotly-plot`)?.data;
  return data && data.at(key === "losses" ? 1 : -1).x[0] === x;
}"""
FIT = """() => {
  const page = document.scrollingElement;
  const ends = (name) => document.querySelector(name).getBoundingClientRect();
  return {
    scrolls: page.scrollWidth > page.clientWidth,
    bowl: ends(".st-key-bowl").bottom,
    right: Math.max(...[...document.querySelectorAll(".stMain table, .stMain button, .stMain .js-plotly-plot")]
      .map((element) => element.getBoundingClientRect().right)),
    type: Math.min(...[...document.querySelectorAll(".maps td, .maps figcaption")]
      .map((element) => parseFloat(getComputedStyle(element).fontSize))),
  };
}"""


@pytest.fixture
def learn(open_again: Callable[..., Stage]) -> Callable[..., Page]:
    return lambda query="", **how: open_again(f"/learn_a_kernel{query}", ready=READY, **how).page


def run() -> Any:
    return LearningState().run(LearningState().lesson())


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_charts_are_the_runs_and_fit_a_laptop(learn: Callable[..., Page], color_scheme: str) -> None:
    page = learn(color_scheme=color_scheme)
    losses, bowl = page.evaluate(DATA, "losses"), page.evaluate(DATA, "bowl")
    assert losses[0]["y"] == pytest.approx(run().losses)
    assert [*zip(bowl[1]["x"], bowl[1]["y"], strict=True)] == [
        pytest.approx(weight) for weight in run().weights.reshape(-1, 2).tolist()
    ]
    at = page.evaluate(FIT)
    assert not at["scrolls"]
    assert at["right"] <= LAPTOP["width"]
    assert at["bowl"] <= LAPTOP["height"]
    assert at["type"] >= 12


@pytest.mark.parametrize("query", ["", "?v=1&given=noise&height=10&width=10&kernel_values=1+2+1_0+0+0_1+0+1"])
def test_it_fits_a_phone(learn: Callable[..., Page], query: str) -> None:
    page = learn(query, place=Place.HAND, color_scheme="dark")
    at = page.evaluate(FIT)
    assert not at["scrolls"]
    assert at["right"] <= page.evaluate("innerWidth")


def test_steps_by_keyboard_move_both_marks_and_the_link(learn: Callable[..., Page]) -> None:
    page = learn("?v=1&step=2")
    slider = page.locator(STEP)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**step=3")
    for key, x in (("losses", 2), ("bowl", run().weights[2].ravel()[0])):
        page.wait_for_function(MARK_AT, arg=[key, x])
    page.get_by_role("button", name="Next step").press("Enter")
    page.wait_for_url("**step=4")
    expect(slider).to_have_value("4")
    expect(page.get_by_text(f"sum of its squares: {run().losses[3]:.4g}.")).to_be_visible()


def test_a_click_on_a_loss_chooses_its_step(learn: Callable[..., Page]) -> None:
    page = learn()
    page.locator(".st-key-losses .scatterlayer .trace").first.locator(".point").nth(6).click(force=True)
    page.wait_for_url("**step=7")
    page.wait_for_function(MARK_AT, arg=["losses", 6])


def test_no_change_makes_another_control_anew(learn: Callable[..., Page]) -> None:
    """Controls that come and go with a choice leave those beside them as they are."""
    page = learn()
    for label, option in (
        ("Wanted output Y", "of a hidden kernel: find it"),
        ("Input X", "typed"),
        ("Input X", "one pixel"),
        ("Wanted output Y", "typed"),
    ):
        page.evaluate(KEEP)
        choose(page, label, option)
        settle(page)
        assert page.evaluate(MADE_ANEW) == []


def test_a_step_leads_to_its_own_multiplies(learn: Callable[..., Page]) -> None:
    page = learn("?v=1&step=3")
    page.get_by_role("link", name=PLAY).click()
    page.wait_for_selector(driver.STAGE_READY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gradients")
    expect(page.get_by_text(f"= {run().losses[2]:.6g}, so the gradient of each output").first).to_be_visible()


def test_presenter_view_shows_the_page_alone(learn: Callable[..., Page]) -> None:
    page = learn()
    page.keyboard.press("p")
    expect(page.locator("html.presenting-page")).to_have_count(1)
    page.wait_for_url("**present=1*")
    expect(page.locator(".st-key-bowl")).to_have_count(1)
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "present" not in url)
