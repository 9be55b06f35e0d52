"""What stands around Streamlit: who may connect, what is closed, security headers, compression, the first HTML.

Each module is one ASGI middleware. `middleware` puts them in order; app.py hands them to Streamlit.
"""

from collections.abc import Iterable

from starlette.middleware import Middleware

from serving.closed_routes import ClosedRoutes
from serving.compression import CompressedOnce
from serving.first_page import FirstPage, first_page
from serving.security_headers import SecurityHeaders
from serving.websocket_origin import SameOrigin


def middleware(inline_scripts: Iterable[str]) -> list[Middleware]:
    """Return the middleware, the outermost first. `inline_scripts` are the scripts that the pages mount as text."""
    page = first_page()
    return [
        Middleware(SecurityHeaders, inline_scripts=(*page.inline_scripts, *inline_scripts)),
        Middleware(ClosedRoutes),
        Middleware(SameOrigin),
        Middleware(FirstPage, page=page),
        Middleware(CompressedOnce),
    ]
