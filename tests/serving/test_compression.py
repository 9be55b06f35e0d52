"""Streamlit's scripts arrive compressed, whole, and are compressed once."""

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from serving.compression import CompressedOnce
from tests.coroutines import run
from tests.serving.asking import Answer

LARGEST = max(Path(get_static_dir(), "static", "js").iterdir(), key=lambda path: path.stat().st_size)
ADDRESS = f"/static/js/{LARGEST.name}"
DECODERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip;q=0.5", "gzip")],
)
def test_a_script_comes_in_the_encoding_that_the_browser_reads(
    ask: Callable[..., Answer], accepted: str, encoding: str
) -> None:
    answer = ask(ADDRESS, Accept_Encoding=accepted)
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    assert DECODERS[encoding](answer.body) == LARGEST.read_bytes()
    assert len(answer.body) < LARGEST.stat().st_size / 3
    again = ask(ADDRESS, Accept_Encoding=accepted, If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("headers", [{"Accept_Encoding": "identity"}, {"Accept_Encoding": "br;q=0"}])
def test_who_reads_no_encoding_gets_the_file(ask: Callable[..., Answer], headers: dict[str, str]) -> None:
    answer = ask(ADDRESS, **headers)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.body == LARGEST.read_bytes()


def test_a_part_of_a_file_is_a_part_of_the_file(ask: Callable[..., Answer]) -> None:
    answer = ask(ADDRESS, Accept_Encoding="br", Range="bytes=10-19")
    assert (answer.status, answer.body) == (206, LARGEST.read_bytes()[10:20])


def test_what_is_not_there_is_neither_compressed_nor_kept(ask: Callable[..., Answer]) -> None:
    assert "immutable" not in ask("/static/js/none.js", Accept_Encoding="gzip").headers["Cache-Control"]


class Files:
    """An app that serves a file of `size` bytes at every address, and counts how often it was asked."""

    def __init__(self, size: int, status: int = 200) -> None:
        self.asked = 0
        self.size = size
        self.status = status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        headers = {"Cache-Control": "public, immutable", "ETag": '"1"'}
        body = bytes(index * index % 251 for index in range(self.size))
        await Response(body, self.status, headers, media_type="text/javascript")(scope, receive, send)


async def get(app: CompressedOnce, path: str) -> bytes:
    """Return the body of an answer that may be Brotli."""
    body = bytearray()

    async def receive() -> Message:
        raise AssertionError("no request has a body here")

    async def send(message: Message) -> None:
        body.extend(message.get("body", b""))

    headers = [(b"accept-encoding", b"br")]
    await app({"type": "http", "method": "GET", "path": path, "headers": headers}, receive, send)
    return bytes(body)


def test_those_who_arrive_together_wait_for_one_compression() -> None:
    files = Files(50_000)
    app = CompressedOnce(files)

    async def arrive() -> list[bytes]:
        return await asyncio.gather(*(get(app, "/static/a.js") for _ in range(20)))

    assert len(set(run(arrive()))) == 1
    assert files.asked == 1


def test_what_is_kept_is_bounded_by_its_bytes() -> None:
    files = Files(50_000)
    size = len(run(get(CompressedOnce(files), "/static/a.js")))
    app = CompressedOnce(files, kept_bytes=2 * size)
    files.asked = 0

    async def visit(*names: str) -> int:
        before = files.asked
        for name in names:
            await get(app, f"/static/{name}.js")
        return files.asked - before

    assert run(visit("a", "b", "a", "b")) == 2
    assert run(visit("c", "b", "a")) == 2  # a has gone for c, and c goes for a


def test_an_error_is_not_kept() -> None:
    files = Files(50_000, status=500)
    app = CompressedOnce(files)
    for _ in range(2):
        run(get(app, "/static/a.js"))
    assert files.asked == 2
