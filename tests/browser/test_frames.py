"""What another site may show of the app: the frames that Share gives away, and nothing else."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.driver import PATIENCE, STAGE_READY, Server


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve a folder and say nothing."""

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[Callable[[str], tuple[str, str]]]:
    """Return a function that puts HTML on another site, and on the disk: the addresses of both."""
    handler = partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()

        def publish(html: str) -> tuple[str, str]:
            (tmp_path / "index.html").write_text(html)
            return f"http://localhost:{site.server_port}/", (tmp_path / "index.html").as_uri()

        yield publish
        site.shutdown()


def test_a_frame_for_other_sites_shows_the_stage_there_and_from_a_disk(
    browser: Browser, server: Server, other_site: Callable[[str], tuple[str, str]]
) -> None:
    for address in other_site(f'<iframe src="{server.url}/standard?v=1&embed=true" width=900 height=600></iframe>'):
        with browser.new_context() as context:
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(address)
            page.frame_locator("iframe").locator(STAGE_READY).wait_for(timeout=PATIENCE)


def test_a_link_that_is_not_for_a_frame_shows_nothing_on_another_site(
    browser: Browser, server: Server, other_site: Callable[[str], tuple[str, str]]
) -> None:
    address, _ = other_site(f'<iframe src="{server.url}/standard?v=1" width=900 height=600></iframe>')
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text, timeout=PATIENCE):
            page.goto(address)
