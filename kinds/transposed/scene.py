"""Where the grids of a transposed layer stand, in each of its three views and in all of them together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import product
from math import ceil
from textwrap import wrap

from kinds.transposed.captions import Captions
from kinds.transposed.state import TransposedView
from kinds.transposed.words import VIEW_LABELS
from stage.blocks import Block, best_scene, block, cell_pixels, tiled
from stage.channels import FilterSizes, with_filters
from stage.labels import Label, channel_label, label_of
from stage.scene import SCREENS, Caption, GridRole, PlacedGrid, Scene, Sign, group_of

LETTER_PIXELS = 7.0  # of a caption, at most


@dataclass(frozen=True, kw_only=True)
class TransposedSizes(FilterSizes):
    """What a scene has to show: (rows, columns) of each kind of grid, how many there are of each, and in which views.

    `captions` are those of each view.
    """

    views: tuple[TransposedView, ...]
    captions: tuple[Captions, ...]
    input: tuple[int, int]
    uncropped: tuple[int, int]
    zero_inserted: tuple[int, int]
    output: tuple[int, int]
    in_channels: int = 1
    out_channels: int = 1
    bias: bool = False


@dataclass(frozen=True)
class _Ruler:
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


def _over(blocks: Sequence[Block]) -> Block:
    """Blocks under each other, their left edges in line."""
    width = max(one.width for one in blocks)
    return reduce(Block.__truediv__, (replace(one, width=width) for one in blocks))


def _beside(blocks: Sequence[Block], gap: int) -> Block:
    """Blocks beside each other, their tops in line."""
    height = max(one.height for one in blocks)
    first, *others = (replace(one, height=height) for one in blocks)
    return reduce(lambda made, one: made | block(gap, 0) | one, others, first)


def _widths(count: int) -> list[int]:
    """How many of so many blocks may stand beside each other, without two that make as many lines."""
    fewest = {ceil(count / across): across for across in range(count, 0, -1)}
    return list(fewest.values())


def _worthwhile(blocks: Iterator[Block]) -> list[Block]:
    """Those that none of the others beats in width and in height."""
    kept: list[Block] = []
    for one in sorted(blocks, key=lambda one: (one.width, one.height)):
        if not kept or one.height < kept[-1].height:
            kept.append(one)
    return kept


_MARGIN = block(1, 0)
"""Beside a grid of one column at the edge of a scene, for its label is wider."""


def _channels(
    sizes: TransposedSizes, ruler: _Ruler, labels: dict[GridRole, Label], signs: Sequence[str]
) -> list[Block]:
    """What each input channel has to itself, grids of some roles beside each other; in lines of every length."""
    own_sizes = {GridRole.INPUT: sizes.input, GridRole.ZERO_INSERTED: sizes.zero_inserted}
    rows = []
    for channel in range(sizes.in_channels):
        group = group_of(channel, sizes.in_channels, sizes.groups)
        grids = [
            ruler.grid(role, channel, own_sizes.get(role, sizes.kernel), _label(label, channel, sizes), own)
            for role, label in labels.items()
            for own in [None if role in (GridRole.PRODUCTS, GridRole.FLIPPED_PRODUCTS) else group]
        ]
        rows.append(ruler.row(grids, signs))
    return [tiled(rows, across, ruler.gap) for across in _widths(sizes.in_channels)]


def _label(label: Label, channel: int, sizes: TransposedSizes) -> str:
    """What a channel's grid is called: an input by its number, a kernel by the first filter that it is of."""
    if label is Label.KERNEL:
        return sizes.kernel_label(channel)
    is_numbered = label in (Label.INPUT, Label.INPUT_WITH_ZEROS)
    return channel_label(label, channel, sizes.in_channels) if is_numbered else label_of(label)


def _outputs(sizes: TransposedSizes, ruler: _Ruler, role: GridRole) -> list[Block]:
    """The output maps, in lines of every length."""
    size, channels = sizes.uncropped if role is GridRole.UNCROPPED else sizes.output, sizes.out_channels
    labels = [channel_label(Label.OUTPUT, channel, channels) for channel in range(channels)]
    maps = [
        ruler.grid(role, channel, size, label, group_of(channel, channels, sizes.groups))
        for channel, label in enumerate(labels)
    ]
    return [tiled(maps, across, 1) for across in _widths(channels)]


def _bias(sizes: TransposedSizes, ruler: _Ruler) -> list[Block]:
    return [ruler.grid(GridRole.BIAS, 0, (1, 1), label_of(Label.BIAS))] if sizes.bias else []


def _results(sizes: TransposedSizes, ruler: _Ruler, labels: dict[GridRole, Label], role: GridRole) -> Iterator[Block]:
    """The channels with what comes of them beside them, and under them."""
    bias = _bias(sizes, ruler)
    for channels, outputs in product(_channels(sizes, ruler, labels, "×="), _outputs(sizes, ruler, role)):
        yield ruler.row([channels, *bias, outputs], "+" * len(bias) + "→", role)
        yield _over([channels, _MARGIN | ruler.row([*bias, outputs], "→", role) if bias else outputs])


