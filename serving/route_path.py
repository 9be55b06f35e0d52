"""The path of a request below the address at which the app is served."""

from starlette.types import Scope
from streamlit import config


def route_path(scope: Scope) -> str:
    """Return the request's path without the prefix of a mount or of `server.baseUrlPath`; it begins with a slash."""
    path: str = scope["path"]
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    for prefix in (scope.get("root_path", ""), base and f"/{base}"):
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :] or "/"
    return path
