"""A changed control is shown before its run has come; in the end picture, words, controls and link say the same.

Whatever the order in which the record and the run arrive, and also where one of them is lost.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kinds.registry import SPECS
from tests.browser import driver
from tests.browser.driver import Server
from tests.browser.scripts import TWO_FRAMES
from tests.browser.slow_network import HELD_SOCKET, SLOW_NETWORK, check_opened_anew
from tests.browser.stage import LAPTOP, PHONE, open_list

RECORDS = "**/record/**"

# The page waits for a record, and for the run of a change, for as long as a test holds them back: its 10 s are 2 h.
PATIENT = """(() => {
  const now = performance.now.bind(performance);
  performance.now = () => now() / 720;
  AbortSignal.timeout = () => new AbortController().signal;
})()"""

SIX_SECONDS_LATER = """(() => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + 6000;
})()"""

ROWS = "() => Number(document.querySelector('.stage-root g.grid[data-role=input]').dataset.rows)"
HAS_ROWS = f"rows => ({ROWS})() === rows"
IDLE_WITH_RUN = f"""before => document.querySelector('{driver.APP_IDLE}')
  && document.querySelector(".stage-root").dataset.run !== before"""

# Write down how many rows the input has, whenever that changes, and whether a frame ever showed no grid.
FOLLOW = f"""() => {{
  window.rowsSeen = [({ROWS})()];
  const look = () => {{
    const grid = document.querySelector(".stage-root g.grid[data-role=input]");
    const rows = grid ? Number(grid.dataset.rows) : null;
    if (rows !== window.rowsSeen.at(-1)) window.rowsSeen.push(rows);
    requestAnimationFrame(look);
  }};
  look();
}}"""


@contextmanager
def tab(browser: Browser, server: Server, *scripts: str, **options: Any) -> Iterator[Page]:
    with browser.new_context(base_url=server.url, **{"viewport": LAPTOP} | options) as context:
        context.set_default_timeout(driver.PATIENCE)
        for script in scripts:
            context.add_init_script(script)
        yield context.new_page()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab whose word to the server can be held back."""
    with tab(browser, server, HELD_SOCKET) as opened:
        driver.open_app(opened, "/standard", v=1, preset="simplest")
        yield opened


@pytest.fixture
def asked(page: Page) -> list[Route]:
    """The records that the page asks for from now on: each waits until the test lets it go on."""
    page.evaluate(PATIENT)
    routes: list[Route] = []
    page.route(RECORDS, lambda route: routes.append(route))
    return routes


def plus(page: Page, label: str) -> None:
    number = page.get_by_role("spinbutton", name=label, exact=True)
    page.get_by_test_id("stNumberInput").filter(has=number).get_by_test_id("stNumberInputStepUp").click()


def wait_for(page: Page, routes: list[Route], parameter: tuple[str, str]) -> Route:
    """Wait until a record is asked for whose link has a parameter."""
    deadline = time.monotonic() + driver.PATIENCE / 1000
    while time.monotonic() < deadline:
        for route in routes:
            if parameter in parse_qsl(urlsplit(route.request.url).query):
                return route
        page.wait_for_timeout(10)  # lets the browser's requests in
    raise AssertionError(f"nothing was asked with {parameter}")


def run_of(page: Page) -> str:
    run: str = page.evaluate("() => document.querySelector('.stage-root').dataset.run")
    return run


def rows(page: Page) -> int:
    found: int = page.evaluate(ROWS)
    return found


def shown(page: Page) -> str:
    times: str = page.evaluate("() => document.querySelector('.stage-root').dataset.shown")
    return times


def settled(page: Page, height: int) -> None:
    """Wait for the run; picture, control and link say the same height, and the page opened anew looks the same."""
    page.wait_for_url(f"**height={height}*")
    page.locator(driver.APP_IDLE).first.wait_for()
    page.wait_for_function(HAS_ROWS, arg=height)
    check_opened_anew(page)


def test_the_picture_is_there_before_the_run_and_the_run_changes_nothing_in_it(page: Page) -> None:
    before = run_of(page)
    page.evaluate("window.isHeld = true")
    plus(page, "Input height")
    page.wait_for_function(HAS_ROWS, arg=5)
    assert (run_of(page), "height" in page.url) == (before, False)
    drawn = shown(page)
    page.evaluate("window.letGo()")
    page.wait_for_function(IDLE_WITH_RUN, arg=before)
    assert (rows(page), shown(page)) == (5, drawn)
    settled(page, 5)


def test_a_later_answer_wins(page: Page, asked: list[Route]) -> None:
    page.evaluate("window.isHeld = true")
    for _ in range(2):
        plus(page, "Input height")
    first, second = (wait_for(page, asked, ("height", height)) for height in ("5", "6"))
    second.continue_()
    page.wait_for_function(HAS_ROWS, arg=6)
    with page.expect_response(first.request.url):
        first.continue_()
    page.evaluate(TWO_FRAMES)
    assert rows(page) == 6
    page.evaluate("window.letGo()")
    settled(page, 6)


