"""The HTML that a browser gets first: Streamlit's, which moreover says where the server is.

Opened at /standard, Streamlit's page looks for its server below /standard first and learns from two 404s that it is not
there. Told in the first HTML, it asks once, and connects sooner.
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from serving.encodings import Encoding, compress, preferred
from serving.known_answers import is_known
from serving.route_path import route_path

# Worked out in the browser, as the addresses of the page's own scripts are: no proxy has to tell its prefix.
WHERE_THE_SERVER_IS = 'window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };'
NOT_PAGES = ("/static/", "/_stcore/", "/media/", "/component/", "/record/")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CONDITIONS = (b"if-none-match", b"if-modified-since")


@dataclass(frozen=True)
class Html:
    """The first HTML."""

    text: str

    @property
    def inline_scripts(self) -> tuple[str, ...]:
        """The scripts written out in it."""
        return tuple(_INLINE.findall(self.text))

    def response(self, headers: Headers) -> Response:
        """Return the answer to a request with these headers: compressed as it asks, or that nothing has changed."""
        encoding = preferred(headers.get("accept-encoding", ""))
        body = _encoded(self.text, encoding)
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        answer = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if is_known(tag, headers):
            return Response(status_code=304, headers=answer)
        if encoding is not None:
            answer["Content-Encoding"] = encoding
        return Response(body, headers=answer, media_type="text/html")


@cache
def _encoded(text: str, encoding: Encoding | None) -> bytes:
    return compress(text.encode(), encoding) if encoding else text.encode()


def first_page() -> Html:
    """Return Streamlit's own HTML with the script that says where the server is before all others."""
    text = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    before, script, after = text.partition("<script")
    return Html(f"{before}<script>{WHERE_THE_SERVER_IS}</script>\n    {script}{after}")


class FirstPage:
    """Answer with our HTML wherever Streamlit answers with its own."""

    def __init__(self, app: ASGIApp, *, page: Html) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_read = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if not is_read or route_path(scope).startswith(NOT_PAGES):
            await self.app(scope, receive, send)
            return
        is_ours = False

        async def send_ours(message: Message) -> None:
            nonlocal is_ours
            if message["type"] == "http.response.start":
                kind = MutableHeaders(scope=message).get("content-type", "")
                is_ours = message["status"] == 200 and kind.startswith("text/html")
                if is_ours:
                    await self.page.response(Headers(scope=scope))(scope, receive, send)
            if not is_ours:
                await send(message)

        # Streamlit must not say that *its* page has not changed.
        unconditional = [header for header in scope["headers"] if header[0] not in _CONDITIONS]
        await self.app({**scope, "headers": unconditional}, receive, send_ours)
