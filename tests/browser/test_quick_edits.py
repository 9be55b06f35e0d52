"""Changes that come faster than a slow network carries them: nothing is lost or undone, and nothing crashes.

At the end controls, words, picture and link say the same: the page opened anew at its own address looks the same.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kinds.registry import PRESETS
from tests.browser import driver
from tests.browser.driver import Server
from tests.browser.stage import Stage

# Everything between the browser and the server takes 300 ms each way. Chromium's own emulation of a slow network leaves
# web sockets out, and all that a page of Streamlit's says after it is loaded goes through one.
SLOW_NETWORK = """(() => {
  const Real = window.WebSocket;
  const late = (listener) => (event) => setTimeout(() => listener(event), 300);
  window.WebSocket = class extends Real {
    send(data) { setTimeout(() => super.send(data), 300); }
    set onmessage(listener) { super.onmessage = listener && late(listener); }
    get onmessage() { return super.onmessage; }
    addEventListener(type, listener, options) {
      super.addEventListener(type, type === "message" ? late(listener) : listener, options);
    }
  };
})()"""
RECORDS = "**/record/**"  # what the stage asks for itself, beside the web socket
BETWEEN = 100  # ms from one change to the next: the server has heard of none of them when the next one is made

# What every control of the page says, by its label; the words under the title; and the picture that is drawn.
SAYS = """() => {
  const labelled = (element) => element.getAttribute("aria-label") ?? element.textContent;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.offsetParent);
  const stage = document.querySelector(".stage-root");
  return {
    numbers: all('input[type="number"]').map((input) => [labelled(input), input.value]),
    texts: all("textarea").map((area) => [labelled(area), area.value]),
    choices: all('[data-testid="stSelectbox"]').map((box) => [box.querySelector("label").textContent, box.querySelector("input").value]),
    switches: all('input[type="checkbox"]').map((box) => [labelled(box), box.checked]),
    sliders: all('[role="slider"]').map((thumb) => [labelled(thumb), thumb.getAttribute("aria-valuetext") ?? thumb.getAttribute("aria-valuenow")]),
    segments: all('[data-testid="stButtonGroup"] button').map((button) => [button.textContent, button.getAttribute("aria-checked") ?? button.getAttribute("kind")]),
    message: document.querySelector(".st-key-message")?.innerText ?? "",
    problem: stage?.dataset.problem ?? "",
    picture: [...document.querySelectorAll(".stage-root g.grid text.number")].map((number) => number.textContent).join(" "),
  };
}"""  # noqa: E501 - JavaScript
EDITS = ("conv 4 3", "conv 8 3\nrelu", "conv 9 5\nmaxpool 2")


@pytest.fixture(scope="module")
def slow_page(browser: Browser, server: Server) -> Iterator[Page]:
    """One tab on a slow line, for all of these tests."""
    with browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 720}) as context:
        context.set_default_timeout(driver.PATIENCE)
        context.add_init_script(SLOW_NETWORK)
        yield context.new_page()


def settle(page: Page) -> dict[str, Any]:
    """Wait until the page has said the same for as long as a message takes there and back; return what it says."""
    last: dict[str, Any] = {}
    while True:
        page.wait_for_selector(driver.APP_IDLE)
        page.wait_for_timeout(700)  # nothing is under way then: each way takes 300 ms
        now: dict[str, Any] = page.evaluate(SAYS)
        if now == last and page.locator(driver.APP_IDLE).count():
            expect(page.get_by_test_id("stException")).to_have_count(0)
            return now
        last = now


def number(page: Page, label: str) -> Any:
    return page.get_by_role("spinbutton", name=label, exact=True)


def press_plus(page: Page, label: str, times: int) -> None:
    plus = page.get_by_test_id("stNumberInput").filter(has=number(page, label)).get_by_test_id("stNumberInputStepUp")
    for _ in range(times):
        plus.click()
        page.wait_for_timeout(BETWEEN)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_timeout(BETWEEN)


def choose_last_two(page: Page, label: str) -> str:
    """Choose the last option but one, and at once the last one; return its text.

    Numbers to be typed are no choice of a list.
    """
    chosen = ""
    for back in (2, 1):
        box = page.get_by_role("combobox", name=label, exact=True)
        options = page.get_by_role("option").filter(has_not_text="typed")
        while not options.count():  # the answer to the last choice closes a list that was just opened
            box.click()
            page.wait_for_timeout(BETWEEN)
        option = options.nth(max(0, options.count() - back))
        chosen = option.inner_text()
        option.click()
        page.wait_for_timeout(BETWEEN)
    return chosen


def without(said: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in names}


def check_opened_anew(page: Page, *left_out: str) -> None:
    """Check that controls, words, picture and link say the same, by opening the page anew at its address."""
    said = settle(page)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(driver.APP_IDLE)
    # Where there is no layer, a page that was open keeps its last picture, and one opened just now has none.
    left_out += ("picture", "texts") if said["problem"] else ()
    assert without(settle(page), *left_out) == without(said, *left_out)


@pytest.mark.parametrize("name", PRESETS)
def test_numbers_and_switches_changed_quickly(slow_page: Page, name: str) -> None:
    """Three changes of every one of them: it holds what it shows, and so do words, picture and link."""
    page = slow_page
    driver.open_app(page, f"/{name}", v=1)
    labels = [label for label, _ in page.evaluate(SAYS)["numbers"] if label != "Depth multiplier"]
    before = {label: int(number(page, label).input_value()) for label in labels}
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


@pytest.mark.parametrize("name", [*PRESETS, "comparison"])
def test_choices_made_quickly(slow_page: Page, name: str) -> None:
    """Every list, every slider and the row of views: what is shown after the last change is not undone."""
    page = slow_page
    driver.open_app(page, f"/{name}", ready=None, v=1)
    settle(page)
    labels = [label for label, _ in page.evaluate(SAYS)["choices"] if label != "Preset"]
    chosen = {label: choose_last_two(page, label) for label in labels}
    for slider in page.locator('[data-testid="stSlider"] [role="slider"]:not([aria-disabled="true"])').all():
        slider.focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            slider.press(key)
            page.wait_for_timeout(BETWEEN)
    if name == "comparison":  # each of its views has examples of its own
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


def test_layers_typed_quickly(slow_page: Page) -> None:
    page = slow_page
    driver.open_app(page, "/comparison", ready=None, v=1, view="stack")
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


def test_lines_added_moved_and_removed_quickly(slow_page: Page) -> None:
    """What is added is there once, and each press counts for the line that is chosen."""
    page = slow_page
    driver.open_app(page, "/comparison", ready=None, v=1, view="stack", stack="conv 1 3; conv 2 3; relu")
    choose(page, "Add a layer after it", "maxpool 2")
    for button in ("Down", "Down"):
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_timeout(BETWEEN)
    settle(page)
    lines = page.get_by_role("textbox", name="Layers", exact=True).input_value().split("\n")
    assert sorted(lines) == sorted(["conv 1 3", "maxpool 2", "conv 2 3", "relu"])
    check_opened_anew(page, "choices")  # which line is chosen is in no link


def test_numbers_of_the_comparison_changed_quickly(slow_page: Page) -> None:
    page = slow_page
    driver.open_app(page, "/comparison", ready=None, v=1)
    labels = [label for label, _ in page.evaluate(SAYS)["numbers"]]
    before = {label: int(number(page, label).input_value()) for label in labels}
    for label in labels:
        press_plus(page, label, 3)
    numbers = dict(settle(page)["numbers"])
    assert {label: int(numbers[label]) for label in labels} == {label: before[label] + 3 for label in labels}
    check_opened_anew(page)
