"""Undo, redo and back to the preset, on every page, by buttons and by keys, and beside the browser's own history."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from sharing.paths import PathPlace, paths
from tests.browser import driver
from tests.browser.slow_network import BETWEEN, check_opened_anew, number, press_plus, settle
from tests.browser.stage import PAGES, AppPage, Stage, open_list
from tests.browser.tabs import Place


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Changes").get_by_role("button", name=name, exact=True)


def press(stage: Stage, name: str) -> None:
    expect(button(stage.page, name)).to_be_enabled()
    with stage.rerun():
        button(stage.page, name).click()


def choose_again(stage: Stage, by_key: bool) -> None:
    """Choose the preset that is chosen."""
    box = stage.page.get_by_role("combobox", name="Preset", exact=True)
    open_list(box)
    option = stage.page.get_by_role("option", selected=True)
    expect(option).to_have_text(box.input_value())
    with stage.rerun():
        box.press("Enter") if by_key else option.click()


def address(stage: Stage) -> str:
    return stage.page.url.partition("#")[0]


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_changes_are_undone_and_done_again(open_again: Callable[..., Stage], case: AppPage) -> None:
    """What is undone is what was there: the address, the controls, the numbers on the stage."""
    stage = open_again(case.link(next(iter(case.presets))))
    shown = []

    def see() -> None:
        stage.page.mouse.move(0, 0)
        preset, values = (stage.page.get_by_role("combobox", name=name) for name in ("Preset", "Values"))
        shown.append((address(stage), preset.input_value(), values.input_value(), stage.look().said["numbers"]))

    def expect_seen(number: int) -> None:
        see()
        assert shown.pop() == shown[number]

    see()
    stage.select("Preset", list(case.presets.values())[1])
    see()
    expect(button(stage.page, "Back to the preset")).to_be_disabled()
    stage.select("Values", "seeded whole numbers")
    see()
    expect(button(stage.page, "Redo")).to_be_disabled()
    press(stage, "Undo")
    expect_seen(1)
    press(stage, "Undo")
    expect_seen(0)
    press(stage, "Redo")
    expect_seen(1)
    stage.leave_field()
    with stage.rerun():
        stage.press("Control+y")
    expect_seen(2)
    choose_again(stage, by_key=case.name == PAGES["standard"].name)
    expect_seen(1)
    stage.leave_field()
    with stage.rerun():
        stage.press("Control+z")
    expect_seen(2)
    press(stage, "Back to the preset")
    expect_seen(1)


def test_the_browsers_history_and_this_one_agree(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest")
    addresses = [address(stage)]
    for change in (
        lambda: stage.set_number("Kernel width", 5),  # impossible
        lambda: stage.set_number("Kernel width", 1),
        lambda: stage.set_text("Kernel values", "3 1\n0 2"),
        lambda: stage.switch("Bias"),
    ):
        change()
        addresses.append(address(stage))
    assert len(set(addresses)) == 5
    for at in (3, 2):
        with stage.rerun():
            stage.page.go_back()
        assert address(stage) == addresses[at]
    press(stage, "Redo")
    assert address(stage) == addresses[3]
    expect(stage.text_area("Kernel values")).to_have_value("3 1\n0 2")
    for at in (2, 1):
        press(stage, "Undo")
        assert address(stage) == addresses[at]
    expect(stage.alert).to_have_count(1)
    with stage.rerun():
        stage.page.go_back()  # what was undone last is an entry of the browser's history
    assert address(stage) == addresses[2]
    press(stage, "Undo")
    press(stage, "Undo")
    assert address(stage) == addresses[0]
    for at in (1, 2, 3, 4):
        press(stage, "Redo")
        assert address(stage) == addresses[at]
    expect(button(stage.page, "Redo")).to_be_disabled()


def test_a_value_edited_on_the_stage_and_a_lesson_are_undone(open_again: Callable[..., Stage]) -> None:
    path = next(iter(paths().values()))
    place = PathPlace(path, 1)
    stage = open_again(f"/{place.step.page}?v=1&preset=simplest&path={place.parameter}")
    before = stage.look().numbers("input")
    expect(button(stage.page, "Back to this lesson")).to_be_disabled()
    editor = stage.open_editor("input", (0, 0))
    editor.fill("9")
    with stage.rerun():
        editor.press("Enter")
    stage.leave()
    assert stage.look().numbers("input")[0] == "9"
    expect(button(stage.page, "Back to this lesson")).to_be_enabled()
    lesson = stage.page.locator(".st-key-path")
    with stage.rerun():
        lesson.get_by_role("button", name="Next lesson").click()
    expect(lesson).to_contain_text(f"2 of {len(path.steps)}")
    press(stage, "Undo")
    expect(lesson).to_contain_text(f"1 of {len(path.steps)}")
    assert stage.look().numbers("input")[0] == "9"
    field = stage.page.get_by_role("combobox", name="Values")
    open_list(field)
    expect(field).to_be_focused()
    stage.press("Control+z")  # in a field it is the browser's
    stage.press("Escape")
    stage.leave_field()
    with stage.rerun():
        stage.press("Control+z")
    assert stage.look().numbers("input") == before
    lesson.get_by_role("button", name="Leave the path").click()
    expect(lesson).to_have_count(0)
    expect(button(stage.page, "Back to the preset")).to_be_visible()


def test_a_number_that_its_box_has_said_is_undone_in_the_box(open_again: Callable[..., Stage]) -> None:
    """What is being typed is the browser's to undo; the box and the layer never say two things."""
    stage = open_again("/standard?v=1&preset=simplest")
    box = stage.number("Input height")
    rows = lambda: stage.look().grids["input", 0].rows  # noqa: E731
    box.click()
    box.select_text()
    with stage.rerun():
        stage.press("6", "Enter")
    shown = [address(stage)]
    with stage.rerun():
        stage.press("ArrowUp", "Enter")
    expect(box).to_have_value("7")
    for key, value in (("z", "6"), ("z", "4"), ("y", "6")):
        with stage.rerun():
            stage.press(f"Control+{key}")
        expect(box).to_be_focused()
        expect(box).to_have_value(value)
        assert rows() == int(value)
    assert address(stage) == shown[0]
    stage.press("End", "5", "Control+z")
    expect(box).to_have_value("6")
    assert address(stage) == shown[0]
    with stage.rerun():
        stage.press("Control+z")
    expect(box).to_have_value("4")


