"""Which pages may open a WebSocket: those of this server, and those that the settings name.

Streamlit would ask the internet for this machine's own address before it refuses another: inside its event loop, so
that where the internet does not answer, everybody waits two seconds for each such request.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

POLICY_VIOLATION = 1008
LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})
"""Hosts that Streamlit always lets in."""


class SameOrigin:
    """Refuse a WebSocket that a page of another host opens."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one connection in, or refuse it."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if not is_allowed(headers.get("origin"), headers.get("host")):
                await send({"type": "websocket.close", "code": POLICY_VIOLATION})
                return
        await self.app(scope, receive, send)


def is_allowed(origin: str | None, host: str | None) -> bool:
    """Tell whether a page of `origin` may open a WebSocket to `host`. Only a browser names an origin.

    >>> is_allowed("https://example.org", "example.org"), is_allowed("https://other.example", "example.org")
    (True, False)
    """
    if origin is None or not config.get_option("server.enableCORS"):
        return True
    try:
        parts = urlsplit(origin)
        hostname = parts.hostname
    except ValueError:
        return False
    named = {urlsplit(each.strip()).hostname for each in config.get_option("server.corsAllowedOrigins")}
    return parts.netloc == host or hostname in LOCAL | (named - {None})
