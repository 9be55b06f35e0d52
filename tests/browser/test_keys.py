"""Keys play unless text is being typed, and every button can be reached by them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver
from tests.browser.stage import PAGES, PHONE, AppPage, Stage
from tests.browser.tabs import Place

BODY_HAS_FOCUS = "() => document.activeElement === document.body"


def expect_keys_play(stage: Stage) -> None:
    stage.page.wait_for_function(BODY_HAS_FOCUS)
    stage.press("Home", "ArrowRight")
    stage.expect(step=1)
    stage.press("End")
    stage.expect(step=stage.look().steps - 1)
    stage.press("Home", " ")
    stage.expect(state="playing")
    stage.press(" ")
    stage.expect(state="paused")


def test_keys_play_after_a_preset_is_chosen(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.choose_preset("channels")
    expect_keys_play(stage)


def test_keys_play_after_a_view_is_chosen(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    with stage.rerun():
        stage.page.locator(".st-key-view_control button").nth(1).click()
    expect_keys_play(stage)


def test_keys_play_after_a_step_button(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    field = stage.number("Input height")
    before = int(field.input_value())
    with stage.rerun():
        stage.page.get_by_test_id("stNumberInputStepUp").first.click()
    expect_keys_play(stage)
    expect(field).to_have_value(str(before + 1))


def test_a_field_that_is_clicked_is_typed_in(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.number("Input height").click()
    stage.press("End", "ArrowLeft", "3")
    stage.expect(step=0, state="paused")
    expect(stage.number("Input height")).to_be_focused()


@pytest.mark.parametrize("present", ["0", "1"])
def test_arrows_step_again_after_escape(open_again: Callable[..., Stage], present: str) -> None:
    stage = open_again(f"/standard?v=1&preset=simplest&present={present}")
    stage.click_cell("input", (0, 0))
    stage.press("ArrowRight")
    assert stage.look().links("pointed", "input") == {(0, 1)}
    stage.press("Escape", "ArrowRight")
    stage.expect(step=1, pointing="")


def test_escape_in_a_number_field_keeps_its_value(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    field = stage.number("Input height")
    before = field.input_value()
    for typed in ("", "9"):
        field.click()
        stage.press("End", *typed, "Escape")
        stage.page.wait_for_function(BODY_HAS_FOCUS)
        expect(field).to_have_value(before)
        expect(stage.alert).to_have_count(0)
    expect_keys_play(stage)


@pytest.mark.parametrize("viewport", [PHONE])
def test_the_settings_are_closed_by_their_own_button(page: Page, open_page: Callable[..., Page]) -> None:
    open_page()
    driver.open_settings(page)
    close = page.get_by_test_id("stSidebarCollapseButton").locator("button")
    box = close.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert close.evaluate("(button, [x, y]) => button.contains(document.elementFromPoint(x, y))", [x, y])
    page.mouse.click(x, y)
    expect(close).not_to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_every_button_of_share_is_reached_by_tab(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.page.get_by_role("button", name="Share", exact=True).click()
    dialog = stage.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Fill the screen").wait_for()
    expect(dialog.get_by_role("button", name="Copy: ")).to_have_count(3)
    reached = set()
    for _ in range(20):
        stage.press("Tab")
        reached.add(
            stage.page.evaluate(
                "() => { let at = document.activeElement;"
                " while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
                " return at.ariaLabel || at.labels?.[0]?.textContent.trim() || at.textContent.trim(); }"
            )
        )
    wanted = {"Fill the screen", "Copy: Link", "Copy: Link in full, with every number in it", "Link"}
    assert wanted <= reached


def test_a_remote_of_a_presentation_steps(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest&present=1")
    stage.press("PageDown", "PageDown", "PageUp")
    stage.expect(step=1)
    stage.click_cell("input", (0, 0))
    stage.press("PageDown")
    stage.expect(step=2)


@pytest.mark.parametrize("key", ["E", "e"])
def test_keys_are_the_same_with_caps_lock(open_again: Callable[..., Stage], key: str) -> None:
    """The keyboard says E then, and P."""
    stage = open_again()
    stage.overlay.focus()
    stage.press("ArrowRight", key)
    expect(stage.editor).to_be_visible()
    stage.press("Escape", "P")
    expect(stage.root).to_contain_class("presenting")
    stage.press("p")
    expect(stage.root).not_to_contain_class("presenting")


def test_a_list_that_scrolling_closes_keeps_the_focus(open_again: Callable[..., Stage]) -> None:
    """Also where the settings still scroll as it is pressed: then it is closed in the moment after which a button that
    was pressed loses the focus.
    """
    stage = open_again("/standard?v=1&preset=simplest", anew=True)
    field = stage.page.get_by_role("combobox", name="Values")
    field.click()
    stage.page.get_by_test_id("stSidebarContent").dispatch_event("scroll")
    expect(field).to_have_attribute("aria-expanded", "false")
    stage.page.wait_for_timeout(100)  # longer than that moment
    expect(field).to_be_focused()


def test_keys_are_not_the_stage_s_where_something_else_has_the_focus(open_again: Callable[..., Stage]) -> None:
    """On a link of the list of pages, on a button of the page, and on the page itself, whose keys scroll."""
    stage = open_again("/standard?v=1&preset=simplest", viewport={"width": 1280, "height": 400})
    page, scrolled = stage.page, "() => document.querySelector('main').scrollTop > 0"
    elsewhere = (
        page.get_by_test_id("stTopNavLink").nth(3),
        page.get_by_role("button", name="Share", exact=True),
        page.get_by_test_id("stMain"),
    )
    for other in elsewhere:
        other.focus()
        stage.press("3", "p", "?", "ArrowRight", "End")
        stage.expect(step=0, steps=9)
        expect(stage.root).not_to_contain_class("presenting")
        expect(stage.root.locator("dialog.keys")).to_be_hidden()
    # the browser scrolls smoothly: a key in the middle of that would be overtaken
    page.wait_for_function("""() => {
        const main = document.querySelector("main");
        return main.scrollTop > 0 && main.scrollTop + main.clientHeight >= main.scrollHeight - 1;
    }""")
    elsewhere[0].focus()
    stage.press("Home")
    page.wait_for_function(f"() => !({scrolled})()")
    for key in (" ", "PageDown", "ArrowDown"):
        stage.press(key)
        page.wait_for_function(scrolled)
        stage.press("Home")
        page.wait_for_function(f"() => !({scrolled})()")
    page.get_by_test_id("stMain").click(position={"x": 6, "y": 90})
    expect_keys_play(stage)


def test_presenter_view_has_no_stops_behind_the_stage(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest&present=1", anew=True)
    is_stop_of_stage = (
        "() => document.activeElement === document.body || document.activeElement.closest('.stage-root') !== null"
    )
    for _ in range(20):
        stage.press("Tab")
        assert stage.page.evaluate(is_stop_of_stage)
    stage.page.evaluate("document.activeElement.blur()")
    with stage.rerun():
        stage.press("p")
    of_streamlit = ".rc-overflow-item, [data-testid=stExpanderDetails]"  # what it hides in the list of pages, or folds
    expect(stage.page.locator(f"[inert]:not({of_streamlit})")).to_have_count(0)
    expect(stage.page.get_by_test_id("stMain")).to_have_attribute("tabindex", "0")
    expect_keys_play(stage)


def keys_listed(stage: Stage) -> dict[str, str]:
    stage.press("?")
    lists = stage.root.locator("dialog.keys")
    names, does = (lists.locator(f"{part}:visible").all_inner_texts() for part in ("dt", "dd"))
    stage.press("Escape")
    expect(lists).to_be_hidden()
    return dict(zip(names, does, strict=True))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_list_of_keys_names_the_page_s_own_granularities(open_again: Callable[..., Stage], page: AppPage) -> None:
    stage = open_again(f"{page.path}?v=1")
    listed = keys_listed(stage)
    buttons = stage.root.locator(".granularities button:visible")
    titles = [buttons.nth(at).get_attribute("title") for at in range(buttons.count())]
    assert titles == [f"{listed[str(key)]} ({key})" for key in range(1, len(titles) + 1)]
    assert {key for key in listed if key.isdigit()} == {str(key) for key in range(1, len(titles) + 1)}
    assert "E" in listed


def test_keys_of_one_character_can_be_switched_off(open_again: Callable[..., Stage]) -> None:
    """The browser keeps it; buttons, arrows and the keys of the stage that has the focus stay."""
    stage = open_again("/standard?v=1&preset=simplest", anew=True)
    try:
        stage.press("?")
        expect(stage.control("shortcuts")).to_be_checked()
        stage.control("shortcuts").press("Space")
        stage.root.locator("dialog.keys").get_by_role("button", name="Close").click()
        for again in (False, True):
            if again:
                stage = open_again("/standard?v=1&preset=simplest", anew=True)
            stage.press("3", " ", "+", "p", "?")
            stage.expect(state="paused", steps=9)
            expect(stage.root).not_to_contain_class("presenting")
            expect(stage.control("speed")).to_have_text("2/s")
            expect(stage.root.locator("dialog.keys")).to_be_hidden()
            stage.press("End", "PageUp")
            stage.expect(step=7)
        stage.overlay.focus()
        stage.press("ArrowRight", "e")
        expect(stage.editor).to_be_visible()
        stage.press("Escape")
        stage.click("keys")
        expect(stage.control("shortcuts")).not_to_be_checked()
        stage.control("shortcuts").check()
        stage.press("Escape", "3")
        stage.expect(steps=36)
    finally:
        stage.page.evaluate("localStorage.clear()")


GROUNDS = "(buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor)"


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_what_is_chosen_is_seen_in_forced_colors(
    page: Page, open_page: Callable[..., Page], forced_colors: Any
) -> None:
    page.emulate_media(forced_colors=forced_colors)
    stage = Stage(open_page("/standard", v=1, preset="simplest"))
    stage.press("2")
    expect(page.locator(".granularities button").nth(1)).to_have_attribute("aria-pressed", "true")
    for row, chosen in ((".granularities button", 1), (".st-key-view_control button", 0)):
        grounds = page.locator(row).evaluate_all(GROUNDS)
        others = {ground for at, ground in enumerate(grounds) if at != chosen}
        assert len(others) == 1
        assert grounds[chosen] not in others


STROKES = """(root) => {
  const probe = document.createElement("i");
  root.append(probe);
  const system = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
  const stroke = (name) => getComputedStyle(root.querySelector(name)).stroke;
  const seen = { highlight: system("Highlight"), link: system("LinkText"), text: system("CanvasText"),
    ground: system("Canvas"), frame: stroke(".frame"), linked: stroke(".link:not(.pointed)"),
    pointed: stroke(".link.pointed"), label: getComputedStyle(root.querySelector(".label")).fill };
  probe.remove();
  return seen;
}"""


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_what_is_framed_pointed_at_and_in_focus_has_the_systems_colors(
    page: Page, open_page: Callable[..., Page], color_scheme: Any
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=color_scheme)
    stage = Stage(open_page("/standard", v=1, preset="simplest"))
    stage.overlay.focus()
    stage.press("ArrowRight", "Enter")  # pins a cell
    expect(stage.root).to_have_attribute("data-pinned", "true")
    seen = stage.root.evaluate(STROKES)
    assert (seen["frame"], seen["linked"]) == (seen["highlight"], seen["link"])
    assert (seen["pointed"], seen["label"]) == (seen["text"], seen["text"])
    assert seen["ground"] not in {seen["highlight"], seen["link"], seen["text"]}
    ring = stage.root.locator(".canvas").evaluate("(one) => getComputedStyle(one).outlineColor")
    assert ring == seen["highlight"]


def test_the_focus_is_seen_in_the_list_of_pages(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.page.get_by_test_id("stTopNavLink").first.focus()
    outline = "() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return [outlineStyle, outlineWidth]; }"  # noqa: E501 - JavaScript
    for _ in range(3):
        stage.press("Tab")
        assert stage.page.evaluate("() => document.activeElement.dataset.testid") == "stTopNavLink"
        assert stage.page.evaluate(outline) == ["solid", "2px"]


@pytest.mark.parametrize("viewport", [PHONE])
def test_a_folded_sidebar_has_no_stops(page: Page, open_page: Callable[..., Page]) -> None:
    stage = Stage(open_page())
    in_sidebar = "() => document.activeElement.closest('[data-testid=stSidebar]') !== null"
    for _ in range(25):
        stage.press("Tab")
        assert not page.evaluate(in_sidebar)
    driver.open_settings(page)
    page.get_by_role("combobox", name="Preset").focus()
    assert page.evaluate(in_sidebar)


def test_the_settings_of_a_phone_leave_the_picture_that_changes_in_sight(open_again: Callable[..., Stage]) -> None:
    stage = open_again(PAGES["standard"].link("simplest"), place=Place.HAND)
    driver.open_settings(stage.page)
    sidebar, height = stage.page.get_by_test_id("stSidebar"), PHONE["height"]
    expect(sidebar.get_by_test_id("stSidebarUserContent")).to_be_visible()
    top = "box => document.querySelector(box).getBoundingClientRect().top"
    assert stage.page.evaluate(top, "[data-testid=stSidebar]") == height / 2
    stage.page.wait_for_function(f"() => ({top})('.stage-root') < 60")  # right under the page's title
    stage.set_number("Kernel height", 3)
    first = stage.root.locator(".label").first
    expect(first).to_be_in_viewport(ratio=0.99)  # its height is no whole number
    assert sidebar.evaluate("sheet => sheet.scrollWidth <= innerWidth")
    sidebar.get_by_test_id("stSidebarCollapseButton").locator("button").click()


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_a_phone_that_plays_has_the_arithmetic_in_sight(open_again: Callable[..., Stage], case: AppPage) -> None:
    stage = open_again(case.link(next(iter(case.presets))), place=Place.HAND)
    stage.root.locator("[data-control=play]").tap()
    stage.expect(state="playing")
    expect(stage.root.locator(".equation")).to_be_in_viewport(ratio=0.45)  # its last lines are spare ones
    expect(stage.root.locator(".overlay")).to_be_in_viewport(ratio=0.9)
    stage.root.locator("[data-control=play]").tap()
