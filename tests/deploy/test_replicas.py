"""Two replicas behind nginx: what is reached, what is closed, https, who stays where, and what the end of one costs."""

import asyncio
import gzip
import re
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect as connect_async
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from deploy.serve import Fleet, Settings, free_ports, listens, start_nginx
from sharing.record_path import record_path
from tests.browser import driver
from tests.browser.driver import APP_IDLE, PATIENCE, STAGE_READY
from tests.coroutines import run
from tests.deploy.conftest import PREFIX
from tests.serving.asking import Answer, asks

STEPS = (2, 4, 6)  # one visitor at each: that all are with the other replica is one chance in eight


@pytest.fixture
def ask(fleet: Fleet) -> Callable[..., Answer]:
    return asks(fleet.url)


def test_the_app_lies_below_the_prefix_and_nowhere_else(ask: Callable[..., Answer]) -> None:
    assert ask(f"{PREFIX}/standard").status == 200
    assert ask("/standard").status == 404
    for path in (PREFIX, f"{PREFIX}/standard/"):
        moved = ask(path)
        assert moved.status == 301
        assert moved.headers["Location"] == (f"{PREFIX}/" if path == PREFIX else f"{PREFIX}/standard")


def test_a_host_that_is_not_named_is_not_served(ask: Callable[..., Answer]) -> None:
    assert ask(f"{PREFIX}/standard", Host="other.example").status == 421


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/_stcore/metrics"), ("PUT", "/_stcore/upload_file/session/file")]
)
def test_what_is_closed_is_closed_at_the_door(ask: Callable[..., Answer], method: str, path: str) -> None:
    assert ask(f"{PREFIX}{path}", method).status == 404


def test_a_large_body_is_refused(ask: Callable[..., Answer]) -> None:
    assert ask(f"{PREFIX}/standard", "POST", bytes(100_000)).status == 413


def test_headers_and_compression_pass_through_in_each_encoding(ask: Callable[..., Answer]) -> None:
    html = ask(f"{PREFIX}/standard").body.decode()
    script = html.partition('crossorigin src=".')[2].partition('"')[0]
    plain, packed = (ask(PREFIX + script, Accept_Encoding=accepted) for accepted in ("identity", "gzip"))
    again = ask(PREFIX + script, Accept_Encoding="gzip")  # kept by nginx now
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == gzip.decompress(again.body) == plain.body
    for answer in (plain, packed, again):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
    assert "frame-ancestors 'self'" in ask(f"{PREFIX}/standard").headers["Content-Security-Policy"]


def test_a_record_is_answered_below_the_prefix_by_any_replica_and_kept_for_all(
    ask: Callable[..., Answer], fleet: Fleet
) -> None:
    address = f"/{record_path('standard')}?v=1&preset=simplest&height=5"
    answer, again = (ask(PREFIX + address, Accept_Encoding="identity") for _ in range(2))
    assert answer.status == again.status == 200
    assert answer.body == again.body
    assert "Set-Cookie" not in answer.headers
    for port in fleet.ports:
        assert asks(f"http://127.0.0.1:{port}")(address).body == answer.body
    assert ask(PREFIX + address, If_None_Match=answer.headers["ETag"]).status == 304
    assert ask(f"{PREFIX}/{record_path('standard')}?height=x").status == 400


def test_a_visitor_gets_a_cookie_once(ask: Callable[..., Answer]) -> None:
    given = ask(f"{PREFIX}/standard").headers
    cookies = SimpleCookie("; ".join(each for each in given.get_all("Set-Cookie", []) if each.startswith("visitor=")))
    again = ask(f"{PREFIX}/standard", Cookie=f"visitor={cookies['visitor'].value}").headers
    assert not any(each.startswith("visitor=") for each in again.get_all("Set-Cookie", []))


def test_a_websocket_of_another_site_is_refused_through_nginx(fleet: Fleet) -> None:
    address = fleet.url.replace("http", "ws") + "/_stcore/stream"
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(address, origin=Origin("https://other.example"), proxy=None),
    ):
        pass


