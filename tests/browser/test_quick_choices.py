"""Choices made faster than a slow network carries them: the last one counts, and nothing crashes.

At the end controls, words, picture and link say the same: the page opened anew at its own address looks the same.
"""

import pytest
from playwright.sync_api import Page

from kinds.registry import PRESETS
from tests.browser import driver
from tests.browser.slow_network import BETWEEN, SAYS, check_opened_anew, choose, settle


def choose_last_two(page: Page, label: str) -> str:
    """Choose the last option but one, and at once the last one; return its text.

    Numbers to be typed are no choice of a list.
    """
    chosen = ""
    for back in (2, 1):
        box = page.get_by_role("combobox", name=label, exact=True)
        options = page.get_by_role("listbox").get_by_role("option").filter(has_not_text="typed")
        while not options.count():  # the answer to the last choice closes a list that was just opened
            box.click()
            page.wait_for_timeout(BETWEEN)
        option = options.nth(max(0, options.count() - back))
        chosen = option.inner_text()
        option.click()
        page.wait_for_timeout(BETWEEN)
    return chosen


@pytest.mark.parametrize("name", [*PRESETS, "comparison"])
def test_choices_made_quickly(slow_page: Page, name: str) -> None:
    """Every list, every slider and the row of views: what is shown after the last change is not undone."""
    page = slow_page
    driver.open_app(page, f"/{name}", ready=driver.TITLE_READY, v=1)
    settle(page)
    labels = [label for label, _ in page.evaluate(SAYS)["choices"] if label != "Preset"]
    chosen = {label: choose_last_two(page, label) for label in labels}
    without = {"standard", "one_dimensional", "three_dimensional", "comparison"}
    assert bool(page.evaluate(SAYS)["sliders"]) == (name not in without)
    for slider in page.locator('[data-testid="stSlider"] input:not([disabled])').all():
        slider.focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            slider.press(key)
            page.wait_for_timeout(BETWEEN)
    if name == "comparison":  # each of its views has examples of its own
        settle(page)
        chosen |= {"Example": choose_last_two(page, "Example"), "Padding given as": "numbers"}  # the example's
        assert dict(settle(page)["choices"]) == chosen
    for button in page.get_by_test_id("stButtonGroup").first.locator("button").all():
        button.click()
        page.wait_for_timeout(BETWEEN)
    shown = page.evaluate(SAYS) | {"choices": chosen}
    said = settle(page)
    for kind in ("choices", "sliders", "segments"):
        before, after = dict(shown[kind]), dict(said[kind])
        kept = (before.keys() & after.keys()) - {"Example"}  # another view may have other controls, and other examples
        assert {label: after[label] for label in kept} == {label: before[label] for label in kept}
    check_opened_anew(page)


def test_lines_added_moved_and_removed_quickly(slow_page: Page) -> None:
    """What is added is there once, and each press counts for the line that is chosen."""
    page = slow_page
    driver.open_app(page, "/comparison", ready=driver.TITLE_READY, v=1, view="stack", stack="conv 1 3; conv 2 3; relu")
    choose(page, "Add a layer after it", "maxpool 2")
    for button in ("Down", "Down"):
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_timeout(BETWEEN)
    settle(page)
    lines = page.get_by_role("textbox", name="Layers", exact=True).input_value().split("\n")
    assert sorted(lines) == sorted(["conv 1 3", "maxpool 2", "conv 2 3", "relu"])
    check_opened_anew(page, "choices")  # which line is chosen is in no link
