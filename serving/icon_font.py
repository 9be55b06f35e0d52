"""The icons that the pages show, of the thousands in Streamlit's font, which is a seventh of a first visit.

`scripts/take_icons.py` takes them out of it. The pages ask for Streamlit's address, so ours is answered there.
"""

from functools import cache
from pathlib import Path

from streamlit.file_util import get_static_dir

FONT = Path(__file__).with_name("icons") / "material_symbols.woff2"


@cache
def font() -> bytes:
    """The font, as WOFF2."""
    return FONT.read_bytes()


@cache
def address() -> str:
    """Where Streamlit's pages ask for the font of the icons, below the address of the app.

    >>> address().startswith("static/media/MaterialSymbols-Rounded.")
    True
    """
    streamlits_own = next(Path(get_static_dir(), "static", "media").glob("MaterialSymbols-Rounded.*.woff2"))
    return f"static/media/{streamlits_own.name}"
