"""A replica ends while visitors are at work: how long until everyone's picture is back at the same step, and live."""

import asyncio
import threading
from collections.abc import Iterator
from time import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.load import Waits, crowd
from deploy.serve import Fleet, Settings, find_nginx, free_ports, running
from tests.browser import driver
from tests.browser.driver import PATIENCE, STAGE_READY

BOUND_SECONDS = 5.0
STEPS = (2, 4, 6)
CROWD = 20
# Whenever the page loses the server, finds it, or its script begins or ends: when, and what it says then.
WATCH = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  window.changes = [];
  new MutationObserver(() => {
    window.changes.push([Date.now(), app.dataset.testConnectionState, app.dataset.testScriptState]);
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
}"""


@pytest.fixture(scope="module")
def fleet() -> Iterator[Fleet]:
    if find_nginx() is None:
        pytest.skip("no nginx: `bash scripts/install_nginx.sh` installs it")
    (port,) = free_ports(1)
    with running(Settings(listen=f"127.0.0.1:{port}"), replicas=2) as started:
        yield started


@pytest.fixture
def visitors(fleet: Fleet) -> Iterator[list[Page]]:
    """Three visitors, each at a step of its own, among a crowd that changes things every two seconds."""
    waits = (Waits(), Waits())
    at_work = threading.Thread(target=lambda: asyncio.run(crowd(fleet.url, CROWD, 0, 2.0, 30.0, CROWD, waits)))
    with sync_playwright() as playwright, driver.browser_or_skip(playwright) as browser:
        pages = []
        for step in STEPS:
            page = browser.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            driver.open_app(page, f"{fleet.url}/standard?v=1#step={step}")
            pages.append(page)
        at_work.start()
        while len(waits[0].opened) < CROWD and at_work.is_alive():  # until the crowd has arrived
            pages[0].wait_for_timeout(50)
        yield pages
    at_work.join()


def test_back_after_a_replica_ended(fleet: Fleet, visitors: list[Page], measurement: dict[str, Any]) -> None:
    for page in visitors:
        page.evaluate(WATCH)
    ended = 1000 * time()
    fleet.replicas[0].kill()
    fleet.replicas[0].wait()
    back = []
    for page, step in zip(visitors, STEPS, strict=True):
        page.wait_for_timeout(max(1.0, 1000 * BOUND_SECONDS + 1000 + ended - 1000 * time()))
        changes: list[list[Any]] = page.evaluate("window.changes")
        if any(state == "PINGING_SERVER" for _, state, _ in changes):
            assert changes[-1][1:] == ["CONNECTED", "notRunning"]
            back.append((changes[-1][0] - ended) / 1000)
        expect(page.locator(STAGE_READY)).to_have_attribute("data-step", str(step - 1))
    print(f"{len(back)} of {len(visitors)} were with the replica that ended; back after {back} s")
    measurement.update(measured=max(back, default=0.0), unit="s", bound=BOUND_SECONDS)
    assert max(back, default=0.0) <= BOUND_SECONDS
