"""A player on a page of its own, without a server: its pictures are taken, and read as a person would read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from exports.page import standalone
from stage.model import Stage
from tests.browser import driver

# What is done in the page; it is put into the module of the player, which keeps all that it has to itself.
SCRIPT = Path(__file__).with_name("pictures.js")


@contextmanager
def opened_player(browser: Browser, folder: Path, stage: Stage, **options: Any) -> Iterator[Page]:
    """Open a page that works offline, and on which pictures can be read; nothing may go wrong on it."""
    html = standalone(stage, "Title", "Sentence", "layer")
    start = "mount({ parentElement"
    assert html.count(start) == 1
    file = folder / "player.html"
    file.write_text(html.replace(start, SCRIPT.read_text(encoding="utf-8") + start), encoding="utf-8")
    wrong: list[str] = []
    with browser.new_context(offline=True, **options) as context:
        context.set_default_timeout(driver.PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.locator(driver.STAGE_READY).first.wait_for()
        yield page
    assert wrong == []
