"""Share, present, embed and take away, as a person meets them."""

import re
from collections.abc import Callable
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.driver import Server
from tests.browser.stage import LAPTOP, PAGES, PHONE, AppPage, Stage
from tests.browser.tabs import Place

# What can be seen, and how much of the window the stage takes.
SEEN = """() => {
  const isSeen = (element) => element && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().height > 0;
  const box = document.querySelector(".stage-root").getBoundingClientRect();
  const texts = [...document.querySelectorAll(".stage-root .number")].filter(isSeen);
  return {
    header: isSeen(document.querySelector(".stAppHeader a, .stAppHeader button")),
    sidebar: isSeen(document.querySelector('[data-testid="stSidebarUserContent"]')),
    heading: isSeen(document.querySelector(".st-key-heading")),
    explanation: isSeen(document.querySelector(".st-key-explanation")),
    controls: isSeen(document.querySelector(".stage-root .controls")),
    stage: [box.width, box.height].map(Math.round),
    scrolls: document.scrollingElement.scrollHeight > window.innerHeight + 1,
    smallest: Math.min(...[...texts, ...document.querySelectorAll(".stage-root .equation")].map((text) => parseFloat(getComputedStyle(text).fontSize))),
    bottom: Math.max(...[...document.querySelectorAll(".stage-root .overlay, .stage-root .equation")].map((part) => part.getBoundingClientRect().bottom)),
  };
}"""  # noqa: E501 - JavaScript


