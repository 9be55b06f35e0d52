"""The record of a link, which the browser asks for itself while Streamlit runs the page, or before.

`GET /record/<version>/<page>?<a link's parameters>` answers what that page shows: of a page with a stage, what a run
would send to it; of a run of training, its film. Where there is no such layer it is {"problem": sentence}. What a link
may not say is refused: {"error": sentence}, 4xx. The answer depends on the address alone: any replica can give it, and
any cache may keep it for good.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from engine import LayerError
from kinds.links import decode
from serving.encodings import SMALLEST, WHILE_WAITING, Encoding, compress, preferred
from serving.known_answers import is_known
from sharing.link import LONGEST_QUERY, State
from sharing.record_path import version
from stage.model import Unplayable
from stage.wire import to_wire

KEPT_BYTES = 16_000_000
"""How many bytes of answers the process keeps, as they were sent."""
MOST_AT_ONCE = 2
"""Records that are made at once: more would only wait for each other."""
MOST_UNDER_WAY = 66
"""Whoever comes when so many are made or wait already is refused: the page has another way."""
FOR_GOOD = "public, max-age=31536000, immutable"

Find = Callable[[Any], Mapping[str, Any]]
"""Return what a page shows of its state; LayerError where there is no layer, LookupError where this server has none."""


class Refused(Exception):
    """A request for something that is no link of a page: the status of the answer, and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def record_route(finders: Mapping[str, Find]) -> Route:
    """Return the route to the records of these pages, which also lies below `server.baseUrlPath` where that is set."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return Route(f"{base and f'/{base}'}/record/{{version}}/{{page}}", Records(finders).answer, methods=["GET"])


class Records:
    """Answers requests for records; each is made in a thread, few at a time."""

    def __init__(self, finders: Mapping[str, Find]) -> None:
        self._finders = finders
        self._kept: LRUCache[tuple[str, Encoding | None], bytes] = LRUCache(KEPT_BYTES, getsizeof=len)
        self._threads = CapacityLimiter(MOST_AT_ONCE)
        self._under_way = 0

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        try:
            asked, page = request.path_params["version"], request.path_params["page"]
            if page not in self._finders:
                raise Refused(404, "There is no such page with a record.")
            return await self._record(asked_state(asked, page, request.url.query), request)
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, refused.status, {"Cache-Control": "no-store"})

    async def _record(self, state: State, request: Request) -> Response:
        encoding = preferred(request.headers.get("accept-encoding", ""))
        tag = sha256(f"{version()} {state!r}".encode()).hexdigest()[:32]
        headers = {"ETag": f'W/"{tag}"', "Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
        if is_known(headers["ETag"], request.headers):
            return Response(status_code=304, headers=headers)
        key = (tag, encoding)
        body = self._kept.get(key)
        if body is None:
            body = await self._made(state, encoding)
            if len(body) <= KEPT_BYTES:
                self._kept[key] = body
        if encoding is not None and body[:1] != b"{":
            headers["Content-Encoding"] = encoding
        return Response(body, headers=headers, media_type="application/json")

    async def _made(self, state: State, encoding: Encoding | None) -> bytes:
        if self._under_way >= MOST_UNDER_WAY:
            raise Refused(503, "Too many records are being made: ask again later.")
        self._under_way += 1
        try:
            return await to_thread.run_sync(self._make, state, encoding, limiter=self._threads)
        finally:
            self._under_way -= 1

    def _make(self, state: State, encoding: Encoding | None) -> bytes:
        """Return the body of an answer; one that begins with a brace is not compressed."""
        try:
            found = self._finders[state.page](state)
        except LayerError as error:
            found = to_wire(Unplayable(str(error)))
        except LookupError:
            raise Refused(404, "This server does not have it.") from None
        body = json.dumps(found, separators=(",", ":"), allow_nan=False).encode()
        return body if encoding is None or len(body) < SMALLEST else compress(body, encoding, WHILE_WAITING)


def asked_state(asked_version: str, page: str, query: str) -> State:
    """Return the state that a request means, or raise Refused: here a link has to be understood whole.

    >>> asked_state(version(), "standard", "v=1&preset=floor&stride_height=1").preset
    'floor'
    """
    if asked_version != version():
        raise Refused(404, "This server is of another version.")
    if len(query) > LONGEST_QUERY:
        raise Refused(414, f"The link is longer than {LONGEST_QUERY:,} characters.")
    try:
        parameters = parse_qs(query, keep_blank_values=True, errors="replace", max_num_fields=200)
    except ValueError:
        raise Refused(400, "The link has more than 200 parameters.") from None
    state, problems = decode(page, parameters)
    if problems:
        raise Refused(400, f"A link to this page may not say {problems[0].parameter}={problems[0].said}.")
    found: State = state
    return found
