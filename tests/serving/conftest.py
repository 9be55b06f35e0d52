"""The app, served, with every way to the internet leading to a listener that writes down who was asked for."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.browser import driver
from tests.browser.driver import Server
from tests.serving.asking import Answer, asks


@dataclass
class Internet:
    """A proxy that answers nothing, and what it was asked for."""

    url: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def internet() -> Iterator[Internet]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        internet = Internet(f"http://127.0.0.1:{listener.getsockname()[1]}")

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:  # closed: the tests are over
                    return
                with connection:
                    internet.asked.append(connection.recv(4096).decode(errors="replace"))

        threading.Thread(target=listen, daemon=True).start()
        yield internet


@pytest.fixture(scope="session")
def server(internet: Internet) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as environment:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            environment.setenv(name, internet.url)
        environment.setenv("no_proxy", "127.0.0.1,localhost")
        with driver.start_server() as started:
            yield started


@pytest.fixture
def ask(server: Server) -> Callable[..., Answer]:
    return asks(server.url)
