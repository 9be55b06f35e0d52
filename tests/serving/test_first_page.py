"""The first HTML, the headers on every answer, and what is closed."""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

import pytest

from tests.serving.asking import Answer


def test_the_first_html_says_where_the_server_is_before_any_script_asks(ask: Callable[..., Answer]) -> None:
    html = ask("/standard?v=1").body.decode()
    assert re.findall(r"<script[^>]*>(.{0,30})", html)[0].startswith("window.__streamlit = {")


def test_the_first_html_comes_compressed_and_again_only_when_it_has_changed(ask: Callable[..., Answer]) -> None:
    plain, compressed = ask("/standard"), ask("/standard", Accept_Encoding="gzip")
    assert gzip.decompress(compressed.body) == plain.body
    for answer, accepted in ((plain, "identity"), (compressed, "gzip")):
        again = ask("/standard", If_None_Match=answer.headers["ETag"], Accept_Encoding=accepted)
        assert (again.status, again.body) == (304, b"")
        assert "Content-Security-Policy" in again.headers
    assert ask("/standard", If_None_Match=plain.headers["ETag"], Accept_Encoding="gzip").status == 200


@pytest.mark.parametrize("path", ["/", "/standard", "/static/js/none.js", "/_stcore/health", "/_stcore/metrics", "/.."])
def test_every_answer_has_the_security_headers(ask: Callable[..., Answer], path: str) -> None:
    headers = ask(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    policy = dict(directive.strip().partition(" ")[::2] for directive in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["frame-ancestors"] == "'self'"


@pytest.mark.parametrize(
    ("query", "ancestors"),
    [("embed=true", "* file:"), ("v=1&embed=True", "* file:"), ("embed=false", "'self'"), ("x=embed=true", "'self'")],
)
def test_only_a_link_for_a_frame_may_be_framed(ask: Callable[..., Answer], query: str, ancestors: str) -> None:
    assert ask(f"/standard?{query}").headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/metrics"),
        ("GET", "/_stcore/metrics/"),
        ("PUT", "/_stcore/upload_file/session/file"),
        ("DELETE", "/_stcore/upload_file/session/file"),
        ("OPTIONS", "/_stcore/upload_file/session/file"),
    ],
)
def test_uploads_and_metrics_are_closed(ask: Callable[..., Answer], method: str, path: str) -> None:
    assert ask(path, method).status == 404


def test_a_large_upload_is_refused_and_the_server_stays(ask: Callable[..., Answer]) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # closed while it was still being sent
        assert ask("/_stcore/upload_file/session/file", "PUT", bytes(50_000_000)).status == 404
    assert ask("/_stcore/health").status == 200


def test_a_link_to_a_stage_comes_with_its_picture(ask: Callable[..., Answer]) -> None:
    def html(path: str) -> str:
        return ask(path).body.decode()

    while 'id="first-picture"' not in html("/standard?v=1&preset=simplest"):
        pass  # a busy server goes without it
    text = html("/standard?v=1&preset=simplest")
    picture = text[text.index('<div id="first-picture" aria-hidden="true"') : text.index("</svg>")]
    assert picture.count('class="number"') == 26
    assert picture.count(">16</text>") == 2  # the sum and the first output
    for path in ("/", "/comparison", "/standard?v=1&preset=same-with-stride"):
        assert 'id="first-picture"' not in html(path)


def test_the_policy_names_every_script_in_the_first_html(ask: Callable[..., Answer]) -> None:
    while 'id="first-picture"' not in (answer := ask("/standard?v=1&preset=simplest")).body.decode():
        pass
    scripts = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)
    assert len(scripts) == 3
    for script in scripts:
        named = f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        assert named in answer.headers["Content-Security-Policy"]
