"""Small Streamlit components of the pages' own: the HTML, CSS and JavaScript of each are files here, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


@cache
def _component(name: str) -> Any:
    html, css, js = ((_FOLDER / f"{name}.{end}").read_text(encoding="utf-8") for end in ("html", "css", "js"))
    return st.components.v2.component(name, html=html, css=css, js=js)


def show_toolbar(key: str, on_share: Any, on_download: Any) -> Any:
    """Show the buttons of a page with a stage. What is shared or downloaded is the player's moment, as its fragment.

    The component's result has `share` and `download`: the fragment at the press of the button, or None.
    """
    return _component("toolbar")(key=key, width="content", on_share_change=on_share, on_download_change=on_download)


def show_copy_field(label: str, text: str, key: str) -> None:
    """Show a text that is there to be copied, with a button that does."""
    _component("copy_field")(key=key, data={"label": label, "text": text})


def show_qr_code(svg: str, key: str) -> None:
    """Show a QR code, given as SVG, with a button that lets it fill the screen."""
    _component("qr_code")(key=key, data={"svg": svg})