def _stamps(sizes: TransposedSizes, ruler: _Ruler, captions: Captions) -> Iterator[Block]:
    labels = {GridRole.INPUT: Label.INPUT, GridRole.KERNEL: Label.KERNEL, GridRole.PRODUCTS: Label.STAMP}
    for one in _worthwhile(_results(sizes, ruler, labels, GridRole.UNCROPPED)):
        # Under the output; where that is too narrow, from under the stamp beside it on.
        longest = max((len(text) for _, text in captions), default=0)
        beside_it = 2 * ruler.gap + sizes.kernel[1]
        more = 0 if ruler.letters is None else ceil((longest + 3) / ruler.letters) - sizes.uncropped[1]
        left = max(0, one.width - sizes.uncropped[1] - min(beside_it, max(0, more)))
        yield ruler.captioned(one, captions, left)


def _zero_inserted(sizes: TransposedSizes, ruler: _Ruler, captions: Captions) -> Iterator[Block]:
    name = Label.INPUT_WITH_ZEROS if any(mark == "inserted" for mark, _ in captions) else Label.INPUT
    labels = {GridRole.ZERO_INSERTED: name, GridRole.FLIPPED_KERNEL: Label.FLIPPED_KERNEL}
    if len(sizes.views) == 1:  # beside others, there is no room for the products
        labels[GridRole.FLIPPED_PRODUCTS] = Label.PRODUCTS
    for one in _worthwhile(_results(sizes, ruler, labels, GridRole.OUTPUT)):
        yield ruler.captioned(one, captions)


def _matrix(sizes: TransposedSizes, ruler: _Ruler, _: Captions) -> Iterator[Block]:
    rows = sizes.out_channels * sizes.output[0] * sizes.output[1]
    columns = sizes.in_channels * sizes.input[0] * sizes.input[1]
    grids = [
        ruler.grid(GridRole.MATRIX, 0, (rows, columns), label_of(Label.TRANSPOSED_MATRIX)),
        ruler.grid(GridRole.FLAT_INPUT, 0, (columns, 1), label_of(Label.FLAT_INPUT)),
        *_bias(sizes, ruler),
        ruler.grid(GridRole.FLAT_OUTPUT, 0, (rows, 1), label_of(Label.FLAT_OUTPUT)),
    ]
    whole = ruler.row(grids, "×" + "+" * sizes.bias + "=") | _MARGIN
    if len(sizes.views) > 1:
        yield whole
        return
    # Alone it has room for what is flattened, as it was, and for the kernel whose weights are in it.
    labels = {GridRole.INPUT: Label.INPUT, GridRole.KERNEL: Label.KERNEL}
    for channels, outputs in product(_channels(sizes, ruler, labels, ""), _outputs(sizes, ruler, GridRole.OUTPUT)):
        between = block(2 * ruler.gap, 0)
        yield channels | between | whole | between | outputs
        yield _over([_beside([channels, outputs], 2 * ruler.gap), whole])
        yield _over([channels, outputs]) | between | whole


_MADE: dict[TransposedView, Callable[[TransposedSizes, _Ruler, Captions], Iterator[Block]]] = {
    TransposedView.STAMP: _stamps,
    TransposedView.ZERO_INSERTED: _zero_inserted,
    TransposedView.MATRIX: _matrix,
}


def _together(choices: list[list[Block]], gap: int) -> list[Block]:
    """One of each of the choices, put together in every way of rows and columns that keeps their order."""
    if len(choices) == 1:
        return choices[0]
    return _worthwhile(
        whole
        for split in range(1, len(choices))
        for pair in product(_together(choices[:split], gap), _together(choices[split:], gap))
        for whole in (_beside(pair, gap), _over(pair))
    )


@lru_cache(maxsize=64)
def _arrangements(sizes: TransposedSizes, ruler: _Ruler) -> tuple[Block, ...]:
    """Every arrangement that may be the best one on some screen."""
    choices = []
    for view, captions in zip(sizes.views, sizes.captions, strict=True):
        played = _MADE[view](sizes, ruler, captions)
        if view is sizes.views[0]:
            played = (one for alone in played for one in with_filters(alone, sizes, ruler.label))
        made = _worthwhile(played)
        choices.append([ruler.titled(one, VIEW_LABELS[view]) for one in made] if len(sizes.views) > 1 else made)
    return tuple(_together(choices, 2 * ruler.gap))


def _scene(sizes: TransposedSizes, screen: tuple[int, int]) -> Scene:
    def made(label: float) -> tuple[Block, ...]:
        """Arrangements whose captions are broken into lines, now that it is known how large a cell is about to be."""
        gap = 1 if label <= 1 else 2
        cell = max(cell_pixels(one, screen) for one in _arrangements(sizes, _Ruler(gap, label)))
        return _arrangements(sizes, _Ruler(gap, label, max(1, int(4 * cell / LETTER_PIXELS)) / 4))

    return best_scene(made, screen)


@lru_cache(maxsize=256)
def arrange_transposed(sizes: TransposedSizes) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    return tuple(dict.fromkeys(_scene(sizes, screen) for screen in SCREENS))
