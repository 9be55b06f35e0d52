"""Grids put together: boxes that stand beside each other, under each other, or in lines of so many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, Union

from stage.scene import Caption, Grid, Sign

Drawn = Grid | Sign | Caption


@dataclass(frozen=True)
class Box:
    """What is drawn on a rectangle of cells: pieces, each with where it has its top-left corner (a sign its centre).

    `middle` is how far down its grids have their middle, which is where those of the boxes beside it have theirs.
    """

    width: int
    height: float
    middle: float
    pieces: tuple[tuple[Any, float, Union["Box", Drawn]], ...]

    def drawn(self, x: float = 0, y: float = 0) -> Iterator[Drawn]:
        """Everything in the box where it stands on a sheet, the box's own corner at (x, y)."""
        for right, down, piece in self.pieces:
            if isinstance(piece, Box):
                yield from piece.drawn(x + right, y + down)
            else:
                yield replace(piece, x=x + right, y=y + down)


def grid_box(grid: Grid, label_rows: float) -> Box:
    """A grid under its label."""
    return Box(grid.columns, label_rows + grid.rows, label_rows + grid.rows / 2, ((0, label_rows, grid),))


def captioned(box: Box, captions: Iterable[tuple[str, str]], label_rows: float, left: int = 0) -> Box:
    """A box over lines of (mark, text) that begin `left` cells from its left edge and go as far as it does."""
    lines = [
        (left, box.height + index * label_rows, Caption(text, 0, 0, box.width - left, mark))
        for index, (mark, text) in enumerate(captions)
    ]
    return Box(box.width, box.height + len(lines) * label_rows, box.middle, ((0, 0, box), *lines))


def titled(box: Box, title: str, label_rows: float) -> Box:
    """A box under a title."""
    pieces = ((0, 0, Caption(title, 0, 0, box.width, "title")), (0, label_rows, box))
    return Box(box.width, box.height + label_rows, box.middle + label_rows, pieces)


def beside(boxes: Sequence[Box], gap: int, signs: Sequence[str] = ()) -> Box:
    """Boxes in a row, the middles of their grids level, with a sign in each gap if there are any."""
    middle = max(box.middle for box in boxes)
    x = 0
    pieces: list[tuple[Any, float, Box | Drawn]] = []
    for index, box in enumerate(boxes):
        if index and signs:
            pieces.append((x - gap / 2, middle, Sign(signs[index - 1], 0, 0)))
        pieces.append((x, middle - box.middle, box))
        x += box.width + gap
    height = middle + max(box.height - box.middle for box in boxes)
    return Box(x - gap, height, middle, tuple(pieces))


def side_by_side(boxes: Sequence[Box], gap: int) -> Box:
    """Boxes in a row, their tops level."""
    return beside([replace(box, middle=0) for box in boxes], gap)


def stacked(boxes: Sequence[Box]) -> Box:
    """Boxes under each other, their left edges in line."""
    tops = [sum(box.height for box in boxes[:index]) for index in range(len(boxes) + 1)]
    pieces = tuple((0, top, box) for top, box in zip(tops, boxes, strict=False))
    return Box(max(box.width for box in boxes), tops[-1], floor(tops[-1]) / 2, pieces)


def tiled(boxes: Sequence[Box], across: int, gap: int) -> Box:
    """Boxes of one size in lines of so many."""
    lines = [beside(boxes[first : first + across], gap) for first in range(0, len(boxes), across)]
    box = stacked(lines)
    return replace(box, middle=lines[0].middle + floor(box.height - lines[0].height) / 2)


def shapes_of(count: int) -> list[int]:
    """How many of so many boxes may stand beside each other, without two that make as many lines.

    >>> shapes_of(5)
    [5, 3, 2, 1]
    """
    fewest: dict[int, int] = {}
    for across in range(count, 0, -1):
        fewest[ceil(count / across)] = across
    return list(fewest.values())


def worthwhile(boxes: Iterable[Box]) -> list[Box]:
    """Those that none of the others beats in width and in height."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.width, box.height)):
        if not kept or box.height < kept[-1].height:
            kept.append(box)
    return kept