def test_on_a_phone_they_stand_at_the_top_of_the_settings(open_again: Callable[..., Stage]) -> None:
    stage = open_again(place=Place.HAND)
    driver.open_settings(stage.page)
    for one in ("Undo", "Redo", "Back to the preset"):
        box = button(stage.page, one).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 32
    stage.select("Values", "seeded whole numbers")
    press(stage, "Back to the preset")
    expect(stage.page.get_by_role("combobox", name="Values")).to_have_value("the preset's")
    close = stage.page.get_by_test_id("stSidebarCollapseButton").locator("button")
    close.click()
    expect(close).not_to_be_in_viewport()


def test_presses_faster_than_the_network_all_count(slow_page: Page) -> None:
    page = slow_page
    driver.open_app(page, "/standard", ready=driver.TITLE_READY, v=1, preset="simplest")
    settle(page)
    for _ in range(4):  # each heard alone: what a busy server hears at once is one change
        press_plus(page, "Input height", 1)
        settle(page)

    def press_quickly(*names: str) -> str:
        for name in names:
            button(page, name).click()
            page.wait_for_timeout(BETWEEN)
        settle(page)
        return number(page, "Input height").input_value()

    assert press_quickly("Undo", "Undo", "Undo") == "5"
    assert press_quickly("Redo", "Undo", "Redo", "Redo") == "7"
    check_opened_anew(page)
    press_plus(page, "Input width", 2)
    assert press_quickly("Undo") == "7"  # what the server had not heard of yet is undone
    # the second press, or both: a busy server hears of them at once, and they are one change
    expect(number(page, "Input width")).to_have_value(re.compile("^[45]$"))
    check_opened_anew(page)
