"""The terms on a page explain themselves: to a mouse that rests on one, and to a tap."""

import pytest
from playwright.sync_api import Page, expect

from sharing.glossary import meanings
from tests.browser.driver import STAGE_READY
from tests.browser.stage import HANDHELD, open_list

# The middle of the first mark on the screen whose text is this one; Chromium has no other way to find a highlight.
PLACE = """(wanted) => {
  for (const range of CSS.highlights.get("term") ?? []) {
    if (range.toString().toLowerCase() !== wanted) continue;
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    const box = range.getBoundingClientRect();
    if (box.width && box.left >= 0) return [box.left + box.width / 2, box.top + box.height / 2];
  }
}"""
ALL = """() => [...CSS.highlights.get("term") ?? []].map((range) => range.toString())"""


def find(page: Page, word: str) -> tuple[float, float]:
    found = page.wait_for_function(PLACE, arg=word).json_value()
    return found[0], found[1]


def rest_on(page: Page, word: str) -> None:
    """Let the mouse rest on a term until something is said: what moves under it meanwhile takes it away again."""
    said = page.get_by_role("tooltip")
    while not said.is_visible():
        x, y = find(page, word)
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(500)


@pytest.mark.parametrize(("word", "meant"), [("stride", "stride"), ("kernel", "kernel"), ("dilation", "atrous")])
def test_a_mouse_that_rests_on_a_term_reads_its_meaning(page: Page, word: str, meant: str) -> None:
    page.goto("/standard?v=1&preset=simplest")
    page.locator(STAGE_READY).first.wait_for()
    said = page.get_by_role("tooltip")
    rest_on(page, word)
    _, y = find(page, word)
    expect(said).to_have_text(meanings()[meant])
    box = said.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= y or box["y"] >= y, "what is said hides the term"
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.wait_for_timeout(500)  # longer than a mouse has to rest: it may be read for as long as one likes
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()


def test_a_term_that_a_run_brings_is_found(page: Page) -> None:
    page.goto("/standard?v=1&preset=simplest")
    page.locator(STAGE_READY).first.wait_for()
    find(page, "stride")
    open_list(page.get_by_role("combobox", name="Values", exact=True))
    page.get_by_role("listbox").get_by_role("option").nth(1).click()
    rest_on(page, "seed")
    expect(page.get_by_role("tooltip")).to_have_text(meanings()["seed"])


@pytest.mark.parametrize("context_options", [HANDHELD])
def test_a_tap_says_the_meaning_and_the_next_one_takes_it_away(page: Page) -> None:
    page.goto("/grouped?v=1&preset=two-groups")
    page.locator(STAGE_READY).first.wait_for()
    x, y = find(page, "filter")
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("tooltip")).to_have_text(meanings()["filter"])
    page.touchscreen.tap(5, y + 60)
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_block_marks_each_term_once_and_a_title_marks_none(page: Page) -> None:
    page.goto("/grouped?v=1&preset=two-groups")
    page.locator(STAGE_READY).first.wait_for()
    find(page, "filter")
    marks = page.evaluate(
        """() => [...CSS.highlights.get("term")].map((range) => {
          const element = range.startContainer.parentElement;
          const block = [...document.querySelectorAll("p, li, td")].indexOf(element.closest("p, li, td"));
          return [block, range.toString(), Boolean(element.closest("h1, button"))];
        })"""
    )
    assert not any(is_title for *_, is_title in marks)
    meant = [
        (block, meanings().get(word.lower(), meanings().get(word.lower().removesuffix("s"))))
        for block, word, _ in marks
    ]
    assert len(meant) == len(set(meant)) > 10