def test_an_answer_that_comes_after_the_run_changes_nothing(page: Page, asked: list[Route]) -> None:
    for height in ("5", "6"):
        before = run_of(page)
        plus(page, "Input height")
        wait_for(page, asked, ("height", height))
        page.wait_for_function(IDLE_WITH_RUN, arg=before)
    drawn = shown(page)
    for height in ("6", "5"):
        late = wait_for(page, asked, ("height", height))
        with page.expect_response(late.request.url):
            late.continue_()
        page.evaluate(TWO_FRAMES)
        assert (rows(page), shown(page)) == (6, drawn)


@pytest.mark.parametrize("lost", ["aborted", "refused", "no_json", "never"])
def test_without_an_answer_the_page_works_as_without_the_route(page: Page, lost: str) -> None:
    ways = {
        "aborted": lambda route: route.abort(),
        "refused": lambda route: route.fulfill(status=403, body="<html>"),
        "no_json": lambda route: route.fulfill(status=200, body="<html>"),
        "never": lambda route: None,
    }
    page.route(RECORDS, ways[lost])
    for _ in range(2):
        before = run_of(page)
        plus(page, "Input height")
        page.wait_for_function(IDLE_WITH_RUN, arg=before)
    page.wait_for_function(HAS_ROWS, arg=6)
    page.unroute_all(behavior="ignoreErrors")
    settled(page, 6)


def test_what_no_layer_is_made_of_is_left_to_the_run(page: Page) -> None:
    """The picture stays until the run says why; the way back is shown at once again."""
    before, run = rows(page), run_of(page)
    height = page.get_by_role("spinbutton", name="Input height", exact=True)
    page.evaluate("window.isHeld = true")
    for text in ("0", "999", "", "1"):
        height.fill(text)
        height.press("Enter")
        page.evaluate(TWO_FRAMES)
        assert rows(page) == before
    page.evaluate("window.letGo()")
    page.wait_for_function(IDLE_WITH_RUN, arg=run)
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    height.fill("7")
    height.press("Enter")
    settled(page, 7)


def test_a_control_held_down_is_followed_and_nothing_goes_back(browser: Browser, server: Server) -> None:
    """On a slow line the runs are late, and those of older states come while a newer one is shown."""
    with tab(browser, server, SLOW_NETWORK) as page:
        driver.open_app(page, "/standard", v=1, preset="simplest")
        page.evaluate(FOLLOW)
        number = page.get_by_role("spinbutton", name="Input height", exact=True)
        for _ in range(12):
            number.press("ArrowUp")
            page.wait_for_timeout(60)
        page.wait_for_function(HAS_ROWS, arg=16)
        settled_rows = page.evaluate("window.rowsSeen")
        page.wait_for_url("**height=16*")
        page.locator(driver.APP_IDLE).first.wait_for()
        seen = page.evaluate("window.rowsSeen")
        assert seen == settled_rows == sorted(seen)
        assert seen[0] == 4
        settled(page, 16)


def test_a_number_that_was_chosen_before_does_not_go_back_either(browser: Browser, server: Server) -> None:
    """A run that says what the last change said may be of an earlier one, and those between are still to come."""
    with tab(browser, server, HELD_SOCKET) as page:
        driver.open_app(page, "/standard", v=1, preset="simplest")
        page.evaluate(FOLLOW)
        page.evaluate("window.isHeld = true")
        number = page.get_by_role("spinbutton", name="Input height", exact=True)
        for key, height in (("ArrowUp", 5), ("ArrowUp", 6), ("ArrowDown", 5), ("ArrowUp", 6)):
            number.press(key)
            page.wait_for_function(HAS_ROWS, arg=height)
        for height in (5, 6, 5):
            page.evaluate("window.letOneGo()")
            page.wait_for_url(f"**height={height}*")
            page.locator(driver.APP_IDLE).first.wait_for()
            page.wait_for_timeout(300)  # what the player was to show of that run, it would have shown by now
        page.evaluate("window.letGo()")
        page.wait_for_url("**height=6*")
        assert page.evaluate("window.rowsSeen") == [4, 5, 6, 5, 6]
        settled(page, 6)


def test_a_change_is_not_given_up_while_its_run_is_still_to_come(page: Page) -> None:
    """On a busy server runs wait in turn, for longer than a change is kept that no run follows: here 10 s are 10 ms.

    That a run has begun is what Streamlit shows as soon as the server says it; here it is shown by hand.
    """
    page.evaluate("(() => { const now = performance.now.bind(performance); performance.now = () => 1000 * now(); })()")
    page.evaluate("window.isHeld = true")
    says = "state => { document.querySelector('[data-testid=stApp]').dataset.testScriptState = state; }"
    page.evaluate(says, "running")
    plus(page, "Input height")
    page.wait_for_function(HAS_ROWS, arg=5)
    run = run_of(page)
    page.evaluate("window.letGo()")
    page.wait_for_function("run => document.querySelector('.stage-root').dataset.run !== run", arg=run)
    page.evaluate(says, "notRunning")
    page.evaluate("delete performance.now")
    settled(page, 5)


