"""The HTML that a browser gets first: Streamlit's, and beyond that where the server is and what the page needs.

Opened at /standard, Streamlit's page looks for its server below /standard first and learns from two 404s that it is not
there. Told in the first HTML, it asks once, and connects sooner. What `serving.page_chunks` names comes meanwhile, and
a picture of the stage stands where the stage will be.
"""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from anyio import CapacityLimiter, move_on_after, to_thread
from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

import stage
from serving.encodings import ONCE, Encoding, compress, preferred
from serving.known_answers import is_known
from serving.page_chunks import STAGE, chunks, elements
from serving.route_path import route_path
from serving.security_headers import asks_to_be_embedded
from stage.player_files import address, placing_script

Picture = Callable[[str, str], str]
"""Draws the picture of a page and a query as SVG; "" where there is none."""

# Worked out in the browser, as the addresses of the page's own scripts are: no proxy has to tell its prefix.
WHERE_THE_SERVER_IS = 'window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };'
HOME = "home"
"""The name of the page that is shown at the address of the app itself."""
NOT_PAGES = ("/static/", "/player/", "/_stcore/", "/media/", "/component/", "/record/")
PATIENCE = 0.5
"""Seconds that the first HTML waits for a picture: without it, it is as good as it was."""
KEPT_BYTES = 4_000_000
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CONDITIONS = (b"if-none-match", b"if-modified-since")


@cache
def first_html(shown: tuple[str, ...]) -> str:
    """Return Streamlit's own HTML, which moreover says where the server is, and which scripts these elements need.

    The elements' scripts are named last: a browser asks for six files at a time, and for what every page needs first.
    """
    files = [address()] if STAGE[0] in shown else []
    files += chunks(shown)
    text = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    before, script, after = text.partition("<script")
    head, end, body = after.partition("</head>")
    hints = "".join(f'  <link rel="modulepreload" crossorigin href="./{file}">\n  ' for file in files)
    return f"{before}<script>{WHERE_THE_SERVER_IS}</script>\n    {script}{head}{hints}{end}{body}"


def with_picture(html: str, svg: str, is_alone: bool) -> str:
    """Return the HTML with a picture before all else, which no screen reader reads: it is the stage that it knows."""
    style, script = _style(), placing_script()
    data = f'id="first-picture" aria-hidden="true" data-alone="{str(is_alone).lower()}"'
    return html.replace(
        "<body>", f"<body>\n    <div {data}><style>{style}</style>{svg}</div><script>{script}</script>", 1
    )


@cache
def _style() -> str:
    return Path(stage.__file__).with_name("first_picture.css").read_text(encoding="utf-8")


def inline_scripts() -> tuple[str, ...]:
    """The scripts written out in the first HTML of any page."""
    return tuple(_INLINE.findall(with_picture(first_html(()), "", is_alone=False)))


class FirstPage:
    """Answer with our HTML wherever Streamlit answers with its own."""

    def __init__(self, app: ASGIApp, *, picture: Picture, script: str) -> None:
        self.app = app
        self.picture = picture
        self.script = script
        self._one_at_a_time = CapacityLimiter(1)
        self._kept: LRUCache[tuple[str, Encoding | None], bytes] = LRUCache(KEPT_BYTES, getsizeof=len)

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
                    answer = self._answer(await self._html(scope), Headers(scope=scope))
                    await answer(scope, receive, send)
            if not is_ours:
                await send(message)

        # Streamlit must not say that *its* page has not changed.
        unconditional = [header for header in scope["headers"] if header[0] not in _CONDITIONS]
        await self.app({**scope, "headers": unconditional}, receive, send_ours)

    async def _html(self, scope: Scope) -> str:
        """The first HTML of a page, with the picture of its link where that can be had at once."""
        page = route_path(scope).strip("/") or HOME
        query = scope["query_string"]
        is_embedded = asks_to_be_embedded(query)
        loaded = f'<script type="module" src="./{self.script}"></script></body>'
        html = first_html(elements(page, is_embedded)).replace("</body>", loaded, 1)
        svg = ""
        with move_on_after(PATIENCE):
            svg = await to_thread.run_sync(
                self.picture, page, query.decode("latin-1"), abandon_on_cancel=True, limiter=self._one_at_a_time
            )
        return with_picture(html, svg, is_embedded) if svg else html

    def _answer(self, html: str, asked: Headers) -> Response:
        """The answer to a request with these headers: compressed as it asks, or that nothing has changed."""
        encoding = preferred(asked.get("accept-encoding", ""))
        body = self._encoded(html, encoding)
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        answer = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if is_known(tag, asked):
            return Response(status_code=304, headers=answer)
        if encoding is not None:
            answer["Content-Encoding"] = encoding
        return Response(body, headers=answer, media_type="text/html")

    def _encoded(self, html: str, encoding: Encoding | None) -> bytes:
        key = (sha256(html.encode()).hexdigest(), encoding)
        if key not in self._kept:
            body = compress(html.encode(), encoding, ONCE) if encoding else html.encode()
            if len(body) > KEPT_BYTES:
                return body
            self._kept[key] = body
        return self._kept[key]
