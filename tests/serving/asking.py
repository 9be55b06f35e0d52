"""A server asked by plain HTTP, its answers as they were sent."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer of the server's, its body as it was sent."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def asks(url: str) -> Callable[..., Answer]:
    """Return `ask(path, method="GET", body=None, **headers)`; in a header's name, _ stands for -."""

    def ask(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    return ask