@pytest.mark.parametrize("what", ["the line rests for 6 s", "the last change has no record"])
def test_a_run_of_an_older_state_is_never_shown_after_a_newer_picture(page: Page, what: str) -> None:
    """The run of the first change comes after the picture of the second, and before that one's own run."""
    page.evaluate(FOLLOW)
    page.evaluate("window.isHeld = true")
    for height in (5, 6):
        plus(page, "Input height")
        page.wait_for_function(HAS_ROWS, arg=height)
    last = 6
    if what == "the last change has no record":
        page.route(RECORDS, lambda route: route.abort())
        last = 30
        height = page.get_by_role("spinbutton", name="Input height", exact=True)
        with page.expect_request(RECORDS):
            height.fill(f"{last}")
            height.press("Enter")
    else:
        page.evaluate(SIX_SECONDS_LATER)
    page.evaluate("window.letOneGo()")
    page.wait_for_url("**height=5*")
    page.locator(driver.APP_IDLE).first.wait_for()
    page.wait_for_timeout(300)  # what the player was to show of that run, it would have shown by now
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("window.letGo()")
    page.wait_for_function(HAS_ROWS, arg=last)
    seen = page.evaluate("window.rowsSeen")
    assert seen == sorted(seen)
    settled(page, last)


def test_a_run_that_never_comes_for_the_last_change_counts_in_the_end(page: Page) -> None:
    """The browser's word is lost: the page shows what the last run that came has said."""
    page.evaluate("window.isHeld = true")
    plus(page, "Input height")
    page.wait_for_function(HAS_ROWS, arg=5)
    page.evaluate("window.letGo()")
    page.wait_for_url("**height=5*")
    page.evaluate("window.isHeld = true")
    plus(page, "Input height")
    page.wait_for_function(HAS_ROWS, arg=6)
    page.evaluate("window.isHeld = false")  # what waits is not sent
    width = page.get_by_role("spinbutton", name="Input width", exact=True)
    width.fill("6")
    width.press("Enter")
    page.wait_for_url("**width=6*")
    page.locator(driver.APP_IDLE).first.wait_for()
    # the field shows 6 rows and the browser says so with the next change: in the end all say the same
    page.wait_for_function(f"() => String(({ROWS})()) === document.querySelector('.st-key-height input').value")
    check_opened_anew(page)


def test_the_step_of_an_older_entry_of_the_history_is_kept(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#step=3")
    page.evaluate("window.isHeld = true")
    plus(page, "Kernel height")
    page.wait_for_function("() => document.querySelector('.stage-root').dataset.step === '0'")
    page.wait_for_timeout(600)  # the player would have written its step by now
    assert page.url.endswith("#step=3")
    page.evaluate("window.letGo()")
    page.wait_for_url("**kernel_height=3")
    page.go_back()
    page.wait_for_url("**preset=simplest#step=3")
    page.wait_for_function("() => document.querySelector('.stage-root').dataset.step === '2'")


@pytest.mark.parametrize(("name", "viewport"), [*((name, LAPTOP) for name in SPECS), ("standard", PHONE)])
def test_what_is_shown_first_is_what_the_run_shows(browser: Browser, server: Server, name: str, viewport: Any) -> None:
    """Of every page: a number, an option, a switch, a preset and a view; the run of each draws nothing anew."""
    with tab(browser, server, HELD_SOCKET, viewport=viewport) as page:
        driver.open_app(page, f"/{name}", v=1)
        if page.get_by_test_id("stExpandSidebarButton").is_visible():
            driver.open_settings(page)
        for change in changes_of(page, SPECS[name].views):
            run = run_of(page)
            page.evaluate("window.isHeld = true")
            page.evaluate("window.before = document.querySelector('.stage-root g.grid')")
            change()
            page.wait_for_function("() => !window.before.isConnected")
            page.mouse.move(0, 0)  # an option may have stood over the stage: what is pointed at is drawn, too
            page.evaluate(TWO_FRAMES)
            first = shown(page)
            page.evaluate("window.letGo()")
            page.wait_for_function(IDLE_WITH_RUN, arg=run)
            assert shown(page) == first


def changes_of(page: Page, views: Any) -> Iterator[Any]:
    sidebar = page.get_by_test_id("stSidebar")

    def choose(label: str, index: int) -> None:
        box = page.get_by_role("combobox", name=label, exact=True)
        open_list(box)
        page.get_by_role("listbox").get_by_role("option").nth(index).click()

    yield lambda: choose("Preset", 1)
    yield lambda: choose("Values", 1)
    yield lambda: plus(page, "Seed")
    number = sidebar.get_by_role("spinbutton").first
    yield lambda: (number.focus(), number.press("ArrowUp"))
    switch = sidebar.get_by_role("switch")
    if switch.count():
        yield lambda: switch.first.press("Space")
