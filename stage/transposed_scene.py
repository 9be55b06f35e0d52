"""Where the grids of a transposed layer stand, in each of its three views and in all of them together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from math import ceil
from textwrap import wrap

from stage.boxes import (
    Box,
    beside,
    captioned,
    grid_box,
    shapes_of,
    side_by_side,
    stacked,
    tiled,
    titled,
    worthwhile,
)
from stage.scene import LABEL_PIXELS, LABEL_ROWS, SCREENS, Caption, Grid, Role, Scene, Sign

LETTER_PIXELS = 7.0  # of a caption, at most


Captions = tuple[tuple[str, str], ...]
"""Lines of (mark, text): what the cells are that are drawn apart."""


class View(StrEnum):
    """A way to see a transposed layer; the value is its title where it stands beside others."""

    STAMP = "Stamps"
    ZERO_INSERTED = "Zeros inserted"
    MATRIX = "Matrix"


@dataclass(frozen=True)
class TransposedParts:
    """What a scene has to show: (rows, columns) of each kind of grid, how many there are of each, and in which views.

    `captions` are those of each view.
    """

    views: tuple[View, ...]
    captions: tuple[Captions, ...]
    input: tuple[int, int]
    kernel: tuple[int, int]
    uncropped: tuple[int, int]
    zero_inserted: tuple[int, int]
    output: tuple[int, int]
    in_channels: int = 1
    out_channels: int = 1
    groups: int = 1
    bias: bool = False

    def group_of(self, channel: int, channels: int) -> int | None:
        """The group of one of so many channels, or None where there is only one."""
        return channel * self.groups // channels if self.groups > 1 else None


@dataclass(frozen=True)
class _Ruler:
    """Sizes that all boxes of a scene share: cells between grids, the height of a label, letters across a cell.

    Without the latter, captions are not broken into lines.
    """

    gap: int
    label: float
    letters: float | None = None

    def one(self, role: Role, channel: int, size: tuple[int, int], label: str, group: int | None = None) -> Box:
        return grid_box(Grid(role, channel, *size, 0, 0, label, group), self.label)

    def wrapped(self, captions: Captions, width: int) -> list[tuple[str, str]]:
        """Captions as lines that fit so many cells; only the first line of each has the mark."""
        room = 200 if self.letters is None else max(14, int(width * self.letters) - 2)
        lines = [(mark, wrap(text, room)) for mark, text in captions]
        return [(mark if index == 0 else "", line) for mark, texts in lines for index, line in enumerate(texts)]


def _named(name: str, channel: int, channels: int) -> str:
    return f"{name} {channel}" if channels > 1 else name


def _channels(
    parts: TransposedParts,
    ruler: _Ruler,
    across: int,
    roles: tuple[Role, ...],
    labels: list[str],
    signs: tuple[str, ...] = ("×", "="),
) -> Box:
    """What each input channel has to itself: what is read, the kernel, and the products where they are shown."""
    sizes = (parts.input if roles[0] is Role.INPUT else parts.zero_inserted, parts.kernel, parts.kernel)
    rows = []
    for channel in range(parts.in_channels):
        group = parts.group_of(channel, parts.in_channels)
        names = [labels[0].replace("input", _named("input", channel, parts.in_channels)), *labels[1:]]
        grids = [
            ruler.one(role, channel, size, name, None if role in _PRODUCTS else group)
            for role, size, name in zip(roles, sizes, names, strict=False)
        ]
        rows.append(beside(grids, ruler.gap, signs))
    return tiled(rows, across, ruler.gap)


_PRODUCTS = (Role.PRODUCTS, Role.TURNED_PRODUCTS)


def _outputs(parts: TransposedParts, ruler: _Ruler, across: int, role: Role) -> Box:
    size = parts.uncropped if role is Role.UNCROPPED else parts.output
    channels = parts.out_channels
    maps = [
        ruler.one(role, channel, size, _named("output", channel, channels), parts.group_of(channel, channels))
        for channel in range(channels)
    ]
    return tiled(maps, across, 1)


def _bias(parts: TransposedParts, ruler: _Ruler) -> list[Box]:
    return [ruler.one(Role.BIAS, 0, (1, 1), "bias")] if parts.bias else []


def _results(parts: TransposedParts, ruler: _Ruler, role: Role, channels: Callable[[int], Box]) -> Iterator[Box]:
    """Channels, so many across, with what comes of them beside them and under them."""
    bias = _bias(parts, ruler)
    made = [_outputs(parts, ruler, across, role) for across in shapes_of(parts.out_channels)]
    for inputs, outputs in product(map(channels, shapes_of(parts.in_channels)), made):
        yield beside([inputs, *bias, outputs], ruler.gap, [*("+" * len(bias)), "→"])
        yield stacked([inputs, beside([*bias, outputs], ruler.gap, ["→"])])


def _stamps(parts: TransposedParts, ruler: _Ruler, captions: Captions) -> Iterator[Box]:
    def channels(across: int) -> Box:
        roles, labels = (Role.INPUT, Role.KERNEL, Role.PRODUCTS), ["input", "kernel", "stamp"]
        return _channels(parts, ruler, across, roles, labels)

    for box in _results(parts, ruler, Role.UNCROPPED, channels):
        # Under the output; where that is too narrow, from under the stamp beside it on.
        longest = max((len(text) for _, text in captions), default=0)
        beside_it = 2 * ruler.gap + parts.kernel[1]
        more = 0 if ruler.letters is None else ceil((longest + 3) / ruler.letters) - parts.uncropped[1]
        left = max(0, box.width - parts.uncropped[1] - min(beside_it, max(0, more)))
        yield captioned(box, ruler.wrapped(captions, box.width - left), ruler.label, left)


def _zero_inserted(parts: TransposedParts, ruler: _Ruler, captions: Captions) -> Iterator[Box]:
    roles: tuple[Role, ...] = (Role.ZERO_INSERTED, Role.TURNED, Role.TURNED_PRODUCTS)
    labels = ["input with zeros", "turned kernel", "products"]
    if len(parts.views) > 1:  # beside others, there is no room for the products
        roles = roles[:2]
    if not any(mark == "inserted" for mark, _ in captions):
        labels[0] = "input"

    def channels(across: int) -> Box:
        return _channels(parts, ruler, across, roles, labels)

    for box in _results(parts, ruler, Role.OUTPUT, channels):
        yield captioned(box, ruler.wrapped(captions, box.width), ruler.label)


def _matrix(parts: TransposedParts, ruler: _Ruler, _: Captions) -> Iterator[Box]:
    rows = parts.out_channels * parts.output[0] * parts.output[1]
    columns = parts.in_channels * parts.input[0] * parts.input[1]
    boxes = [
        ruler.one(Role.MATRIX, 0, (rows, columns), "matrix Cᵀ"),
        ruler.one(Role.FLAT_INPUT, 0, (columns, 1), "input"),
        *_bias(parts, ruler),
        ruler.one(Role.FLAT_OUTPUT, 0, (rows, 1), "output"),
    ]
    box = beside(boxes, ruler.gap, ["×", *("+" * parts.bias), "="])
    if len(parts.views) > 1:
        yield box
        return
    # Alone it has room for what is flattened, as it was, and for the kernel whose weights are in it.
    roles, labels = (Role.INPUT, Role.KERNEL), ["input", "kernel"]
    made = [_outputs(parts, ruler, across, Role.OUTPUT) for across in shapes_of(parts.out_channels)]
    inputs = [_channels(parts, ruler, across, roles, labels, signs=()) for across in shapes_of(parts.in_channels)]
    for channels, outputs in product(inputs, made):
        yield beside([channels, box, outputs], 2 * ruler.gap)
        yield stacked([side_by_side([channels, outputs], 2 * ruler.gap), box])
        yield beside([stacked([channels, outputs]), box], 2 * ruler.gap)


_MADE: dict[View, Callable[[TransposedParts, _Ruler, Captions], Iterator[Box]]] = {
    View.STAMP: _stamps,
    View.ZERO_INSERTED: _zero_inserted,
    View.MATRIX: _matrix,
}


def _together(choices: list[list[Box]], gap: int) -> list[Box]:
    """One of each of the choices, put together in every way of rows and columns that keeps their order."""
    if len(choices) == 1:
        return choices[0]
    return worthwhile(
        whole
        for split in range(1, len(choices))
        for pair in product(_together(choices[:split], gap), _together(choices[split:], gap))
        for whole in (side_by_side(pair, gap), stacked(pair))
    )


@lru_cache(maxsize=64)
def _arrangements(parts: TransposedParts, ruler: _Ruler) -> tuple[Box, ...]:
    """Every arrangement that may be the best one on some screen."""
    choices = []
    for view, captions in zip(parts.views, parts.captions, strict=True):
        made = worthwhile(_MADE[view](parts, ruler, captions))
        choices.append([titled(box, view.value, ruler.label) for box in made] if len(parts.views) > 1 else made)
    return tuple(_together(choices, 2 * ruler.gap))


def _scene(parts: TransposedParts, screen: tuple[int, int]) -> Scene:
    """The scene with the largest cells on a screen whose labels are still tall enough to read."""

    def cell(box: Box) -> float:
        return min(screen[0] / box.width, screen[1] / box.height)

    for label in LABEL_ROWS:
        gap = 1 if label <= 1 else 2
        box = max(_arrangements(parts, _Ruler(gap, label)), key=cell)
        # Now that it is known how large a cell is about to be, captions are broken into lines that fit.
        box = max(_arrangements(parts, _Ruler(gap, label, int(cell(box) / LETTER_PIXELS * 4) / 4)), key=cell)
        if cell(box) * label >= LABEL_PIXELS:
            break
    drawn = list(box.drawn())
    grids = sorted(
        (one for one in drawn if isinstance(one, Grid)),
        key=lambda grid: (list(Role).index(grid.role), grid.channel),
    )
    signs = (one for one in drawn if isinstance(one, Sign))
    captions = (one for one in drawn if isinstance(one, Caption))
    return Scene(box.width, box.height, label, tuple(grids), tuple(signs), captions=tuple(captions))


@lru_cache(maxsize=256)
def arrange_transposed(parts: TransposedParts) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    return tuple(dict.fromkeys(_scene(parts, screen) for screen in SCREENS))
