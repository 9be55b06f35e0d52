"""The player's script and the icons' font: at their addresses, whole, and kept by whoever has them."""

from collections.abc import Callable

import brotli

from serving import icon_font
from stage.player_files import address, script
from tests.serving.asking import Answer


def test_the_player_comes_compressed_and_is_kept(ask: Callable[..., Answer]) -> None:
    answer = ask(f"/{address()}", Accept_Encoding="br")
    assert brotli.decompress(answer.body).decode() == script()
    assert answer.headers["Content-Type"].partition(";")[0] == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Content-Security-Policy" in answer.headers
    assert ask(f"/{address()}").body.decode() == script()


def test_another_players_address_is_not_answered_with_this_one(ask: Callable[..., Answer]) -> None:
    answer = ask(f"/{address().replace('stage.', 'stage.0')}")
    assert answer.body.decode() != script()
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_every_page_with_a_stage_names_the_player(ask: Callable[..., Answer]) -> None:
    hint = f'<link rel="modulepreload" crossorigin href="./{address()}">'
    for path, is_named in {
        "/pooling": True,
        "/standard?embed=true": True,
        "/": True,
        "/gallery": False,
        "/comparison": False,
    }.items():
        assert (hint in ask(path).body.decode()) is is_named


def test_the_icons_are_ours_and_a_browser_that_has_them_gets_none(ask: Callable[..., Answer]) -> None:
    answer = ask(f"/{icon_font.address()}", Accept_Encoding="br")
    assert answer.body == icon_font.font()
    assert answer.headers["Content-Type"] == "font/woff2"
    assert "immutable" not in answer.headers["Cache-Control"]
    again = ask(f"/{icon_font.address()}", Accept_Encoding="br", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
