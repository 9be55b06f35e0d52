"""Files of our own: the player's script, those of the pages, pictures, and the icons' font in place of Streamlit's."""

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from serving import icon_font
from serving.route_path import route_path
from stage import player_files

FOR_GOOD = "public, immutable, max-age=31536000"
ASK_FIRST = "public, no-cache"


class OwnFiles:
    """Answer with each of these files at its address."""

    def __init__(self, app: ASGIApp, *, scripts: Mapping[str, str], pictures: Mapping[str, bytes]) -> None:
        self.app = app
        own = {player_files.address(): player_files.script(), **scripts}
        self._answers: dict[str, Callable[[], Response]] = {
            f"/{icon_font.address()}": _icons,
            **{f"/{address}": partial(_script, text) for address, text in own.items()},
            **{f"/{address}": partial(_png, picture) for address, picture in pictures.items()},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            answer = self._answers.get(route_path(scope))
            app = app if answer is None else answer()
        await app(scope, receive, send)


def address_of(name: str, text: str) -> str:
    """Where a script is served, below the address of the app: another one for every text.

    >>> address_of("terms", "a") == address_of("terms", "b")
    False
    """
    return f"player/{name}.{sha256(text.encode()).hexdigest()[:12]}.js"


def _script(text: str) -> Response:
    """Its address changes with the text, so a browser asks for it once."""
    return Response(text, headers={"Cache-Control": FOR_GOOD}, media_type="text/javascript")


def _png(picture: bytes) -> Response:
    """Its address changes with the picture, as a script's does with its text."""
    return Response(picture, headers={"Cache-Control": FOR_GOOD}, media_type="image/png")


def _icons() -> Response:
    """Its address stays when an icon is added, so a browser asks each time whether the font is still the same."""
    font = icon_font.font()
    headers = {"Cache-Control": ASK_FIRST, "ETag": f'"{sha256(font).hexdigest()[:16]}"'}
    return Response(font, headers=headers, media_type="font/woff2")
