"""Presenter view as a teacher uses it: the whole screen, what is presented, and the next preset, by keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sharing.paths import paths
from tests.browser import driver
from tests.browser.driver import APP_IDLE, STAGE_READY
from tests.browser.slow_network import BETWEEN, settle
from tests.browser.stage import PRESETS, Stage
from tests.browser.tabs import Place

IS_FULL = "() => document.fullscreenElement === document.documentElement"
BESIDE = """() => {
  const [controls, stage] = ["[data-testid=stSidebar]", ".stage-root"].map((one) => document.querySelector(one).getBoundingClientRect());
  return controls.left >= 0 && controls.right <= stage.left && stage.right <= innerWidth;
}"""  # noqa: E501 - JavaScript
# The middle of the first term on the window that lies behind the stage.
FIRST_TERM = """() => {
  for (const range of CSS.highlights.get("term") ?? []) {
    const box = range.getBoundingClientRect();
    const at = [box.left + box.width / 2, box.top + box.height / 2];
    if (document.elementFromPoint(...at)?.closest(".stage-root")) return at;
  }
}"""
# Whether the page is in presenter view, now and after each change.
FOLLOW_PRESENTING = """shown => {
  const isShown = () => document.documentElement.matches(shown);
  window.presented = [isShown()];
  new MutationObserver(() => isShown() !== window.presented.at(-1) && window.presented.push(isShown()))
    .observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
}"""
IS_NOT_FULL = "() => document.fullscreenElement === null"


def expect_presented(stage: Stage, slug: str, layer: str) -> None:
    heading = stage.root.locator(".heading")
    expect(heading.get_by_role("heading")).to_have_text(PRESETS[slug].title)
    expect(heading.locator(".layer")).to_have_text(layer)
    expect(heading.locator("p")).to_have_text(PRESETS[slug].look_for)


def test_a_lesson_is_given_by_keys(page: Page, open_page: Callable[..., Page]) -> None:
    """From the Present button through presets and an impossible layer, and back to that button with the screen."""
    stage = Stage(open_page(preset="simplest"))
    page.evaluate("window.hasScreen = true")
    stage.press("n")  # of presenter view alone
    button = page.get_by_role("toolbar", name="Page").get_by_role("button", name="Present")
    button.focus()
    stage.press("Enter")
    page.wait_for_function(IS_FULL)
    expect(stage.root).to_contain_class("presenting")
    expect_presented(stage, "simplest", "kernel 2×2, stride 1, padding 0, dilation 1")
    with stage.rerun():
        stage.press("n")
    expect_presented(stage, "same", "kernel 2×2, stride 1, padding same, dilation 1")
    with stage.rerun():
        stage.press("n")
    expect(stage.root.locator(".heading p")).to_contain_text("not supported for strided convolutions")
    for slug, layer in (("same", "padding same"), ("simplest", "padding 0"), (list(PRESETS)[-1], "kernel 3×3")):
        with stage.rerun():
            stage.press("v")
        expect(stage.root.locator(".heading h2")).to_have_text(PRESETS[slug].title)
        expect(stage.root.locator(".heading .layer")).to_contain_text(layer)
    page.evaluate("document.exitFullscreen()")  # as Escape does, which the browser keeps to itself
    expect(stage.root).not_to_contain_class("presenting")
    expect(button).to_be_focused()
    stage.press("Enter")
    page.wait_for_function(IS_FULL)
    stage.press("p")
    page.wait_for_function(IS_NOT_FULL)
    expect(button).to_be_focused()


def test_the_screen_stays_where_a_path_goes_on_to_another_page(page: Page, open_page: Callable[..., Page]) -> None:
    stage = Stage(open_page("/standard?v=1&preset=padding-zeros&path=basics.4"))
    page.evaluate("window.hasScreen = true")
    stage.press("p")
    stage.page.wait_for_function(IS_FULL)
    for key, name in (("n", "one_dimensional"), ("v", "standard")):
        stage.press(key)
        stage.page.wait_for_url(f"**/{name}?*present=1*")
        expect(stage.root).to_contain_class("presenting")
        stage.page.locator(APP_IDLE).first.wait_for()
        assert stage.page.evaluate(IS_FULL)
    stage.press("p")
    stage.page.wait_for_function(IS_NOT_FULL)


def test_on_a_path_n_and_v_go_from_lesson_to_lesson(open_again: Callable[..., Stage]) -> None:
    path = paths()["basics"]
    stage = open_again("/standard?v=1&preset=simplest&height=6&width=6&path=basics.3&present=1")
    heading = stage.root.locator(".heading p")
    expect(stage.control("after")).to_have_attribute("aria-label", "Next lesson")
    stage.page.evaluate("window.isSame = true")
    for key, number in (("v", 2), ("n", 3), ("n", 4), ("n", 5), ("v", 4)):  # the fifth is on another page
        stage.press(key)
        expect(heading).to_have_text(path.steps[number - 1].sentence)
        expect(stage.page).to_have_url(re.compile(rf"/{path.steps[number - 1].page}\?.*path=basics\.{number}\b"))
        expect(stage.page).to_have_url(re.compile("present=1"))
        expect(stage.root).to_contain_class("presenting")
        expect(stage.page.locator("html")).to_contain_class("presenting")
        stage.page.locator(APP_IDLE).first.wait_for()
    assert stage.page.evaluate("window.isSame")


def test_a_lesson_has_its_controls_a_pen_and_a_spotlight(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/grouped?v=1&preset=two-groups&present=1")
    page, root = stage.page, stage.root
    sidebar, layer = page.get_by_test_id("stSidebar"), root.locator(".heading .layer")
    expect(sidebar).to_be_hidden()
    stage.press("c")
    expect(sidebar).to_be_visible()
    assert page.evaluate(BESIDE)
    preset = page.get_by_role("combobox", name="Preset")
    said = preset.input_value()
    stage.press("s", "s", "c")  # the keys are the stage's still
    expect(sidebar).to_be_hidden()
    stage.press("c", "Tab")
    expect(preset).to_be_focused()
    expect(preset).to_have_value(said)
    stage.set_number("Stride height", 2)
    expect(layer).to_have_text("kernel 2×2, stride 2×1, padding 0, dilation 1, groups 2")
    stage.press("Escape")  # leaves the field
    expect(sidebar).to_be_visible()
    stage.press("Escape")
    expect(sidebar).to_be_hidden()
    lines = root.locator(".paper polyline")
    stage.press("d")
    before = stage.look()
    start, end = stage.point("input", (0, 0)), stage.point("input", (1, 1))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=3)
    page.mouse.up()
    page.mouse.move(*stage.point("input", (2, 2)))
    expect(lines).to_have_count(1)
    drawn = lines.evaluate("line => [...line.points].map(({ x, y }) => [x, y])")
    assert (len(drawn), drawn[0], drawn[-1]) == (5, pytest.approx(start, abs=0.1), pytest.approx(end, abs=0.1))
    stage.press("ArrowRight")
    stage.expect(step=1, pointing="", pinned="")
    assert stage.look().window() != before.window()
    stage.press("x")
    expect(lines).to_have_count(0)
    page.mouse.down()
    page.mouse.up()
    expect(lines).to_have_count(1)
    stage.press("s")
    page.mouse.move(320, 240)
    light = root.locator(".spotlight")
    expect(light).to_be_visible()
    assert "at 320px 240px," in light.evaluate("light => getComputedStyle(light).backgroundImage")
    stage.press("Escape")
    stage.overlay.focus()
    outline = root.locator(".canvas").evaluate("canvas => getComputedStyle(canvas).outline")
    assert "solid 1px" in outline, "a frame round the picture that fills the screen is thin"
    assert stage.hover("input", (0, 0)).data["pointing"] == "input"  # the pen is away, and what it drew is not
    expect(lines).to_have_count(1)
    stage.press("p")
    expect(lines).to_have_count(0)
    expect(light).to_be_hidden()


def test_on_a_phone_the_covered_page_says_nothing(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=channels&present=1#predict=sum", place=Place.HAND)
    page = stage.page
    predict = stage.control("predict")
    expect(predict).to_be_hidden()
    x, y = page.wait_for_function(FIRST_TERM).json_value()
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(stage.root).to_contain_class("controls-shown")


@pytest.mark.parametrize(
    ("path", "ready", "shown"),
    [("/standard", STAGE_READY, ".presenting"), ("/comparison", "main h1", ".presenting-page")],
)
def test_presses_faster_than_the_network_end_where_the_last_one_leads(
    slow_page: Page, path: str, ready: str, shown: str
) -> None:
    """An answer to an earlier press does not undo a later one, not for a moment."""
    page = slow_page
    page.goto("about:blank")
    driver.open_app(page, path, ready=ready, v=1)
    settle(page)
    for _ in range(3):
        page.keyboard.press("p")
        page.wait_for_timeout(BETWEEN)
    page.evaluate(FOLLOW_PRESENTING, shown)
    settle(page)
    assert page.evaluate("window.presented") == [True]
    page.wait_for_url("**present=1*")
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "present" not in url)
    expect(page.locator(f"html{shown}")).to_have_count(0)
