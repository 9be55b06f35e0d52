"""Fixtures for tests in a real Chromium. To change one for a test, parametrize its name: viewport, color_scheme, ..."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from tests.browser import driver
from tests.browser.driver import STAGE_READY, Server
from tests.browser.slow_network import SLOW_NETWORK
from tests.browser.stage import LAPTOP, Stage
from tests.browser.tabs import Tabs

HERE = Path(__file__).parent
# The server, and how much it had logged when the test began.
LOG = pytest.StashKey[tuple[Server, int]]()
FAILED = pytest.StashKey[bool]()
# Mostly waits for a slow network, and for longer than any other file: it starts first of all, beside all the others.
WAITING = "test_quick_edits.py"
# The files that take longest start first, so that all workers end at about the same time. The first of them waits for a
# slow network, too: it comes after the other, since two workers that wait leave a core idle.
LONGEST = (
    "test_quick_choices.py",
    "test_every_page.py",
    "test_links.py",
    "test_comparison.py",
    "test_layout.py",
    "test_sharing.py",
    "test_impossible.py",
    "test_playing.py",
    "test_ground.py",
    "test_picture_files.py",
    "test_taken_pictures.py",
    "test_transposed_links.py",
    "test_equations.py",
    "test_transposed.py",
    "test_pointing.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and run most of it last: a wrong number should show before a slow page does."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    items.sort(key=_order)


def _order(item: pytest.Item) -> tuple[int, int]:
    if HERE not in item.path.parents:
        return 1, 0
    name = item.path.name
    if name == WAITING:
        return 0, 0
    return 2, LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    if report.failed and LOG in item.stash:
        server, start = item.stash[LOG]
        report.sections.append(("the server's log", server.read_log(start)))
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium once."""
    with driver.browser_or_skip(playwright) as started:
        yield started


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Serve the app once for all tests."""
    with driver.start_server() as started:
        yield started


@pytest.fixture
def viewport() -> ViewportSize:
    """Return a small laptop's window: what has to be seen together has to fit here."""
    return LAPTOP


@pytest.fixture
def color_scheme() -> str:
    return "light"


@pytest.fixture
def reduced_motion() -> str:
    return "no-preference"


@pytest.fixture
def context_options() -> dict[str, Any] | None:
    """Return `browser.new_context`'s arguments for a browser of the test's own, or None to use the one that is open."""
    return None


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: Server) -> Iterator[Tabs]:
    """Keep tabs open from test to test."""
    kept = Tabs(browser, server)
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def open_again(tabs: Tabs) -> Callable[..., Stage]:
    """Return `open_again(path="/standard", *, anew=False, ...)`: a page with a stage, in a tab that stays open."""
    return tabs.open_again


@pytest.fixture(autouse=True)
def nothing_goes_wrong(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail in the end if the browser or the server saw anything go wrong."""
    if "server" not in request.fixturenames:
        yield
        return
    server, tabs = request.getfixturevalue("server"), request.getfixturevalue("tabs")
    logged = server.log.stat().st_size
    request.node.stash[LOG] = server, logged
    yield
    seen = tabs.take_problems()
    if "Traceback" in server.read_log(logged):
        seen.append("the server logged a traceback")
    if seen or request.node.stash.get(FAILED, False):
        tabs.spoil()
    if seen:
        pytest.fail("\n".join(seen), pytrace=False)


@pytest.fixture(scope="module")
def slow_page(browser: Browser, server: Server) -> Iterator[Page]:
    """One tab on a slow line, for all tests of a file."""
    with browser.new_context(base_url=server.url, viewport=LAPTOP) as context:
        context.set_default_timeout(driver.PATIENCE)
        context.add_init_script(SLOW_NETWORK)
        yield context.new_page()


@pytest.fixture
def page(
    tabs: Tabs, viewport: ViewportSize, color_scheme: Any, reduced_motion: Any, context_options: dict[str, Any] | None
) -> Iterator[Page]:
    """Open an empty tab, closed when the test ends."""
    with tabs.another(context_options) as tab:
        tab.set_viewport_size(viewport)
        tab.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        yield tab


@pytest.fixture
def open_page(page: Page) -> Callable[..., Page]:
    """Return `open_page(path="/standard", *, ready=STAGE_READY, **query)`; ready=None for a page without a stage."""

    def open_at(path: str = "/standard", *, ready: str | None = STAGE_READY, **query: object) -> Page:
        return driver.open_app(page, path, ready=ready, **query)

    return open_at
