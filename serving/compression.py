"""Streamlit's scripts and styles and the player's, compressed when first asked for and then kept.

Streamlit sends its own as they are, for it would compress them anew for everybody: 7.8 MB for a first visit.
"""

import asyncio

from anyio import to_thread
from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.encodings import ONCE, SMALLEST, Encoding, compress, preferred
from serving.known_answers import is_known
from serving.route_path import route_path

KEPT_BYTES = 32_000_000
"""How much is kept for the process: all that Streamlit has takes half of it in both encodings."""
TEXT = ("text/", "application/javascript", "application/json", "application/wasm", "image/svg+xml")
FOLDERS = ("/static/", "/player/")
_NOT_PASSED_ON = (b"if-none-match", b"if-modified-since", b"range", b"if-range")

Key = tuple[str, Encoding]


class CompressedOnce:
    """Compress what lies in these folders and never changes. Who asks for a file meanwhile waits for the same work."""

    def __init__(self, app: ASGIApp, *, kept_bytes: int = KEPT_BYTES) -> None:
        self.app = app
        self._kept: LRUCache[Key, Response] = LRUCache(kept_bytes, getsizeof=lambda answer: len(answer.body))
        self._under_way: dict[Key, asyncio.Task[Response]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] == "GET" and route_path(scope).startswith(FOLDERS):
            asked = Headers(scope=scope)
            encoding = preferred(asked.get("accept-encoding", ""))
            send = _says_that_it_varies(send)  # or a cache between would give everybody what one browser reads
            if encoding is not None and "range" not in asked:
                app = _unless_unchanged(await self._answer(scope, encoding), asked)
        await app(scope, receive, send)

    async def _answer(self, scope: Scope, encoding: Encoding) -> Response:
        key = (scope["path"], encoding)
        if key in self._kept:
            return self._kept[key]
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._make(scope, key))
            task.add_done_callback(lambda _: self._under_way.pop(key))
        return await asyncio.shield(task)  # a visitor who leaves does not take the work from the others

    async def _make(self, scope: Scope, key: Key) -> Response:
        answer = await _ask(self.app, scope)
        headers = answer.headers
        is_text = headers.get("content-type", "").startswith(TEXT)
        if answer.status_code != 200 or "immutable" not in headers.get("cache-control", ""):
            return answer
        if not is_text or len(answer.body) < SMALLEST:
            return answer
        encoding = key[1]
        compressed = await to_thread.run_sync(compress, bytes(answer.body), encoding, ONCE)
        kept = Response(compressed, headers={name: headers[name] for name in ("content-type", "cache-control")})
        kept.headers["Content-Encoding"] = encoding
        if "etag" in headers:
            kept.headers["ETag"] = f'{headers["etag"].removesuffix(chr(34))}-{encoding}"'
        if len(compressed) <= self._kept.maxsize:
            self._kept[key] = kept
        return kept


async def _ask(app: ASGIApp, scope: Scope) -> Response:
    """Return the app's whole answer to a request, as if the browser had nothing yet."""
    start: Message = {}
    body = bytearray()

    request: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not request:
            await asyncio.Event().wait()  # what comes next is that the browser has left, and this one never does
        return request.pop()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    headers = [header for header in scope["headers"] if header[0] not in _NOT_PASSED_ON]
    await app({**scope, "headers": headers, "extensions": {}}, receive, keep)
    answer = Response(bytes(body), status_code=start["status"])
    answer.raw_headers = MutableHeaders(scope=start).raw
    return answer


def _says_that_it_varies(send: Send) -> Send:
    """Return `send`, with the header that the answer depends on what the browser reads."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            headers.add_vary_header("Accept-Encoding")
            message = {**message, "headers": headers.raw}
        await send(message)

    return send_varying


def _unless_unchanged(answer: Response, asked: Headers) -> Response:
    """Return `answer`, or that the browser has it already."""
    if answer.status_code != 200 or not is_known(answer.headers.get("etag"), asked):
        return answer
    names = ("etag", "cache-control")
    return Response(status_code=304, headers={name: answer.headers[name] for name in names if name in answer.headers})
