"""The page that works offline: opened from disk with the network off, it plays and links as the app does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from exports.page import standalone
from kinds.gradients.backward import Backward
from kinds.registry import PRESETS
from pages.shared.playing import play
from stage.theme import PAGE_COLORS
from tests.browser.driver import PATIENCE, STAGE_READY
from tests.browser.stage import LAPTOP, Stage

EXAMPLES = [
    ("standard", "channels"),
    ("grouped", "two-groups"),
    ("separable", "two-steps"),
    ("transposed", "simplest"),
    ("pooling", "max"),
    ("one_dimensional", "edges"),
    ("gradients", "simplest"),
]


@pytest.mark.parametrize(("page", "slug"), EXAMPLES)
def test_a_page_from_disk_plays_and_links_without_a_network(
    browser: Browser, tmp_path: Path, page: str, slug: str
) -> None:
    preset, played = PRESETS[page][slug], play(PRESETS[page][slug].state)
    file = tmp_path / "layer.html"
    file.write_text(standalone(played.stage, preset.title, preset.look_for, "layer", "step=2"), encoding="utf-8")
    wrong: list[str] = []
    with browser.new_context(viewport=LAPTOP, offline=True) as context:
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else wrong.append(request.url),
        )
        tab.goto(file.as_uri())
        tab.locator(STAGE_READY).first.wait_for()
        stage = Stage(tab)
        stage.expect(step=1)
        stage.press("End")
        assert shown_outputs(stage) == recorded(played.record)
        stage.press("Home", "+", "+", "+", "+", "+", " ")
        stage.expect(step=stage.look().steps - 1, state="paused")
        found = stage.hover("input", (0, 0)) if page != "one_dimensional" else stage.hover("input", (0, 1))
        assert any(link["kind"] == "linked" for link in found.said["links"])
        stage.press("Escape")
        tab.mouse.move(0, 0)
        stage.press("Home", "ArrowRight", "ArrowRight")
        tab.wait_for_function("() => location.hash === '#step=3&speed=60'")
        tab.reload()
        tab.locator(STAGE_READY).first.wait_for()
        stage.expect(step=2)
        before = stage.look().unit
        stage.press("p")
        assert stage.look().unit >= before
    assert wrong == []


def shown_outputs(stage: Stage) -> list[str]:
    """Return the numbers of the last layer's outputs, map by map: still ones, or those that have landed."""
    seen = stage.look()
    still = [number["text"] for number in seen.said["numbers"] if number["role"] == "output"]
    live = [
        cell["shown"]
        for group in seen.said["live"]
        if group["role"] in ("output", "uncropped")
        for cell in group["cells"]
    ]
    return still or [text for text in live if text is not False]


def recorded(record: Any) -> list[str]:
    if isinstance(record, Backward):
        output = record.found.weight[0]
    else:
        output = (record[-1] if isinstance(record, tuple) else record).output
    return [f"{value:g}".replace("-", "−") for value in output.ravel()]


SAID = """([selector, names]) => {
  const style = getComputedStyle(document.querySelector(selector));
  const plain = document.createElement("canvas").getContext("2d");
  return names.map((name) => {
    plain.fillStyle = style.getPropertyValue(`--st-${name}`).trim();
    return plain.fillStyle;
  });
}"""


@pytest.mark.parametrize("theme", PAGE_COLORS)
def test_a_page_from_disk_has_the_colours_and_the_typeface_of_the_app(
    open_again: Callable[..., Stage], browser: Browser, tmp_path: Path, theme: Any
) -> None:
    names = list(PAGE_COLORS[theme])
    app = open_again("/standard", color_scheme=theme).page
    file = tmp_path / "layer.html"
    preset = PRESETS["standard"]["simplest"]
    file.write_text(standalone(play(preset.state).stage, preset.title, preset.look_for, "layer"), encoding="utf-8")
    with browser.new_context(viewport=LAPTOP, offline=True, color_scheme=theme) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.locator(STAGE_READY).first.wait_for()
        colours = page.evaluate(SAID, [".stage-root", names])
        assert colours == app.evaluate(SAID, [".stage-root", names])
        fonts = [
            tab.evaluate("getComputedStyle(document.querySelector('.stage-root')).fontFamily") for tab in (page, app)
        ]
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == app.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert len({family.split(",")[0] for family in fonts}) == 1
