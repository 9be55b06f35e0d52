"""Where the grids stand of a layer whose kernel stamps its output: each input beside its kernel and its stamp.

What other views of such a layer are put together from is here too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from math import ceil
from textwrap import wrap

from stage.blocks import Block, best_scene, block, cell_pixels, tiled
from stage.channels import FilterSizes
from stage.labels import Label, channel_label, label_of
from stage.scene import Caption, GridRole, PlacedGrid, Scene, Sign, group_of

LETTER_PIXELS = 7.0  # of a caption, at most

Captions = tuple[tuple[str, str], ...]
"""Lines of (mark, text): how the cells are drawn that a line is about, and what they are."""


@dataclass(frozen=True, kw_only=True)
class StampSizes(FilterSizes):
    """What a scene has to show: (rows, columns) of each kind of grid, and how many there are of each."""

    input: tuple[int, int]
    uncropped: tuple[int, int]
    in_channels: int = 1
    out_channels: int = 1
    bias: bool = False

    def size_of(self, role: GridRole) -> tuple[int, int]:
        """Rows and columns of a grid of a role."""
        return {GridRole.INPUT: self.input, GridRole.UNCROPPED: self.uncropped}.get(role, self.kernel)


@dataclass(frozen=True)
class Ruler:
    """Sizes that all of a scene has in common: cells between grids, the height of a label, letters across a cell.

    Without the latter, captions are not broken into lines.
    """

    gap: int
    label: float
    letters: float | None = None

    def grid(self, role: GridRole, channel: int, size: tuple[int, int], label: str, group: int | None = None) -> Block:
        """A grid under its label."""
        rows, columns = size
        return block(
            columns, self.label + rows, [PlacedGrid(role, channel, rows, columns, 0, self.label, label, group)]
        )

    def row(self, blocks: Sequence[Block], signs: Sequence[str] = (), maps: GridRole | None = None) -> Block:
        """Grids in a row, with a sign level with their middles in each gap if there are any; an arrow leads to maps."""
        made = blocks[0]
        for index, one in enumerate(blocks[1:]):
            # A label high, because the middle of a grid is half a label under that of the block that it stands in.
            before = maps if signs and signs[index] == "→" else None
            between = [Sign(signs[index], self.gap / 2, self.label, before)] if signs else []
            made = made | block(self.gap, self.label, between) | one
        return made

    def captioned(self, one: Block, captions: Captions, left: int = 0) -> Block:
        """A block over captions that begin `left` cells from its left edge and go as far as it does."""
        width = one.width - left
        room = 200 if self.letters is None else max(14, int(width * self.letters) - 2)
        lines = [(mark * (not later), line) for mark, text in captions for later, line in enumerate(wrap(text, room))]
        texts = [Caption(line, left, row * self.label, width, mark) for row, (mark, line) in enumerate(lines)]
        return one / block(one.width, len(lines) * self.label, texts) if lines else one

    def titled(self, one: Block, title: str) -> Block:
        """A block under its title."""
        return block(one.width, self.label, [Caption(title, 0, 0, one.width, "title")]) / one


MARGIN = block(1, 0)
"""Beside a grid of one column at the edge of a scene, for its label is wider."""


def over(blocks: Sequence[Block]) -> Block:
    """Blocks under each other, their left edges in line."""
    width = max(one.width for one in blocks)
    return reduce(Block.__truediv__, (replace(one, width=width) for one in blocks))


def beside(blocks: Sequence[Block], gap: int) -> Block:
    """Blocks beside each other, their tops in line."""
    height = max(one.height for one in blocks)
    first, *others = (replace(one, height=height) for one in blocks)
    return reduce(lambda made, one: made | block(gap, 0) | one, others, first)


def worthwhile(blocks: Iterator[Block]) -> list[Block]:
    """Those that none of the others beats in width and in height."""
    kept: list[Block] = []
    for one in sorted(blocks, key=lambda one: (one.width, one.height)):
        if not kept or one.height < kept[-1].height:
            kept.append(one)
    return kept


def together(choices: list[list[Block]], gap: int) -> list[Block]:
    """One of each of the choices, put together in every way of rows and columns that keeps their order."""
    if len(choices) == 1:
        return choices[0]
    return worthwhile(
        whole
        for split in range(1, len(choices))
        for pair in product(together(choices[:split], gap), together(choices[split:], gap))
        for whole in (beside(pair, gap), over(pair))
    )


def channel_blocks(sizes: StampSizes, ruler: Ruler, labels: dict[GridRole, Label], signs: Sequence[str]) -> list[Block]:
    """What each input channel has to itself, grids of some roles beside each other; in lines of every length."""
    rows = []
    for channel in range(sizes.in_channels):
        group = group_of(channel, sizes.in_channels, sizes.groups)
        grids = [
            ruler.grid(role, channel, sizes.size_of(role), _label(label, channel, sizes), own)
            for role, label in labels.items()
            for own in [None if role in (GridRole.PRODUCTS, GridRole.FLIPPED_PRODUCTS) else group]
        ]
        rows.append(ruler.row(grids, signs))
    return [tiled(rows, across, ruler.gap) for across in _widths(sizes.in_channels)]


def output_blocks(sizes: StampSizes, ruler: Ruler, role: GridRole) -> list[Block]:
    """The output maps, in lines of every length."""
    channels = sizes.out_channels
    labels = [channel_label(Label.OUTPUT, channel, channels) for channel in range(channels)]
    maps = [
        ruler.grid(role, channel, sizes.size_of(role), label, group_of(channel, channels, sizes.groups))
        for channel, label in enumerate(labels)
    ]
    return [tiled(maps, across, 1) for across in _widths(channels)]


def bias_blocks(sizes: StampSizes, ruler: Ruler) -> list[Block]:
    """The bias of the map that plays, where there is one."""
    return [ruler.grid(GridRole.BIAS, 0, (1, 1), label_of(Label.BIAS))] if sizes.bias else []


def results(sizes: StampSizes, ruler: Ruler, labels: dict[GridRole, Label], role: GridRole) -> Iterator[Block]:
    """The channels with what comes of them beside them, and under them."""
    bias = bias_blocks(sizes, ruler)
    for channels, outputs in product(channel_blocks(sizes, ruler, labels, "×="), output_blocks(sizes, ruler, role)):
        yield ruler.row([channels, *bias, outputs], "+" * len(bias) + "→", role)
        yield over([channels, MARGIN | ruler.row([*bias, outputs], "→", role) if bias else outputs])


def stamps(sizes: StampSizes, ruler: Ruler, captions: Captions) -> Iterator[Block]:
    """Each input, its kernel and its stamp, and the output before it is cropped, over captions."""
    labels = {GridRole.INPUT: Label.INPUT, GridRole.KERNEL: Label.KERNEL, GridRole.PRODUCTS: Label.STAMP}
    for one in worthwhile(results(sizes, ruler, labels, GridRole.UNCROPPED)):
        # Under the output; where that is too narrow, from under the stamp beside it on.
        longest = max((len(text) for _, text in captions), default=0)
        beside_it = 2 * ruler.gap + sizes.kernel[1]
        more = 0 if ruler.letters is None else ceil((longest + 3) / ruler.letters) - sizes.uncropped[1]
        left = max(0, one.width - sizes.uncropped[1] - min(beside_it, max(0, more)))
        yield ruler.captioned(one, captions, left)


def captioned_scene(arrangements: Callable[[Ruler], Sequence[Block]], screen: tuple[int, int]) -> Scene:
    """The best scene for a screen of what is arranged by a ruler, its captions broken into lines."""

    def made(label: float) -> Sequence[Block]:
        """Arrangements whose captions are broken into lines, now that it is known how large a cell is about to be."""
        gap = 1 if label <= 1 else 2
        cell = max(cell_pixels(one, screen) for one in arrangements(Ruler(gap, label)))
        return arrangements(Ruler(gap, label, max(1, int(4 * cell / LETTER_PIXELS)) / 4))

    return best_scene(made, screen)


def _widths(count: int) -> list[int]:
    """How many of so many blocks may stand beside each other, without two that make as many lines."""
    fewest = {ceil(count / across): across for across in range(count, 0, -1)}
    return list(fewest.values())


def _label(label: Label, channel: int, sizes: StampSizes) -> str:
    """What a channel's grid is called: an input by its number, a kernel by the first filter that it is of."""
    if label is Label.KERNEL:
        return sizes.kernel_label(channel)
    is_numbered = label in (Label.INPUT, Label.INPUT_WITH_ZEROS)
    return channel_label(label, channel, sizes.in_channels) if is_numbered else label_of(label)
