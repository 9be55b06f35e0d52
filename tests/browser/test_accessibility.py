"""What axe-core finds on the pages, their views and their dialogs; and what it does not look for: titles, headings."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from pages.shared.navigation import PAGES as NAMES
from tests.browser.driver import APP_IDLE, ROOT
from tests.browser.stage import PAGES, Stage
from tests.browser.tabs import Place

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FOUND = """async () => {
  const { violations } = await axe.run(document);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""


class Known(NamedTuple):
    """A finding that stays, and why."""

    rule: str
    html: str
    reason: str


KNOWN = (
    Known("color-contrast", "<p>Groups</p>", "Streamlit greys the label of what is switched off, which WCAG allows"),
)

WITHOUT_STAGE = {
    "/": "main h1",
    "/gallery": "main h1",
    "/glossary": ".glossary",
    "/images": ".lab[data-ready]",
    "/images?v=1&kernel=gabor&bank=gabor-12": ".tile",
    "/learn_a_kernel": ".st-key-bowl .main-svg",
    "/upsampling": ".picture-row[data-ready]",
    "/train_a_network": ".st-key-training_moved .main-svg",
    "/train_a_network?v=1&view=digit": ".shares",
    "/train_a_network?v=1&view=mistakes": ".shares",
    "/train_a_network?v=1&view=draw": ".paper canvas",
    "/train_a_network?v=1&run=own": ".st-key-train_button button",
    "/comparison": ".st-key-kinds .main-svg",
    "/comparison?v=1&view=counts": "table",
    "/comparison?v=1&view=networks": ".main-svg",
    "/comparison?v=1&view=stack": ".main-svg",
    "/comparison?v=1&view=machine": "main h1",
}
STAGES = [
    *(case.path for case in PAGES.values()),
    "/standard?v=1&preset=channels&view=matrix",
    "/standard?v=1&preset=windows-as-columns",
    "/standard?v=1&preset=simplest&kernel_height=7",
    "/standard?v=1&preset=simplest&path=basics.1",
]


def check(page: Page) -> None:
    """Fail with what axe finds on a page as it is, but for what is known."""
    page.locator(APP_IDLE).first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[list[str]] = page.evaluate(FOUND)
    assert [one for one in found if not any(one[0] == of.rule and of.html in one[1] for of in KNOWN)] == []


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, open_again: Callable[..., Stage]) -> Callable[..., Stage]:
    return lambda *path, **how: open_again(*path, color_scheme=request.param, **how)


@pytest.mark.parametrize("path", STAGES)
def test_axe_finds_nothing_on_a_page_with_a_stage(look: Callable[..., Stage], path: str) -> None:
    check(look(path).page)


@pytest.mark.parametrize(("path", "ready"), WITHOUT_STAGE.items())
def test_axe_finds_nothing_on_a_page_without_a_stage(look: Callable[..., Stage], path: str, ready: str) -> None:
    check(look(path, ready=ready).page)


def test_axe_finds_nothing_in_code(look: Callable[..., Stage]) -> None:
    page = look("/comparison?v=1&view=stack", ready=".main-svg").page
    page.get_by_role("button", name="As code", exact=True).click()
    for library in ("PyTorch", "Keras", "ONNX"):
        page.get_by_role("dialog").get_by_text(library, exact=True).click()
    expect(page.locator("code .token.keyword").last).to_be_visible()
    check(page)


@pytest.mark.parametrize("name", ["Share", "Download"])
def test_axe_finds_nothing_in_a_dialog(look: Callable[..., Stage], name: str) -> None:
    page = look("/standard").page
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").wait_for()
    expect(page.get_by_role("dialog").get_by_role("button").nth(2)).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_axe_finds_nothing_in_the_list_of_keys_and_in_presenter_view(look: Callable[..., Stage]) -> None:
    stage = look("/standard")
    stage.press("?")
    check(stage.page)
    stage.press("Escape", "p")
    stage.page.locator(".stage-root.presenting").first.wait_for()
    check(stage.page)
    stage.press("p")
    stage.page.locator(".stage-root:not(.presenting)").first.wait_for()


def test_axe_finds_nothing_in_the_settings_of_a_phone(look: Callable[..., Stage]) -> None:
    stage = look("/standard", place=Place.HAND)
    stage.page.get_by_test_id("stExpandSidebarButton").click()
    expect(stage.page.get_by_test_id("stSidebarUserContent")).to_be_visible()
    check(stage.page)
    stage.page.get_by_test_id("stSidebarCollapseButton").locator("button").click()


def test_what_is_drawn_is_heard_by_pointing_alone(open_again: Callable[..., Stage]) -> None:
    """In the picture: a cell with its grid, row and column; no bare numbers, which stand in tables beside it."""
    stage = open_again("/standard?v=1&preset=simplest")
    heard = stage.page.locator(".frame-box")
    assert heard.aria_snapshot().count("- ") == 1  # the stage, and nothing in it
    assert not any(character.isdigit() for character in heard.aria_snapshot())
    stage.overlay.focus()
    stage.press("ArrowRight", "ArrowDown")
    heard = stage.page.locator(".announce")
    expect(heard).to_contain_text("input[1, 0] = 4: read by 2 of 9 outputs")
    expect(heard).to_contain_text("; output[0, 0] ×2; output[1, 0] ×1")


def test_every_page_has_one_heading_of_the_first_level_and_a_title_of_its_own(open_again: Callable[..., Stage]) -> None:
    titles = set()
    for file, name in NAMES.items():
        path = "/" if file == "home" else f"/{file}"
        page = open_again(path, ready=WITHOUT_STAGE.get(path)).page
        expect(page).to_have_title(f"{name} · Convolution Visualizer")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        titles.add(page.title())
    assert len(titles) == len(NAMES)
