"""The pictures beside each other, as a Streamlit component."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import streamlit as st

from engine.arrays import Floats
from engine.messages import fill
from pages.shared.address import is_presenting
from pages.shared.enlarging import Enlargement, shown
from pages.shared.labels import label_of, option_label
from pages.upsampling_parts.words import TEMPLATES, caption, number_text
from sharing.upsampling import LARGEST_RESULT, UpsamplingState
from stage.player_files import PLAYER, picture_row_script

_PRESENTED = 384


@cache
def _component() -> Any:
    html, css = ((PLAYER / f"picture_row.{end}").read_text(encoding="utf-8") for end in ("html", "css"))
    return st.components.v2.component("picture_row", html=html, css=css, js=picture_row_script())


def show_pictures(key: str, state: UpsamplingState, found: Sequence[Enlargement], on_pixel: Callable[[], None]) -> None:
    """Show the small picture and all results. The result has `pixel`: {"name", "row", "column"}, or None."""
    _component()(key=key, data=message(state, found), on_pixel_change=on_pixel)


def message(state: UpsamplingState, found: Sequence[Enlargement]) -> dict[str, Any]:
    """Return what the pictures are told of a state, as `picture_row.d.ts` types it."""
    small = found[0].maps[0][0]
    title = label_of("picture")
    said = {"title": title, "number": "", "caption": fill(TEMPLATES["picture"], {"size": state.size})}
    mark = [*place_in_small(state, found[0]), 1]
    pictures = [_picture("picture", small, mark) | said | {"alt": _alt("alt.picture", title, small)}]
    for one in found:
        title, number = option_label(one.way, state.page), number_text(one.checkerboard)
        said = {"title": title, "number": fill(TEMPLATES["number"], {"number": number})}
        said |= {"caption": caption(state, one), "alt": _alt("alt", title, one.result, number)}
        pictures.append(_picture(one.way, one.result, [*pixel_of(state, one), 1]) | said)
    return {"pictures": pictures, "widest": _PRESENTED if is_presenting() else LARGEST_RESULT}


def _picture(name: str, values: Floats, mark: list[int]) -> dict[str, Any]:
    height, width = values.shape
    pixels = b64encode(shown(values)).decode()
    return {"name": str(name), "height": height, "width": width, "pixels": pixels, "mark": mark}


def _alt(key: str, title: str, values: Floats, number: str = "") -> str:
    rows, columns = values.shape
    return fill(TEMPLATES[key], {"title": title, "rows": rows, "columns": columns, "number": number})


def pixel_of(state: UpsamplingState, found: Enlargement) -> tuple[int, int]:
    """The pixel that is looked at: the last one, where a result has none there."""
    rows, columns = found.result.shape
    return min(state.row, rows - 1), min(state.column, columns - 1)


def place_in_small(state: UpsamplingState, found: Enlargement) -> tuple[int, int]:
    """The pixel of the small picture that lies where the one is that is looked at."""
    scale = state.stride**state.layers
    row, column = (min(place // scale, state.size - 1) for place in pixel_of(state, found))
    return row, column
