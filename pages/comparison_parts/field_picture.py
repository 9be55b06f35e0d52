"""A picture of the input, and on it what single outputs of a layer see of it."""

from html import escape
from urllib.parse import quote

import streamlit as st

from engine import Applied
from engine.checks import Pair
from pages.shared.charts import BLUE, GREY, ORANGE

_SIDE = 150
"""Pixels of the longer side of the input."""

_BEYOND = 0.3
"""How much is drawn beyond the edges at most, as a share of the longer side."""

FIRST = "The first output sees {where}."
OTHER = "Output [{row}, {column}] sees {where}."
WHERE = "rows {rows} and columns {columns} of the input"
CELLS = "{first:,} to {last:,}"
NOTHING = "nothing of the input"
BEYOND = "Dashed: the part of its receptive field that lies beyond the edge."

Cells = tuple[int, int] | None


def show_field(applied: Applied, size: Pair) -> None:
    """Draw the input, (height, width), with what the first and the middle output of a layer see."""
    st.html(field_html(applied, size))


def field_html(applied: Applied, size: Pair) -> str:
    """The picture and what is said of it, as HTML.

    >>> from engine import Conv2d, stack
    >>> (conv,) = stack([Conv2d(1, 1, 3, padding=1)], (1, 8, 8))
    >>> "The first output sees rows 0 to 1 and columns 0 to 1 of the input." in field_html(conv, (8, 8))
    True
    """
    height, width = size
    _, rows, columns = applied.outputs
    outputs = dict(zip(dict.fromkeys([(0, 0), (rows // 2, columns // 2)]), (BLUE, ORANGE), strict=False))
    longest = max(size)
    beyond = _BEYOND * longest
    frames, sentences = [], []
    is_cut = False
    for (row, column), colour in outputs.items():
        seen = applied.seen[0].cells(row), applied.seen[1].cells(column)
        field = applied.rows.cells(row), applied.columns.cells(column)
        frames.append(_rect(field, f'fill="none" stroke="{colour}" stroke-dasharray="4 3"') if field != seen else "")
        frames.append(_rect(seen, f'fill="{colour}" fill-opacity="0.35" stroke="{colour}" stroke-width="2"'))
        is_cut |= field != seen
        words = (FIRST if (row, column) == (0, 0) else OTHER).format(row=row, column=column, where=_where(*seen))
        sentences.append(f'<span style="border-left: 10px solid {colour}; padding-left: 6px">{escape(words)}</span>')
    sentences += [f"<span>{BEYOND}</span>"] if is_cut else []
    scale = _SIDE / longest
    across, down = width + 2 * beyond, height + 2 * beyond
    image = _rect(((0, height - 1), (0, width - 1)), f'fill="none" stroke="{GREY}"')
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across * scale:.0f}" height="{down * scale:.0f}" '
        f'viewBox="{-beyond:g} {-beyond:g} {across:g} {down:g}">{image}{"".join(frames)}</svg>'
    )
    return (
        '<div style="display: flex; flex-wrap: wrap; align-items: center; gap: 12px">'
        f'<img alt="" src="data:image/svg+xml,{quote(drawn)}">'
        '<div style="flex: 1 1 12rem; display: flex; flex-direction: column; gap: 8px; font-size: 14px">'
        f"{''.join(sentences)}</div></div>"
    )


def _rect(cells: tuple[Cells, Cells], look: str) -> str:
    rows, columns = cells
    if rows is None or columns is None:
        return ""
    place = f'x="{columns[0]}" y="{rows[0]}" width="{columns[1] - columns[0] + 1}" height="{rows[1] - rows[0] + 1}"'
    return f'<rect {place} {look} vector-effect="non-scaling-stroke"/>'


def _where(rows: Cells, columns: Cells) -> str:
    if rows is None or columns is None:
        return NOTHING
    written = (CELLS.format(first=first, last=last) for first, last in (rows, columns))
    return WHERE.format(**dict(zip(("rows", "columns"), written, strict=True)))
