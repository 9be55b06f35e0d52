"""Find and start a real Chromium, and start the app for it: what the browser tests and the benchmarks both need.

Run as a module, it prints which Chromium would be used, and fails if there is none.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    WebError,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
# The shell is Chromium without windows, menus and profiles: it draws the same and takes three quarters of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no Chromium: `make browser` installs one, or name one in CHROMIUM=/path/to/chromium"

# The script has run to its end, the socket to the server is open, and no element waits for the code that draws it.
APP_IDLE = (
    '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    ':not(:has([data-testid="stSkeleton"]))'
)
# The player sets this once the figure is drawn and the overlay lies on it.
STAGE_READY = '.stage-root[data-ready="true"]'
# A page without a stage has begun to come; before, a busy browser shows a page of Streamlit's that is idle and empty.
TITLE_READY = "main h1"
# What Streamlit shows in place of a page whose script has raised an error.
CRASH = '[data-testid="stException"]'

# The settings are open and move no more. What slides in is narrower until then, and takes no focus.
SETTINGS_REST = """() => {
  const settings = document.querySelector('[data-testid="stSidebar"]');
  const { left, width } = settings.getBoundingClientRect();
  return left === 0 && width > 0 && settings.getAnimations({ subtree: true }).length === 0;
}"""

# How long, in ms, to wait for what a page or a server should do. Only a test that fails waits as long: a machine that
# is busy with other work may take thirty times as long as a quiet one.
PATIENCE = 180_000
expect.set_options(timeout=PATIENCE)

# Nothing that Chromium does of its own accord may reach out, and a name that is not this machine's finds nothing:
# a page that needs the internet fails here as it would in a classroom without it.
LAUNCH_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # the shell would round each letter to whole pixels: words are wider than on a screen
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium(playwright: Playwright) -> Path | None:
    """Return the Chromium to use: the one named in CHROMIUM, else one on the PATH, else Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
    return Path(found) if os.access(found, os.X_OK) else None


def launch(playwright: Playwright, *extra_args: str) -> Browser:
    """Start Chromium, or raise FileNotFoundError where there is none."""
    executable = find_chromium(playwright)
    if executable is None:
        raise FileNotFoundError(NO_BROWSER)
    # Chromium's sandbox refuses to start as root, which is who runs tests in a container.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=executable, args=[*LAUNCH_ARGS, *sandbox, *extra_args])


@contextmanager
def browser_or_skip(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium. Without one, skip, but fail in CI, where skipping would hide every test that needs it."""
    try:
        started = launch(playwright)
    except FileNotFoundError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))
    yield started
    started.close()


@dataclass(frozen=True)
class Server:
    """A running app."""

    url: str
    log: Path
    pid: int

    def read_log(self, start: int = 0) -> str:
        """Return what the server has logged, from byte `start` on. The log goes when the server does."""
        return self.log.read_bytes()[start:].decode(errors="replace") if self.log.exists() else ""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def start_server(app: str | Path = "app.py", *, root: Path = ROOT, port: int | None = None) -> Iterator[Server]:
    """Serve `app`, a path from `root`, on a port that is free or at a given one, until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with tempfile.TemporaryDirectory(prefix="convolution-visualizer-") as folder:
        log = Path(folder, "server.log")
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=root, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        server = Server(f"http://127.0.0.1:{port}", log, process.pid)
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(server: Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)  # nobody listens yet, and nothing tells when somebody does
    raise RuntimeError(f"the server did not start (exit code {process.poll()}); it logged:\n{server.read_log()}")


def open_app(page: Page, url: str, *, ready: str | None = STAGE_READY, **query: object) -> Page:
    """Open `url` with `query`, and wait until the script is done and `ready` (a selector) is there."""
    page.goto(f"{url}?{urlencode(query)}" if query else url)
    page.locator(APP_IDLE).first.wait_for()
    if ready is not None:
        page.locator(ready).first.wait_for()
        # A server's first run begins anew, and what is ready may not be all there is.
        page.locator(APP_IDLE).first.wait_for()
    return page


def open_settings(page: Page) -> None:
    """Open a phone's settings, and wait until they have come all the way."""
    page.get_by_test_id("stExpandSidebarButton").click()
    page.wait_for_function(SETTINGS_REST)


def watch(context: BrowserContext, url: str) -> list[str]:
    """Return a list that fills with all that goes wrong in `context`, and with any request that leaves `url`'s host."""
    problems: list[str] = []
    host = urlsplit(url).netloc

    def is_replaced(address: str) -> bool:
        # Streamlit asks whether a download is there, and a run that came in between may have replaced it by another.
        return urlsplit(address).path.startswith("/media/")

    def console(message: ConsoleMessage) -> None:
        is_answer = is_replaced(message.location["url"]) or "Download Button source error - 404" in message.text
        if message.type == "error" and not is_answer:
            problems.append(f"console: {message.text} ({message.location['url']})")

    def request(sent: Request) -> None:
        where = urlsplit(sent.url)
        if where.scheme in {"http", "https", "ws", "wss"} and where.netloc != host:
            problems.append(f"left the host: {sent.url}")

    def request_failed(sent: Request) -> None:
        # Leaving a page aborts what it was still loading, which is no fault of the page.
        if sent.failure != "net::ERR_ABORTED":
            problems.append(f"request failed: {sent.url} ({sent.failure})")

    def response(received: Response) -> None:
        if received.status >= 400 and not is_replaced(received.url):
            problems.append(f"{received.status} for {received.url}")

    def error(raised: WebError) -> None:
        problems.append(f"error in the page: {raised.error}")

    context.on("console", console)
    context.on("request", request)
    context.on("requestfailed", request_failed)
    context.on("response", response)
    context.on("weberror", error)
    return problems


if __name__ == "__main__":
    with sync_playwright() as started:
        chromium = find_chromium(started)
    print(f"Chromium: {chromium}" if chromium else NO_BROWSER)
    sys.exit(chromium is None)
