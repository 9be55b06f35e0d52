"""Small Streamlit components of the pages' own: the HTML, CSS and JavaScript of each are files here, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from sharing.glossary import meanings
from stage.player_files import page_presenter_script

_FOLDER = Path(__file__).parent


@cache
def _component(name: str, isolate_styles: bool = True) -> Any:
    html, js = (_read(name, end) for end in ("html", "js"))
    css = _read(name, "css") if (_FOLDER / f"{name}.css").exists() else None
    return st.components.v2.component(name, html=html, css=css, js=js, isolate_styles=isolate_styles)


def _read(name: str, end: str) -> str:
    return (_FOLDER / f"{name}.{end}").read_text(encoding="utf-8")


@cache
def page_scripts() -> tuple[str, ...]:
    """Return the scripts of every page: where the keys go, what is said while the server does not answer, that the
    address is that of the page, which controls are at fault, what a phone shows of the stage, and the theme.
    """
    return tuple(_read(name, "js") for name in ("focus", "connection", "address", "faults", "phone", "theme"))


@cache
def term_script() -> str:
    """Return the script by which the terms on a page explain themselves, with what they mean."""
    written = _read("terms", "js").replace('import { meanings } from "./meanings.js";\n', "", 1)
    return f"const meanings = {json.dumps(meanings(), ensure_ascii=False)};\n{written}"


def mount_page_scripts() -> None:
    """Mount the scripts of every page. As text in the page, they run only where its security policy names them.

    What looks like a tag in a script, in a comment too, lets Streamlit throw it away.
    """
    with st.container(key="page_scripts"):
        for script in page_scripts():
            st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def show_toolbar(key: str) -> Any:
    """Show the buttons of a page with a stage. What is shared or downloaded is what the player shows.

    The component's result has `share` and `download`: the fragment at the press of the button, or None.
    """
    return _component("toolbar")(
        key=key, width="content", on_share_change=lambda: None, on_download_change=lambda: None
    )


def show_changes(key: str, data: dict[str, Any], on_pressed: Any) -> None:
    """Show the buttons that undo, redo and reset, given what of it can be done.

    The component's result has `pressed`: {"toolbar", "first", "presses"}, those that it does not know to be heard.
    """
    _component("changes")(key=key, data=data, width="content", on_pressed_change=on_pressed)


def show_copy_field(label: str, text: str, key: str, title: str = "") -> None:
    """Show a text that is there to be copied, with a button that does; a link with a title can be sent, too.

    It is sent by the system's own share sheet, where the browser has one.
    Its styles are the document's: a dialog lets Tab reach no button that is in a shadow root.
    """
    _component("copy_field", isolate_styles=False)(key=key, data={"label": label, "text": text, "title": title})


def show_array_file(key: str, label: str, too_large: str, most: int, on_file: Any) -> None:
    """Show a field that reads a file of at most that many bytes in the browser; of a larger one it says `too_large`.

    The component's result has `file`: the bytes in base64, once one is chosen, or None.
    """
    data = {"label": label, "too_large": too_large, "most": most}
    _component("array_file")(key=key, data=data, on_file_change=on_file)


def show_paper(key: str, data: dict[str, Any], on_drawn: Any) -> None:
    """Show paper that a digit can be drawn on, given what is on it at first, in its units, and its words.

    The component's result has `drawn`: all strokes, each as x, y, x, y and so on, after one was drawn or taken back.
    """
    _component("draw_digit")(key=key, data=data, on_drawn_change=on_drawn)


def show_film(key: str, data: dict[str, Any], on_stop: Any) -> None:
    """Show the button that plays a film along a slider; `film.js` says what it is given.

    The component's result has `stop`: the stop of the slider at which it was halted, or None.
    """
    _component("film")(key=key, width="content", data=data, on_stop_change=on_stop)


def show_qr_code(svg: str, key: str) -> None:
    """Show a QR code, given as SVG, with a button that lets it fill the screen."""
    _component("qr_code", isolate_styles=False)(key=key, data={"svg": svg})


def show_pictures(key: str, name: str, title: str, on_frames: Any) -> Any:
    """Show the buttons that take pictures of the stage away: files are called after `name`, `title` stands in them.

    The component's result has `frames`: what `exports.gif.read_frames` reads, once those of a GIF were drawn, or None.
    """
    # its styles are the player's, which are the document's
    return _component("pictures", isolate_styles=False)(
        key=key, data={"name": name, "title": title}, on_frames_change=on_frames
    )


def save_file(key: str, button: str, file: int) -> None:
    """Press a download button, the one in the container of that key, as soon as it is there: once for each `file`."""
    _component("save")(key=key, data={"button": f".st-key-{button} button", "file": file})


@cache
def _present_button() -> Any:
    script = page_presenter_script()
    return st.components.v2.component("present", html=_read("present", "html"), css=_read("toolbar", "css"), js=script)


def show_present_button(key: str, is_presenting: bool, press: int | None, on_present: Any) -> None:
    """Show the button that presents a page without a stage.

    The component's result has `present`: whether presenter view was entered or left, or None.
    """
    _present_button()(
        key=key, width="content", data={"presenting": is_presenting, "press": press}, on_present_change=on_present
    )
