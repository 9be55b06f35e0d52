"""What padding crops of a transposed output and what output_padding added to it, drawn over the values."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from PIL import Image, ImageDraw

from exports.look import Colours
from exports.marks import Grid
from exports.steps import Stamps

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_EVERY = 10  # pixels from one line of the hatching to the next


class BoxOf(Protocol):
    """Where so many rows and columns of a grid are drawn."""

    def __call__(self, cell: int, rows: int, columns: int) -> Box:
        """Its box, from a cell on."""


def draw_crop(image: Image.Image, box_of: BoxOf, grid: Grid, act: Stamps, colours: Colours) -> None:
    """Veil what padding crops of an output, outline what is left, and what output_padding added to it."""
    (top, left), (rows, columns), (down, across) = (act.said[name] for name in ("crop", "shape", "extra"))
    draw, width = ImageDraw.Draw(image), grid.columns
    kept = box_of(top * width + left, rows, columns)
    if top or left:
        veil(image, box_of(0, grid.rows, grid.columns), kept, colours)
    if top or left or down or across:
        draw.rectangle((kept[0], kept[1], kept[2] - 1, kept[3] - 1), None, colours.ink, 2)
    below = box_of((top + rows - down) * width + left, down, columns)
    beside = box_of(top * width + left + columns - across, rows, across)
    if down and across:
        inner = beside[0], below[1]
        corners = [below[:2], inner, beside[:2], (kept[2], kept[1]), kept[2:], (kept[0], kept[3]), below[:2]]
        dash(draw, corners, colours.link, (5, 3))
    elif down or across:
        dash(draw, around(below if down else beside), colours.link, (5, 3))


def around(box: Box) -> list[tuple[int, int]]:
    """The way round a box, from its top-left corner and back to it."""
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def veil(image: Image.Image, box: Box, kept: Box | None, colours: Colours) -> None:
    """Fade and hatch a box but for what is kept of it."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    fading, hatching = Image.new("L", (width, height), 115), Image.new("L", (width, height))
    draw = ImageDraw.Draw(hatching)
    for start in range(-height, width, _EVERY):
        draw.line((start, height, start + height, 0), 140)
    for colour, mask in ((colours.ground, fading), (colours.ink, hatching)):
        if kept is not None:
            mask.paste(0, (kept[0] - left, kept[1] - top, kept[2] - left, kept[3] - top))
        image.paste(colour, (left, top), mask)


def dash(draw: ImageDraw.ImageDraw, path: Sequence[tuple[int, int]], colour: str, lengths: tuple[int, int]) -> None:
    """A line along a path of horizontal and vertical pieces, in dashes and gaps of these lengths."""
    for (x, y), (to_x, to_y) in pairwise(path):
        whole = abs(to_x - x) + abs(to_y - y)
        for start in range(0, whole, sum(lengths)):
            shares = start / whole, min(start + lengths[0], whole) / whole
            draw.line([(x + (to_x - x) * share, y + (to_y - y) * share) for share in shares], colour, 2)
