"""A page of another host opens no WebSocket, and nobody on the internet is asked about it."""

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from serving.websocket_origin import is_allowed
from tests.browser.driver import Server
from tests.serving.conftest import Internet


def opens(server: Server, origin: str | None) -> bool:
    """Tell whether a WebSocket opens for a page of `origin`."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    try:
        with connect(address, origin=origin and Origin(origin), proxy=None, open_timeout=60):
            return True
    except InvalidStatus as refused:
        if refused.response.status_code != 403:
            raise
        return False


@pytest.mark.parametrize(
    "origin",
    ["https://other.example", "null", "http://127.0.0.1.other.example", "https://[", "http://localhost.other.example"],
)
def test_another_host_is_refused_without_asking_the_internet(server: Server, internet: Internet, origin: str) -> None:
    assert not opens(server, origin)
    assert internet.asked == []


def test_the_servers_own_pages_and_programs_without_an_origin_connect(server: Server, internet: Internet) -> None:
    assert opens(server, server.url)
    assert opens(server, None)
    assert internet.asked == []


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("https://school.example", "school.example", True),
        ("https://school.example:8443", "school.example:8443", True),
        ("https://school.example:8443", "school.example", False),
        ("http://localhost:3000", "school.example", True),
        ("https://school.example.evil.example", "school.example", False),
        ("https://school.example@evil.example", "school.example", False),
    ],
)
def test_an_origin_is_held_against_the_host_that_was_asked(origin: str, host: str, allowed: bool) -> None:
    assert is_allowed(origin, host) == allowed