def seen(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = stage.page.evaluate(SEEN)
    return found


def press_toolbar(stage: Stage, name: str) -> None:
    stage.page.get_by_role("button", name=name, exact=True).click()


def field(stage: Stage, label: str) -> str:
    return stage.page.get_by_role("textbox", name=label, exact=True).input_value()


def test_share_gives_links_to_this_very_moment(open_again: Callable[..., Stage], server: Server) -> None:
    stage = open_again("/standard?v=1&preset=channels")
    stage.press("3", "ArrowRight", "ArrowRight")
    press_toolbar(stage, "Share")
    stage.page.get_by_role("dialog").wait_for()
    link = f"{server.url}/standard?v=1&preset=channels#step=3&grain=tap"
    expect(stage.page.get_by_role("textbox", name="Link", exact=True)).to_have_value(link)
    assert field(stage, "Link in full, with every number in it").endswith("#step=3&grain=tap")
    assert "embed_options=light_theme#step=3" in field(stage, "HTML: the stage and the player alone")
    code = stage.page.get_by_role("img", name="QR code of the link").bounding_box()
    assert code is not None
    assert min(code["width"], code["height"]) >= 400
    stage.page.get_by_text("Open it in presenter view").click()
    expect(stage.page.get_by_role("textbox", name="Link", exact=True)).to_have_value(link.replace("#", "&present=1#"))
    stage.page.get_by_text("dark", exact=True).click()
    frame = stage.page.get_by_role("textbox", name="HTML: the stage and the player alone")
    expect(frame).to_have_value(frame.input_value().replace("light_theme", "dark_theme"))


def test_a_page_without_a_stage_is_shared_as_it_is(open_page: Callable[..., Page], server: Server) -> None:
    page = open_page("/comparison", ready=".st-key-kinds .main-svg")
    page.get_by_role("spinbutton", name="Out channels", exact=True).fill("64")
    page.get_by_role("spinbutton", name="Out channels", exact=True).press("Enter")
    page.wait_for_url("**out_channels=64*")
    query = urlsplit(page.url).query
    page.get_by_role("button", name="Share", exact=True).click()
    link = page.get_by_role("textbox", name="Link", exact=True)
    expect(link).to_have_value(f"{server.url}/comparison?{query}")
    frame = page.get_by_role("textbox", name="HTML: this page, with its controls")
    expect(frame).to_have_value(re.compile(f"{re.escape(escape(query))}&amp;embed=true"))
    page.get_by_text("dark", exact=True).click()
    expect(frame).to_have_value(re.compile("dark_theme"))
    page.get_by_text("Open it in presenter view").click()
    expect(link).to_have_value(f"{server.url}/comparison?{query}&present=1")


@pytest.mark.parametrize("context_options", [{"permissions": ["clipboard-read", "clipboard-write"]}])
def test_a_link_is_copied(open_page: Callable[..., Page]) -> None:
    stage = Stage(open_page(preset="floor"))
    press_toolbar(stage, "Share")
    button = stage.page.get_by_role("button", name="Copy: Link", exact=True)
    button.click()
    expect(button).to_have_text("Copied")
    assert stage.page.evaluate("navigator.clipboard.readText()") == field(stage, "Link")


def test_a_link_in_full_shows_the_same_stage(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=channels#step=5")
    before = stage.look()
    press_toolbar(stage, "Share")
    full = field(stage, "Link in full, with every number in it")
    after = open_again(full)
    after.expect(step=4)
    assert after.look().said["numbers"] == before.said["numbers"]
    assert after.look().equation == before.equation


@pytest.mark.parametrize("size", [LAPTOP, {"width": 1920, "height": 1080}, PHONE])
def test_the_presenter_view_is_the_stage_alone_and_large(open_again: Callable[..., Stage], size: ViewportSize) -> None:
    stage = open_again("/standard?v=1&preset=simplest&present=1#step=4", anew=True, viewport=size)
    found = seen(stage)
    assert not any(found[name] for name in ("header", "sidebar", "heading", "controls", "scrolls"))
    assert found["stage"] == [size["width"], size["height"]]
    assert found["bottom"] <= size["height"]
    assert found["smallest"] >= (16 if size["width"] < 640 else size["height"] / 32)
    stage.expect(step=3)


def test_the_keyboard_does_everything_in_presenter_view(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    large = stage.look().unit
    stage.leave_field()
    stage.press("p")
    stage.page.wait_for_url("**/standard?v=1&preset=simplest&present=1")
    assert stage.look().unit > large
    stage.press("2", "ArrowRight", "+")
    stage.expect(step=1)
    stage.press("?")
    keys = stage.root.locator("dialog.keys")
    expect(keys).to_be_visible()
    for key in ("Space", "Home", "Enter", "Esc", "P", "?"):
        expect(keys.locator("dt").get_by_text(key).first).to_be_visible()
    stage.press("Escape", "End")
    expect(keys).to_be_hidden()
    stage.expect(step=stage.look().steps - 1)
    stage.press("p")
    stage.page.wait_for_url("**/standard?v=1&preset=simplest#*")
    assert stage.look().unit == large
    stage.page.go_back()
    expect(stage.root).to_contain_class("presenting")
    stage.page.go_forward()
    expect(stage.root).not_to_contain_class("presenting")


def test_the_controls_come_when_they_are_wanted_and_go_again(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?preset=simplest&present=1")
    assert not seen(stage)["controls"]
    stage.page.mouse.move(300, 300)
    stage.page.wait_for_function(f"() => ({SEEN})().controls")
    stage.page.mouse.move(0, 0)
    stage.page.wait_for_function(f"() => !({SEEN})().controls")
    stage.page.mouse.move(300, 300)
    stage.root.get_by_role("button", name="Leave presenter view").click()
    expect(stage.root).not_to_contain_class("presenting")
    assert seen(stage)["sidebar"]


def test_the_button_presents(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    press_toolbar(stage, "Present")
    expect(stage.root).to_contain_class("presenting")


@pytest.mark.parametrize("case", PAGES.values(), ids=PAGES)
def test_an_embedded_page_is_the_stage_and_the_player_alone(open_again: Callable[..., Stage], case: AppPage) -> None:
    link = f"{case.path}?v=1&embed=true&embed_options=dark_theme#step=2"
    stage = open_again(link, anew=True, viewport={"width": 900, "height": 640})
    found = seen(stage)
    assert not any(found[name] for name in ("header", "sidebar", "heading", "explanation", "scrolls"))
    assert found["controls"]
    assert found["stage"] == [900, 640]
    assert found["bottom"] <= 640
    assert stage.look().data["theme"] == "dark"
    stage.expect(step=1)
    stage.press("ArrowRight")
    stage.expect(step=2)
    role = "input"
    stage.page.mouse.dblclick(*stage.point(role, (0, 0)))
    expect(stage.editor).to_be_hidden()


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE])
def test_the_buttons_fit_beside_the_title(open_page: Callable[..., Page], viewport: Any) -> None:
    page = open_page("/separable")  # the longest title
    buttons = [page.get_by_role("button", name=name, exact=True) for name in ("Share", "Download", "Present")]
    found = [part.bounding_box() for part in (page.locator(".st-key-heading h1 span").first, *buttons)]
    boxes = [box for box in found if box is not None]
    assert len(boxes) == 4
    for one, other in pairwise(boxes):
        assert one["x"] + one["width"] <= other["x"]
        assert abs(one["y"] + one["height"] / 2 - other["y"] - other["height"] / 2) <= 4
    assert boxes[-1]["x"] + boxes[-1]["width"] <= viewport["width"]


def test_everything_can_be_taken_away(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=half-padding")
    stage.press("ArrowRight")
    press_toolbar(stage, "Download")
    dialog = stage.page.get_by_role("dialog")
    with stage.page.expect_download() as download:  # it arrives by itself, and there is a button for whoever missed it
        dialog.get_by_role("button", name="GIF", exact=True).click()
    assert download.value.suggested_filename == "conv2d-1to1-k3-p1.gif"
    assert Path(download.value.path()).read_bytes().startswith(b"GIF89a")
    expect(dialog.get_by_role("button", name=".gif")).to_be_visible()
    pictures = {"PNG": ("conv2d-1to1-k3-p1-step2-2x.png", b"\x89PNG"), "SVG": ("conv2d-1to1-k3-p1-step2.svg", b"<svg")}
    for name, (file, start) in pictures.items():
        with stage.page.expect_download() as download:
            dialog.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename == file
        assert Path(download.value.path()).read_bytes().startswith(start), name
    starts = {
        "conv2d-1to1-k3-p1.html": b"<!doctype html>",
        "conv2d-1to1-k3-p1.gif": b"GIF89a",
        "conv2d-1to1-k3-p1.npz": b"PK",
        "conv2d_1to1_k3_p1_torch.py": b"# Conv2d",
        "conv2d_1to1_k3_p1_keras.py": b"# Conv2d",
        "conv2d_1to1_k3_p1_onnx.py": b"# Conv2d",
    }
    for name, start in starts.items():
        with stage.page.expect_download() as download:
            dialog.get_by_role("button", name=name, exact=False).click()
        assert download.value.suggested_filename == name
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start), name
        if name.endswith(".gif"):
            assert getattr(Image.open(BytesIO(content)), "n_frames", 0) == 25


@pytest.mark.parametrize("action", ["Share", "Download"])
def test_escape_closes_a_dialog_and_the_focus_goes_back(open_again: Callable[..., Stage], action: str) -> None:
    """By the keyboard alone; in Download after a picture was taken, too."""
    stage = open_again("/standard?v=1&preset=half-padding")
    page = stage.page
    opener = page.get_by_role("toolbar", name="Page").get_by_role("button", name=action)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    if action == "Download":
        picture = dialog.get_by_role("button", name="PNG", exact=True)
        picture.focus()
        with page.expect_download():
            page.keyboard.press("Enter")
        expect(picture).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_link_on_a_phone_stands_on_one_line(open_again: Callable[..., Stage]) -> None:
    """It is scrolled to its end, and not cut through the middle of a second line."""
    stage = open_again("/grouped?v=1&preset=two-groups", place=Place.HAND)
    press_toolbar(stage, "Share")
    link = stage.page.get_by_role("textbox", name="Link", exact=True)
    expect(link).to_be_visible()
    assert link.evaluate(
        "field => [field.scrollHeight <= field.clientHeight, field.scrollWidth > field.clientWidth]"
    ) == [
        True,
        True,
    ]


def test_without_a_layer_there_is_nothing_to_take_away(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=same-with-stride")
    press_toolbar(stage, "Download")
    expect(stage.page.get_by_role("dialog")).to_contain_text("nothing to take away")


# A browser without windows has no such sheet.
KEEP_WHAT_IS_SENT = "navigator.share = async (sent) => { window.sent = sent; };"


@pytest.mark.parametrize("viewport", [PHONE])
def test_a_phone_sends_the_link_by_its_own_sheet_before_it_shows_the_code(
    page: Page, open_page: Callable[..., Page]
) -> None:
    page.add_init_script(KEEP_WHAT_IS_SENT)
    stage = Stage(open_page(preset="floor"))
    press_toolbar(stage, "Share")
    send, code = page.get_by_role("button", name="Send: Link", exact=True), page.get_by_role("img", name="QR code")
    expect(send).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name=re.compile("^Send: "))).to_have_count(1)
    sending, shown = send.bounding_box(), code.bounding_box()
    assert sending is not None
    assert shown is not None
    assert sending["y"] < shown["y"]
    send.click()
    title = PAGES["standard"].presets["floor"]
    assert page.evaluate("window.sent") == {"title": title, "url": field(stage, "Link")}
