"""Numbers and texts that change faster than a slow network carries them: none is lost or undone, and nothing crashes.

At the end controls, words, picture and link say the same: the page opened anew at its own address looks the same.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from kinds.registry import PRESETS
from tests.browser import driver
from tests.browser.slow_network import BETWEEN, SAYS, check_opened_anew, choose, number, press_plus, settle
from tests.browser.stage import Stage, open_list

RECORDS = "**/record/**"  # what the stage asks for itself, beside the web socket
# Keep the settings, texts and stage, and return the labels of the numbers; later, which of them stand there made anew.
KEEP = """() => {
  const all = "[data-testid=stSidebar] input, textarea, .stage-root";
  const named = (control) => [control.getAttribute("aria-label") ?? control.className, control];
  window.controls = () => new Map([...document.querySelectorAll(all)].map(named));
  window.kept = window.controls();
  return [...document.querySelectorAll("[data-testid=stSidebar] input[type=number]")].map((input) => input.ariaLabel);
}"""
MADE_ANEW = """() => [...window.controls()]
  .filter(([label, control]) => window.kept.has(label) && window.kept.get(label) !== control)
  .map(([label]) => label)"""
EDITS = ("conv 4 3", "conv 8 3\nrelu", "conv 9 5\nmaxpool 2")


@pytest.mark.parametrize("name", PRESETS)
def test_numbers_and_switches_changed_quickly(slow_page: Page, name: str) -> None:
    """Three changes of every one of them: it holds what it shows, and so do words, picture and link."""
    page = slow_page
    driver.open_app(page, f"/{name}", v=1)
    before = {label: int(value) for label, value in settle(page)["numbers"] if label != "Depth multiplier"}
    labels = [*before]
    for label in labels:
        press_plus(page, label, 3)
    switches = dict(page.evaluate(SAYS)["switches"])
    for switch in page.get_by_test_id("stSidebar").locator('label:has(input[type="checkbox"])').all():
        for _ in range(3):
            switch.click()
            page.wait_for_timeout(BETWEEN)
    said = settle(page)
    numbers = dict(said["numbers"])
    assert {label: int(numbers[label]) for label in labels} == {label: before[label] + 3 for label in labels}
    assert dict(said["switches"]) == {label: not is_on for label, is_on in switches.items()}
    check_opened_anew(page)


@pytest.mark.parametrize("name", PRESETS)
def test_no_change_makes_another_control_anew(page: Page, name: str) -> None:
    """The browser may forget what such a control says, and it loses the focus: a problem and new rows move none."""
    driver.open_app(page, f"/{name}", v=1, nonsense="1")
    settle(page)
    first, *_, last = page.evaluate(KEEP)
    for label, value in ((first, "0"), (first, "9"), (last, "-1")):
        number(page, label).fill(value)
        number(page, label).press("Enter")
        settle(page)
        assert page.evaluate(MADE_ANEW) == []
    assert page.locator('[class*="st-key-fault_"]').count() == 1
    open_list(page.get_by_role("combobox", name="Padding", exact=True))
    page.get_by_role("listbox").get_by_role("option").last.click()  # with numbers of its own
    settle(page)
    assert page.evaluate(MADE_ANEW) == []


# Write down each text that an area shows.
FOLLOW_TEXT = """area => {
  area.seen = [area.value];
  const look = () => {
    if (area.value !== area.seen.at(-1)) area.seen.push(area.value);
    setTimeout(look, 5);
  };
  look();
}"""


@pytest.mark.parametrize("name", PRESETS)
def test_a_number_and_a_text_right_after_a_preset(slow_page: Page, name: str) -> None:
    """The preset is not undone by them, and neither is lost."""
    page = slow_page
    driver.open_app(page, f"/{name}", v=1)
    preset = list(PRESETS[name].values())[-1]
    choose(page, "Preset", preset.title)
    label, value = ("Length", "9") if name == "one_dimensional" else ("Input height", "9")
    label = label if number(page, label).count() else "Input length"
    number(page, label).fill(value)
    number(page, label).press("Enter")
    said = settle(page)
    assert ["Preset", preset.title] in said["choices"]
    assert [label, value] in said["numbers"]
    for control, held in said["numbers"]:
        field = control.lower().replace("input ", "").replace(" ", "_")
        if control != label and hasattr(preset.state, field):
            assert int(held) == getattr(preset.state, field), control
    area = page.get_by_role("textbox", name="Input values", exact=True)
    for text in ("1 2 3 4 5", "1 2 3 4 5 6", "9 8 7 6 5 4 3"):
        area.fill(text)
        area.press("Control+Enter")
        page.wait_for_timeout(BETWEEN)
    settle(page)
    assert area.input_value().split() == ["9", "8", "7", "6", "5", "4", "3"]
    check_opened_anew(page)


@pytest.mark.parametrize("name", PRESETS)
def test_no_answer_to_a_text_replaces_the_one_that_was_typed_after_it(slow_page: Page, name: str) -> None:
    """What is typed into a text that changes at that moment is mixed with the older one."""
    page = slow_page
    driver.open_app(page, f"/{name}", v=1)
    area = page.get_by_role("textbox", name="Input values", exact=True)
    area.evaluate(FOLLOW_TEXT)
    before = area.input_value()
    first, *others = before.splitlines()
    typed = ["\n".join([f"{first}{digit}", *others]) for digit in "123"]  # the page itself writes columns of one width
    for text in typed:
        area.fill(text)
        area.press("Control+Enter")
        page.wait_for_timeout(BETWEEN)
    settle(page)
    assert area.evaluate("area => area.seen") == [before, *typed]


@pytest.mark.parametrize("shown", ["the old layer", "the new layer"])
def test_a_cell_edited_while_the_layer_changes(slow_page: Page, shown: str) -> None:
    """The edit counts for the cell that was edited: not for another one, which has its number in the wider input.

    Without an answer of its own the stage shows the old layer until the server has run; with a late one, it changes
    under the editor.
    """
    page, asked = slow_page, list[Route]()
    page.route(RECORDS, lambda route: asked.append(route))
    stage = Stage(driver.open_app(page, "/standard", v=1, preset="simplest"))
    press_plus(page, "Input width", 1)
    editor = stage.open_editor("input", (2, 1))
    editor.fill("70")
    if shown == "the new layer":
        asked[0].continue_()
        stage.expect(steps=12)
    editor.press("Enter")
    settle(page)
    page.unroute_all(behavior="ignoreErrors")
    lines = page.get_by_role("textbox", name="Input values", exact=True).input_value().split("\n")
    assert [line.split()[:4] for line in lines] == [list("4175"), list("4425"), ["7", "70", "2", "4"], list("1024")]
    assert len(lines[0].split()) == 5


@pytest.mark.parametrize("chosen", ["Grouped", "Compare", "Gallery", "Home"])
def test_a_page_chosen_while_the_last_one_changes(slow_page: Page, chosen: str) -> None:
    """What the last page has written into the address meanwhile is not taken along."""
    page = slow_page
    driver.open_app(page, "/standard", v=1)
    press_plus(page, "Input height", 2)
    link = page.get_by_role("link", name=chosen, exact=True)
    path = urlsplit(str(link.get_attribute("href"))).path
    link.click()
    page.wait_for_url(lambda address: urlsplit(address).path == path)
    settle(page)
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == (path, "")
    check_opened_anew(page)


def test_layers_typed_quickly(slow_page: Page) -> None:
    page = slow_page
    driver.open_app(page, "/comparison", ready=driver.TITLE_READY, v=1, view="stack")
    area = page.get_by_role("textbox", name="Layers", exact=True)
    for spacing in (BETWEEN, 800):
        for text in EDITS:
            area.fill(text)
            area.press("Control+Enter")
            page.wait_for_timeout(spacing)
        settle(page)
        assert area.input_value() == EDITS[-1]
        page.wait_for_url("**stack=%2Aconv+9+5%3B+maxpool+2")
    check_opened_anew(page)


def test_numbers_of_the_comparison_changed_quickly(slow_page: Page) -> None:
    page = slow_page
    driver.open_app(page, "/comparison", ready='input[aria-label="Depth multiplier"]', v=1)
    before = {label: int(value) for label, value in settle(page)["numbers"]}
    labels = [*before]
    for label in labels:
        press_plus(page, label, 3)
    numbers = dict(settle(page)["numbers"])
    assert {label: int(numbers[label]) for label in labels} == {label: before[label] + 3 for label in labels}
    check_opened_anew(page)
