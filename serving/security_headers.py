"""Headers that tell a browser what the pages may load and run, and who may show them in a frame."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRAMED_BY_ANYONE = "* file:"
"""Share gives away frames for any web page; `*` leaves out a page that lies on a disk."""


class SecurityHeaders:
    """Set the headers on every answer. Only a link that asks to be embedded may be framed by other hosts."""

    def __init__(self, app: ASGIApp, *, inline_scripts: Iterable[str]) -> None:
        self.app = app
        self.policy = content_security_policy(inline_scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ancestors = FRAMED_BY_ANYONE if asks_to_be_embedded(scope["query_string"]) else "'self'"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))  # a kept answer keeps its own
                headers["X-Content-Type-Options"] = "nosniff"
                # A link says what somebody plays: another site learns the host alone.
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
                headers["Content-Security-Policy"] = f"{self.policy}; frame-ancestors {ancestors}"
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def asks_to_be_embedded(query: bytes) -> bool:
    """Tell whether a query asks for Streamlit's embedded view.

    >>> asks_to_be_embedded(b"v=1&embed=true"), asks_to_be_embedded(b"v=1")
    (True, False)
    """
    return "true" in (value.lower() for value in parse_qs(query.decode("latin-1")).get("embed", []))


def content_security_policy(inline_scripts: Iterable[str]) -> str:
    """Return the policy under which the pages work: nothing comes from another host, no script but those named."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline_scripts)
    return "; ".join(
        (
            "default-src 'none'",
            # Streamlit imports the script of a component from a blob that it makes of the text it was sent.
            f"script-src 'self' blob: {hashes}".rstrip(),
            # Streamlit, Plotly and the pages write styles as they go.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
        )
    )
