"""A first visit with nothing in the cache: how much comes, when there is a picture, when the stage plays and when all
is there; and a second visit. On several lines and screens.

The peers are a page of Streamlit's with one slider, and our own server for a browser that reads no encoding.
"""

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import driver
from tests.browser.driver import APP_IDLE, STAGE_READY
from tests.browser.stage import LAPTOP, PHONE

ROUNDS = 3
BYTES_BOUND = 0.4
MEGABYTES_BOUND = 2.4
READ = "br, gzip"
PICTURE = f"#first-picture svg, {STAGE_READY}"


@dataclass(frozen=True)
class Line:
    """What is between the browser and the server; no rate is this machine alone."""

    bits_a_second: float | None
    latency_ms: float


@dataclass(frozen=True)
class Bounds:
    """At most so many seconds until there is a picture, and until the stage plays."""

    picture: float
    stage: float


FAST, SLOW, LOCAL = Line(9e6, 60), Line(1.6e6, 150), Line(None, 0)
CASES = {
    "9_mbit": (FAST, LAPTOP, Bounds(0.6, 2.5)),
    "9_mbit_phone": (FAST, PHONE, Bounds(0.6, 2.5)),
    "1.6_mbit": (SLOW, LAPTOP, Bounds(2, 10)),
    "local": (LOCAL, LAPTOP, Bounds(0.6, 1.2)),
}


@dataclass(frozen=True)
class Visit:
    """What came over the line, in MB; the seconds until there was a picture of the stage, until the stage played, and
    until Plotly was there as well; those until it played at a second visit."""

    megabytes: float
    picture: float
    stage: float
    all: float
    again: float


def slowed(page: Page, line: Line) -> list[float]:
    """Put a line before a page; return where the bytes that come are noted."""
    session = page.context.new_cdp_session(page)
    came = [0.0]
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    session.send("Network.enable")
    rate = -1 if line.bits_a_second is None else line.bits_a_second / 8
    limits = {"offline": False, "latency": line.latency_ms, "downloadThroughput": rate, "uploadThroughput": rate}
    session.send("Network.emulateNetworkConditions", limits)
    return came


def opened_after(page: Page, url: str, selector: str) -> float:
    """Open an address, and return the seconds until there is something."""
    start = perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(selector).first.wait_for()
    return perf_counter() - start


def visit(browser: Browser, url: str, line: Line, screen: ViewportSize, encodings: str = READ) -> Visit:
    """Open the standard page in a browser that has seen nothing and reads these encodings."""
    with browser.new_context(viewport=screen, extra_http_headers={"Accept-Encoding": encodings}) as context:
        page = context.new_page()
        page.set_default_timeout(driver.PATIENCE)
        came = slowed(page, line)
        start = perf_counter()
        picture = opened_after(page, f"{url}/standard", PICTURE)
        page.locator(STAGE_READY).first.wait_for()
        stage = perf_counter() - start
        page.wait_for_function("() => window.Plotly")
        everything = perf_counter() - start
        page.locator(APP_IDLE).first.wait_for()
        megabytes = sum(came) / 1e6
        return Visit(megabytes, picture, stage, everything, opened_after(page, f"{url}/standard", STAGE_READY))


def visit_bare(browser: Browser, url: str, line: Line, screen: ViewportSize) -> float:
    """Open the page with one slider in a browser that has seen nothing; return the seconds until it is there."""
    with browser.new_context(viewport=screen) as context:
        page = context.new_page()
        page.set_default_timeout(driver.PATIENCE)
        slowed(page, line)
        return opened_after(page, url, 'input[type="range"]')


def test_first_visit_bytes(browser: Browser, address: str, measurement: dict[str, Any]) -> None:
    """Beside what comes without compression. The first visit of each is the server's, that has nothing ready yet."""
    ours, peer = ([visit(browser, address, LOCAL, LAPTOP, read) for _ in range(2)][1] for read in (READ, "identity"))
    print(f"{ours.megabytes:.2f} MB; not compressed {peer.megabytes:.2f} MB")
    ratio = ours.megabytes / peer.megabytes
    measurement.update(measured=ours.megabytes, unit="MB", ratio=ratio, bound=BYTES_BOUND)
    assert ratio <= BYTES_BOUND
    assert ours.megabytes <= MEGABYTES_BOUND


@pytest.mark.parametrize("case", CASES)
def test_a_first_visit(browser: Browser, address: str, bare: str, measurement: dict[str, Any], case: str) -> None:
    """Both by turns. What is wanted is told: on a busy machine the browser's own work takes longer than the line."""
    line, screen, wanted = CASES[case]
    ours, peers = [], []
    for _ in range(ROUNDS):
        ours.append(visit(browser, address, line, screen))
        peers.append(visit_bare(browser, bare, line, screen))
    picture, stage, all_there, again = (
        median(getattr(one, until) for one in ours) for until in ("picture", "stage", "all", "again")
    )
    peer = median(peers)
    print(
        f"{case}: picture {picture:.2f} s (wanted {wanted.picture}), stage {stage:.2f} s (wanted {wanted.stage}), "
        f"all {all_there:.2f} s, again {again:.2f} s; a bare page {peer:.2f} s"
    )
    measurement.update(ours_ms=1e3 * stage, peer_ms=1e3 * peer, ratio=stage / peer, peer="a page with one slider")
