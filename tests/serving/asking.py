"""A server asked by plain HTTP, its answers as they were sent."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message


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


async def ask_app(app: ASGIApp, address: str, **headers: str) -> Answer:
    """Ask an app in this process; in a header's name, _ stands for -."""
    path, _, query = address.partition("?")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    scope["headers"] = [(name.replace("_", "-").lower().encode(), text.encode()) for name, text in headers.items()]
    await app(scope, receive, send)
    answered = http.client.HTTPMessage()
    for name, value in sent[0]["headers"]:
        answered[name.decode()] = value.decode()
    return Answer(sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:]))
