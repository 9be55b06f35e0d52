"""What is seen together, on a laptop and on a phone, and that nothing flickers when a parameter changes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared.navigation import PAGES as LIST_OF_PAGES
from tests.browser import driver
from tests.browser.stage import LAPTOP, PAGES, PHONE, AppPage, Stage
from tests.browser.tabs import Place

# Where each part of the stage ends, and whether the page can be scrolled sideways.
MEASURED = """() => {
  const ends = (name) => document.querySelector(`.stage-root ${name}`).getBoundingClientRect();
  const page = document.scrollingElement;
  return {
    top: ends(".canvas").top,
    ...Object.fromEntries(["canvas", "overlay", "controls", "equation"].map((name) => [name, ends("." + name).bottom])),
    right: Math.max(...[...document.querySelectorAll(".stage-root, .stage-root .overlay, .stage-root [data-control]")]
      .map((element) => element.getBoundingClientRect().right)),
    scrolls: page.scrollWidth > page.clientWidth,
    wide: [...document.querySelectorAll(".stMain *")].filter((element) => !element.closest("svg, .announce")
      && element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX))
      .map((element) => element.className.toString()),
  };
}"""


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_every_preset_fits(open_again: Callable[..., Stage], case: AppPage) -> None:
    """With no preset is the stage or the player below a laptop's fold, or wider than a phone; none logs an error.

    The player stands where it stood with the last one.
    """
    stage = open_again(case.path)
    bottoms = set()
    chosen = stage.page.get_by_role("combobox", name="Preset")
    for slug, title in case.presets.items():
        if chosen.input_value() != title:  # as the page opens
            stage.follow(case.link(slug))
        expect(chosen).to_have_value(title)
        problem = stage.look().data["problem"]
        expect(stage.alert).to_have_count(1 if problem else 0)
        at = stage.page.evaluate(MEASURED)
        assert 0 <= at["top"] < at["overlay"] <= at["canvas"] < at["controls"] <= LAPTOP["height"], title
        bottoms |= set() if problem else {at["controls"]}  # a reason stands over the stage
        assert (at["scrolls"], at["wide"]) == (False, []), title
        assert at["right"] <= LAPTOP["width"], title
        has_strip = stage.root.locator("g.strip:not([display=none])").count()
        assert stage.look().unit >= (6 if has_strip else 10), title  # the strip has the numbers of the step
    assert len(bottoms) == 1


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_the_default_page_fits_a_laptop_with_its_arithmetic(open_again: Callable[..., Stage], case: AppPage) -> None:
    at = open_again(case.path).page.evaluate(MEASURED)
    assert at["equation"] <= LAPTOP["height"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_a_phone(open_again: Callable[..., Stage], color_scheme: str, case: AppPage) -> None:
    stage = open_again(case.path, place=Place.HAND, color_scheme=color_scheme)
    stage.expect(theme=color_scheme)
    at = stage.page.evaluate(MEASURED)
    assert (at["scrolls"], at["wide"]) == (False, [])
    assert at["right"] <= PHONE["width"]
    assert at["controls"] <= PHONE["height"]
    # A finger is wider than a mouse pointer.
    for button in stage.root.locator("button[data-control]:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 32
    if color_scheme == "dark":
        return
    # The controls lie over the page, and what is under them is drawn all the same.
    driver.open_settings(stage.page)
    for slug in list(case.presets)[2::4]:
        stage.follow(case.link(slug))
        at = stage.page.evaluate(MEASURED)
        assert (at["scrolls"], at["wide"]) == (False, []), slug
        assert at["right"] <= PHONE["width"], slug
    close = stage.page.get_by_test_id("stSidebarCollapseButton").locator("button")
    close.click()
    expect(close).not_to_be_in_viewport()


def test_the_window_changes_its_size(open_again: Callable[..., Stage]) -> None:
    """The picture is arranged anew; the step, the grain and what is pinned stay."""
    stage = open_again()
    stage.press("2", "End")
    stage.click_cell("output", (1, 2))
    stage.resize({"width": 900, "height": 600})
    stage.resize(PHONE)
    seen = stage.look()
    assert (seen.step, seen.data["pinned"], seen.links("pointed", "output")) == (8, "true", {(1, 2)})
    stage.resize(LAPTOP)
    assert stage.look().links("pointed", "output") == {(1, 2)}
    assert not stage.page.evaluate(MEASURED)["scrolls"]


def step_up(label: str) -> Callable[[Stage], None]:
    return lambda stage: stage.set_number(label, int(stage.number(label).input_value()) + 1)


CHANGES = {
    "input rows": step_up("Input height"),
    "channels in": step_up("In channels"),
    "kernel columns": step_up("Kernel width"),
    "stride": step_up("Stride height"),
    "padding": lambda stage: stage.select("Padding", "full"),
    "padding mode": lambda stage: stage.select("Padding mode", "replicate"),
    "values": lambda stage: stage.set_text("Input values", "1 2 3 4\n5 6 7 8\n9 0 1 2\n3 4 5 6"),
    "bias": lambda stage: stage.switch("Bias"),
    "seeded values": lambda stage: stage.select("Values", "seeded whole numbers"),
    "preset": lambda stage: stage.choose_preset("channels"),
    "impossible": lambda stage: stage.set_number("Kernel height", 7),
    "possible again": lambda stage: stage.set_number("Kernel height", 2),
}


def test_nothing_flickers_when_a_parameter_changes(open_again: Callable[..., Stage]) -> None:
    """Watched on every frame of every change: the stage stays, is never without its heatmaps, and never collapses."""
    stage = open_again()
    for name, change in CHANGES.items():
        height = stage.size()[1]
        with stage.watched() as frames:
            change(stage)
        assert len(frames) >= 3, name
        assert all(frame["same"] for frame in frames), name
        assert min(frame["drawn"] for frame in frames) >= 2, name
        assert min(frame["cells"] for frame in frames) >= 5, name
        assert min(frame["height"] for frame in frames) >= height / 2, name


def test_the_stage_follows_the_scheme_of_the_system(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.expect(theme="light")
    light = stage.look().said["live"]
    for scheme in ("dark", "light"):
        stage.page.emulate_media(color_scheme=scheme)
        stage.expect(theme=scheme)
    assert stage.look().said["live"] == light


# The boxes of the rows under the picture, one after the other: each ends where the next begins, or above.
ROWS = """() => [".controls", ".messages .sentence", ".tally", ".equation"].map((name) => {
  const box = document.querySelector(`.stage-root ${name}`).getBoundingClientRect();
  return { name, top: box.top, bottom: box.bottom, left: box.left, right: box.right };
})"""


@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_what_is_said_lies_on_nothing_else(open_again: Callable[..., Stage], width: int) -> None:
    """Beside the tally there is least room for it."""
    stage = open_again("/separable", viewport={"width": width, "height": 900})
    controls, sentence, tally, equation = stage.page.evaluate(ROWS)
    assert controls["bottom"] <= sentence["top"]
    assert max(sentence["bottom"], tally["bottom"]) <= equation["top"]
    assert sentence["right"] <= tally["left"] or sentence["bottom"] <= tally["top"]


# What is drawn on a ground of its own in the list of pages, as far as it is seen.
MARKED = """() => [...document.querySelectorAll('[data-testid="stTopNavLink"], [data-testid="stTopNavSection"]')]
  .filter((one) => !one.closest("[inert]") && getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)")
  .map((one) => one.textContent)"""


@pytest.mark.parametrize(("path", "marked"), [("/standard", r"^Standard$"), ("/images", r"^\d+ more$")])
def test_the_page_that_is_shown_is_marked_in_the_list_of_pages(
    open_page: Callable[..., Page], path: str, marked: str
) -> None:
    """Also where there is no room for its name, beside the controls of a laptop."""
    page = open_page(path, ready='[data-testid="stTopNavSection"]')
    found = page.evaluate(MARKED)
    assert len(found) == 1
    assert re.search(marked, found[0])


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"])
@pytest.mark.parametrize("name", LIST_OF_PAGES)
def test_no_page_scrolls_sideways_on_a_phone(page: Page, name: str) -> None:
    """By hand, not even by a little: what has no size is not wider than the page either."""
    page.goto("/" if name == "home" else f"/{name}")
    page.locator(driver.APP_IDLE).first.wait_for()
    page.get_by_role("heading", level=1).first.wait_for()
    assert page.locator("main").evaluate("(main) => { main.scrollLeft = 50; return main.scrollLeft; }") == 0
