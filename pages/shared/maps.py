"""Small maps of numbers beside each other, coloured as on the stage, for what is explained under it."""

from collections.abc import Mapping
from functools import cache
from html import escape

import streamlit as st

from engine.arrays import Floats
from stage.model import largest
from stage.number_text import write_short
from stage.palette import ink_on, palette

LARGEST = 32
"""The most rows or columns that a map is drawn with."""

MOST_CHARACTERS = 70
"""In a row: with more, numbers would be too small to read on a phone, and the map has colours only."""


def show_maps(maps: Mapping[str, Floats], color_limits: Mapping[str, float] | None = None) -> None:
    """Show maps as `maps_html` writes them."""
    st.html(maps_html(maps, color_limits))


def maps_html(maps: Mapping[str, Floats], color_limits: Mapping[str, float] | None = None) -> str:
    """Write maps, (rows, columns) each, under their names, every cell a square of one size.

    All have one colour scale symmetric about zero, but for those whose scale has an end in `color_limits`.
    """
    shared = dict.fromkeys(maps, largest(*maps.values())) | dict(color_limits or {})
    texts = {name: [[write_short(value) for value in row] for row in values.tolist()] for name, values in maps.items()}
    longest = max(len(text) for rows in texts.values() for row in rows for text in row)
    figures = (_figure(name, values, texts[name], shared[name]) for name, values in maps.items())
    sizes = f"--unit:{max(28, 10 + 8 * longest)}px;--characters:{max(2, longest)}"
    return f'<div class="maps" style="{sizes}">{"".join(figures)}</div>'


def _figure(name: str, values: Floats, texts: list[list[str]], limit: float) -> str:
    rows, columns = values.shape
    caption = f"<figcaption>{escape(name)}</figcaption>"
    if max(rows, columns) > LARGEST:
        return f"<figure>{caption}<p>{rows}×{columns}, too large to write out here.</p></figure>"
    is_written = columns * max(len(text) for row in texts for text in row) <= MOST_CHARACTERS
    styles = _styles()
    middle = (len(styles) - 1) / 2
    lines = [
        [
            f'<td style="{styles[round(middle + value / limit * middle)]}">{text * is_written}</td>'
            for text, value in zip(line, row, strict=True)
        ]
        for line, row in zip(texts, values.tolist(), strict=True)
    ]
    body = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f'<figure style="--columns:{columns}">{caption}<table>{body}</table></figure>'


@cache
def _styles() -> tuple[str, ...]:
    """The colours of a cell, on a light page and on a dark one, for each colour of the scale."""
    return tuple(
        f"--light:{light};--on-light:{ink_on(light)};--dark:{dark};--on-dark:{ink_on(dark)}"
        for light, dark in zip(palette("light"), palette("dark"), strict=True)
    )
