"""Many maps as one picture: an SVG file around a grey PNG, which a filter gives the colours of a light or a dark page.

So every value goes to the browser once, and in one byte.
"""

import struct
import zlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from stage.palette import palette

_IN_AN_ADDRESS = " =:;,.()/'-_+*"  # what may stand in an address, between double quotes, as it is
_MARK = "light-dark(#1f2329,#ffffff)"


@dataclass(frozen=True)
class Mark:
    """What is marked in a picture: one of its maps, and a cell of that, if any."""

    number: int
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Maps:
    """Maps, (maps, rows, columns), with a name and a sentence for who does not see them; so many beside each other.

    They have the colours of the stage, from -`limit` to `limit`.
    """

    name: str
    alt: str
    values: Floats
    limit: float
    columns: int
    mark: Mark | None = None


def map_pictures(widest: int, *shown: Maps) -> str:
    """Write pictures beside each other where there is room, each at most `widest` pixels wide."""
    return f'<div class="map-pictures">{"".join(_figure(maps, widest) for maps in shown)}</div>'


def _figure(maps: Maps, widest: int) -> str:
    address = f"data:image/svg+xml,{quote(map_picture(maps), safe=_IN_AN_ADDRESS)}"
    caption = f"<figcaption>{escape(maps.name)}</figcaption>" if maps.name else ""
    return f'<figure style="max-width:{widest}px">{caption}<img alt="{escape(maps.alt)}" src="{address}"></figure>'


def map_picture(maps: Maps) -> str:
    """Return an SVG of maps, a pixel a unit."""
    shares = np.clip(maps.values / maps.limit, -1, 1)
    tiles = _tiled(np.rint(127.5 + shares * 127.5).astype(np.uint8), maps.columns)
    height, width = tiles.shape[:2]
    grey = b64encode(png(tiles)).decode()
    image = f"width='{width}' height='{height}' href='data:image/png;base64,{grey}' style='image-rendering:pixelated'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' style='color-scheme:light dark'>"
        f"<style>image{{filter:url(#light)}}@media(prefers-color-scheme:dark){{image{{filter:url(#dark)}}}}</style>"
        f"{_filters()}<image {image}/>{_marked(maps)}</svg>"
    )


def _gap(side: int) -> int:
    """Pixels between two maps."""
    return 2 if side > 20 else 1


def _tiled(grey: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Maps beside and under each other, as (rows, columns, grey and opacity)."""
    count, height, width = grey.shape
    gap = _gap(width)
    rows = -(-count // columns)
    tiles = np.zeros((rows * (height + gap) + gap, columns * (width + gap) + gap, 2), np.uint8)
    for number, one in enumerate(grey):
        top, left = _corner(number, (height, width), columns)
        tiles[top : top + height, left : left + width] = np.stack([one, np.full_like(one, 255)], axis=-1)
    return tiles


def _corner(number: int, size: tuple[int, int], columns: int) -> tuple[int, int]:
    """The row and the column of the first pixel of a map."""
    row, column = divmod(number, columns)
    height, width = size
    gap = _gap(width)
    return gap + row * (height + gap), gap + column * (width + gap)


def _marked(maps: Maps) -> str:
    """A frame around the marked map, and one around its marked cell."""
    if maps.mark is None:
        return ""
    height, width = maps.values.shape[1:]
    top, left = _corner(maps.mark.number, (height, width), maps.columns)
    line = 0.35 * _gap(width)
    frames = [(left - line, top - line, width + 2 * line, height + 2 * line)]
    if maps.mark.cell is not None:
        row, column = maps.mark.cell
        frames.append((left + column - line, top + row - line, 1 + 2 * line, 1 + 2 * line))
    return "".join(
        f"<rect x='{x:g}' y='{y:g}' width='{width:g}' height='{height:g}' "
        f"style='fill:none;stroke:{_MARK};stroke-width:{line:g}'/>"
        for x, y, width, height in frames
    )


@cache
def _filters() -> str:
    """What turns grey into the colours of the stage, on a light page and on a dark one."""
    parts = []
    for theme in ("light", "dark"):
        colours = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in palette(theme)]
        tables = "".join(
            f"<feFunc{channel} type='table' tableValues='{' '.join(f'{value:.3g}' for value in values)}'/>"
            for channel, values in zip("RGB", zip(*colours, strict=True), strict=True)
        )
        parts.append(
            f"<filter id='{theme}' x='0' y='0' width='1' height='1' color-interpolation-filters='sRGB'>"
            f"<feComponentTransfer>{tables}</feComponentTransfer></filter>"
        )
    return "".join(parts)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return a PNG of pixels, (rows, columns, grey and opacity). Source: the PNG specification, third edition (W3C)."""
    height, width = pixels.shape[:2]
    lines = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 4, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