def test_a_class_that_reconnects_at_once_is_let_in(fleet: Fleet) -> None:
    """Two hundred from one address, as behind a school's router, in the same moment."""
    address = fleet.url.replace("http", "ws") + "/_stcore/stream"

    async def reconnect() -> None:
        async with connect_async(address, proxy=None, open_timeout=120):
            pass

    async def storm() -> None:
        await asyncio.gather(*(reconnect() for _ in range(200)))

    run(storm())


def open_comparison(session: ClientConnection) -> str:
    """Open the comparison page; return the address of the table that it offers."""
    opening = BackMsg()
    opening.rerun_script.page_name = "comparison"
    session.send(opening.SerializeToString())
    for message in session:
        table = re.search(rb"/media/[0-9a-f]+[.]csv", message if isinstance(message, bytes) else b"")
        if table:
            return table[0].decode()
    raise AssertionError("the page offers no table")


def test_without_a_cookie_a_file_is_found_whichever_replica_made_it(fleet: Fleet, ask: Callable[..., Answer]) -> None:
    """A frame on another site sends no cookie: nginx asks the next replica for what the first does not have."""
    for port in fleet.ports:
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", proxy=None, max_size=None) as session:
            table = open_comparison(session)
            assert [ask(PREFIX + table).status for _ in range(6)] == [200] * 6


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that nginx may read, whoever it works as, with a certificate for this machine in `tls`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        tls = folder / "tls"
        tls.mkdir()
        make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout key.pem -out cert.pem"
        name_it = ["-addext", "subjectAltName=DNS:localhost"]
        subprocess.run([*make.split(), *name_it], cwd=tls, check=True, capture_output=True)
        (tls / "tls.conf").write_text(f"ssl_certificate {tls}/cert.pem;\nssl_certificate_key {tls}/key.pem;\n")
        yield folder


def test_a_certificate_makes_it_https(fleet: Fleet, folder: Path) -> None:
    (port,) = free_ports(1)
    settings = Settings(listen=f"127.0.0.1:{port} ssl http2", hosts="localhost", tls_folder=str(folder / "tls"))
    nginx = start_nginx(settings, fleet.ports, folder)
    try:
        while nginx.poll() is None and not listens(port):
            time.sleep(0.05)
        trust = ssl.create_default_context(cafile=str(folder / "tls" / "cert.pem"))
        with urllib.request.urlopen(f"https://localhost:{port}/standard", context=trust, timeout=60) as answer:
            assert answer.status == 200
        trust.set_alpn_protocols(["h2"])
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            trust.wrap_socket(plain, server_hostname="localhost") as secure,
        ):
            assert secure.selected_alpn_protocol() == "h2"
    finally:
        nginx.terminate()
        nginx.wait(10)


@pytest.fixture
def visitors(fleet: Fleet) -> Iterator[list[Page]]:
    """Visitors with cookies of their own, each at a step of its own."""
    with sync_playwright() as playwright, driver.browser_or_skip(playwright) as browser:
        pages = []
        for step in STEPS:
            page = browser.new_context().new_page()
            page.set_default_timeout(PATIENCE)
            driver.open_app(page, f"{fleet.url}/standard?v=1#step={step}")
            assert step_of(page) == str(step - 1)
            pages.append(page)
        yield pages


def test_a_replica_ends_and_everyone_is_back_at_the_same_step(fleet: Fleet, visitors: list[Page]) -> None:
    """And what they change then is answered."""
    addresses = [page.url for page in visitors]
    fleet.replicas[0].kill()
    fleet.replicas[0].wait()
    for page, step, address in zip(visitors, STEPS, addresses, strict=True):
        page.locator(APP_IDLE).first.wait_for()
        expect(page.locator(STAGE_READY)).to_have_attribute("data-step", str(step - 1))
        assert page.url == address
        change_height(page, "5")
        expect(page.locator(STAGE_READY)).to_be_visible()


def change_height(page: Page, height: str) -> None:
    """Change the input's height. What is changed before the new session's first run has ended is taken back."""
    field = page.get_by_label("Input height")
    while f"height={height}" not in page.url:
        field.fill(height)
        field.press("Enter")
        with suppress(TimeoutError):
            page.wait_for_url(f"**height={height}*", timeout=5000)
    page.locator(APP_IDLE).first.wait_for()


def step_of(page: Page) -> str:
    """Return the step that a visitor's stage shows, counted from 0."""
    return page.locator(STAGE_READY).get_attribute("data-step") or ""
