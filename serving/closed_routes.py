"""Routes of Streamlit's that no page here needs, and that nobody may use to fill the memory or to count visitors."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.route_path import route_path

CLOSED = ("/_stcore/upload_file", "/_stcore/metrics")


class ClosedRoutes:
    """Answer 404 for the closed routes, before a byte of the request's body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        app = self.app
        if scope["type"] == "http" and is_closed(route_path(scope)):
            app = PlainTextResponse("Not Found", status_code=404)
        await app(scope, receive, send)


def is_closed(path: str) -> bool:
    """Tell whether `path` is a closed route, or lies below one.

    >>> is_closed("/_stcore/upload_file/session/file"), is_closed("/_stcore/health")
    (True, False)
    """
    return any(path == route or path.startswith(f"{route}/") for route in CLOSED)
