"""The player's script at an address of its own. The address changes with the text, so a browser asks for it once."""

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.route_path import route_path
from stage.player_files import address, script

FOLDER = "/player/"
FOR_GOOD = "public, immutable, max-age=31536000"


class PlayerScript:
    """Answer with the player's script at its address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and route_path(scope) == f"/{address()}":
            app = Response(script(), headers={"Cache-Control": FOR_GOOD}, media_type="text/javascript")
        await app(scope, receive, send)
