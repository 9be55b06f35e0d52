"""What stands around Streamlit: who may connect, what is closed, security headers, compression, the first HTML.

Each module is one ASGI middleware. `middleware` puts them in order; app.py hands them to Streamlit.
"""

from collections.abc import Iterable, Mapping

from starlette.middleware import Middleware

from serving.closed_routes import ClosedRoutes
from serving.compression import CompressedOnce
from serving.first_page import FirstPage, Picture, inline_scripts
from serving.own_files import OwnFiles, address_of
from serving.security_headers import SecurityHeaders
from serving.websocket_origin import SameOrigin


def middleware(
    scripts: Iterable[str], picture: Picture, term_script: str, pictures: Mapping[str, bytes]
) -> list[Middleware]:
    """Return the middleware, the outermost first.

    `scripts` are those that the pages mount as text; `picture` draws what stands in the first HTML of a link;
    `term_script` is what every page loads once it is there; `pictures` are PNG files by their addresses.
    """
    terms = address_of("terms", term_script)
    return [
        Middleware(SecurityHeaders, inline_scripts=(*inline_scripts(), *scripts)),
        Middleware(ClosedRoutes),
        Middleware(SameOrigin),
        Middleware(FirstPage, picture=picture, script=terms),
        Middleware(CompressedOnce),
        Middleware(OwnFiles, scripts={terms: term_script}, pictures=pictures),
    ]
