"""Tabs that stay open from test to test, so that the app and what it is drawn with are loaded once, not once a test.

A test opens its page by a link, as Back and Forward do: the app runs and its state is what the link says, but nothing
is loaded. A test of a first visit asks for a page loaded anew, and one of another person for a browser of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser import driver
from tests.browser.driver import Server
from tests.browser.scripts import LEAVE_FIELD, STEP
from tests.browser.stage import HANDHELD, LAPTOP, PAGES, Stage

# A window that has the whole screen cannot be given another size: presenter view is refused it, until a test says
# `window.hasScreen = true`.
NO_SCREEN = """(() => {
  const ask = Element.prototype.requestFullscreen;
  Element.prototype.requestFullscreen = function () {
    const isRefused = this === document.documentElement && !window.hasScreen;
    return isRefused ? Promise.reject(new TypeError("refused")) : ask.call(this);
  };
})()"""


class Tab:
    """One tab of a browser of its own, and what has gone wrong in that browser."""

    def __init__(self, browser: Browser, server: Server, **options: Any) -> None:
        self.context = browser.new_context(base_url=server.url, **options)
        self.context.set_default_timeout(driver.PATIENCE)
        self.context.add_init_script(NO_SCREEN)
        self.problems = driver.watch(self.context, server.url)
        self.page = self.context.new_page()
        self.messages_sent = 0
        """How many messages its pages have sent to the server."""
        self.page.on("websocket", lambda socket: socket.on("framesent", self._count))
        self.is_spoilt = False
        """Whether a test has failed in it, so that nobody knows what it has left behind."""

    def load(self, path: str, ready: str) -> None:
        """Load a page anew, as on a first visit, but for what the browser has kept of the app's files."""
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")  # an address that differs in its fragment alone would not be opened anew
        self.context.clear_cookies()
        driver.open_app(self.page, path, ready=ready)
        self.is_spoilt = False

    def step(self, path: str, ready: str) -> None:
        """Go to a page by its link, by way of another page where it is the same: all that is on it is new then."""
        name = page_name(path)
        if not self._can_be_left():
            self.load(path, ready)
            return
        self.page.mouse.move(0, 0)
        if page_name(self.page.url) == name:
            self._step("/glossary", ".glossary")  # a page without a stage or controls: it costs least
        self._step(path, ready)

    def _count(self, message: object) -> None:
        self.messages_sent += 1

    def _can_be_left(self) -> bool:
        """Whether there is a page of the app that a step can lead away from.

        A field that has the focus may hold what was typed and not sent: leaving it sends that, and the run that answers
        would lead back.
        """
        address = self.page.url
        if self.is_spoilt or page_name(address) not in {*PAGES, "comparison"} or "embed=" in address:
            return False
        sent = self.messages_sent
        if self.page.locator("input:focus, textarea:focus").count():
            self.page.evaluate(LEAVE_FIELD)
        if self.messages_sent != sent or self.page.locator(driver.CRASH).count():
            return False
        return self.page.locator(driver.APP_IDLE).count() > 0

    def _step(self, path: str, ready: str) -> None:
        self.page.evaluate(STEP, path)
        self.page.locator(ready).first.wait_for()
        self.page.locator(driver.APP_IDLE).first.wait_for()


def page_name(address: str) -> str:
    """The name of the page at an address."""
    return urlsplit(address).path.strip("/")


def stage_of(name: str) -> str:
    """Return a selector of the stage of a page, once it stands."""
    return f".st-key-{name}_stage {driver.STAGE_READY}"


class Place(StrEnum):
    """Where a tab is open that is kept."""

    DESK = "desk"
    HAND = "hand"
    ELSEWHERE = "elsewhere"
    """On another person's desk."""


class Tabs:
    """The tabs that stay open, each there once a test has asked for it."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser, self._server = browser, server
        self._kept: dict[Place, Tab] = {}
        self._problems: list[str] = []

    def kept(self, place: Place = Place.DESK) -> Tab:
        if place not in self._kept:
            options = HANDHELD if place is Place.HAND else {"viewport": LAPTOP}
            self._kept[place] = Tab(self._browser, self._server, **options)
        return self._kept[place]

    def open_again(
        self,
        path: str = "/standard",
        *,
        ready: str | None = None,
        anew: bool = False,
        place: Place = Place.DESK,
        viewport: Any = LAPTOP,
        color_scheme: Any = "light",
        reduced_motion: Any = "no-preference",
    ) -> Stage:
        """Open a page by its link in a tab that stays open; with `anew`, load it as on a first visit.

        `ready` is a selector of what a page without a stage shows when it is done.
        """
        tab = self.kept(place)
        tab.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        if place is not Place.HAND:
            tab.page.set_viewport_size(viewport)
        go = tab.load if anew else tab.step
        go(path, ready or (stage_of(page_name(path)) if page_name(path) in PAGES else driver.STAGE_READY))
        return Stage(tab.page)

    @contextmanager
    def another(self, options: dict[str, Any] | None) -> Iterator[Page]:
        """Yield an empty tab, closed in the end: in the browser that is open, or, with options, in one of its own."""
        tab = self.kept() if options is None else Tab(self._browser, self._server, **options)
        page = tab.context.new_page() if options is None else tab.page
        yield page
        self._problems += tab.problems  # closing aborts what is still under way
        (page if options is None else tab.context).close()
        tab.problems.clear()

    def take_problems(self) -> list[str]:
        """Return what has gone wrong since this was last asked."""
        found, self._problems = self._problems, []
        for tab in self._kept.values():
            found += tab.problems
            tab.problems.clear()
        return found

    def spoil(self) -> None:
        """Let the next test load its page anew."""
        for tab in self._kept.values():
            tab.is_spoilt = True

    def close(self) -> None:
        for tab in self._kept.values():
            tab.context.close()
