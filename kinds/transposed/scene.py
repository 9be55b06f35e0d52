"""Where the grids of a transposed layer stand, in each of its three views and in all of them together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product

from kinds.transposed.state import TransposedView
from kinds.transposed.words import VIEW_LABELS
from stage.blocks import Block, block
from stage.channels import with_filters
from stage.labels import Label, label_of
from stage.scene import SCREENS, GridRole, Scene
from stage.stamp_scene import (
    MARGIN,
    Captions,
    Ruler,
    StampSizes,
    beside,
    bias_blocks,
    captioned_scene,
    channel_blocks,
    output_blocks,
    over,
    results,
    stamps,
    together,
    worthwhile,
)


@dataclass(frozen=True, kw_only=True)
class TransposedSizes(StampSizes):
    """What a scene has to show: (rows, columns) of each kind of grid, how many there are of each, and in which views.

    `captions` are those of each view.
    """

    views: tuple[TransposedView, ...]
    captions: tuple[Captions, ...]
    zero_inserted: tuple[int, int]
    output: tuple[int, int]

    def size_of(self, role: GridRole) -> tuple[int, int]:
        """Rows and columns of a grid of a role."""
        own = {GridRole.ZERO_INSERTED: self.zero_inserted, GridRole.OUTPUT: self.output}
        return own.get(role) or super().size_of(role)


def _zero_inserted(sizes: TransposedSizes, ruler: Ruler, captions: Captions) -> Iterator[Block]:
    name = Label.INPUT_WITH_ZEROS if any(mark == "inserted" for mark, _ in captions) else Label.INPUT
    labels = {GridRole.ZERO_INSERTED: name, GridRole.FLIPPED_KERNEL: Label.FLIPPED_KERNEL}
    if len(sizes.views) == 1:  # beside others, there is no room for the products
        labels[GridRole.FLIPPED_PRODUCTS] = Label.PRODUCTS
    for one in worthwhile(results(sizes, ruler, labels, GridRole.OUTPUT)):
        yield ruler.captioned(one, captions)


def _matrix(sizes: TransposedSizes, ruler: Ruler, _: Captions) -> Iterator[Block]:
    rows = sizes.out_channels * sizes.output[0] * sizes.output[1]
    columns = sizes.in_channels * sizes.input[0] * sizes.input[1]
    grids = [
        ruler.grid(GridRole.MATRIX, 0, (rows, columns), label_of(Label.TRANSPOSED_MATRIX)),
        ruler.grid(GridRole.FLAT_INPUT, 0, (columns, 1), label_of(Label.FLAT_INPUT)),
        *bias_blocks(sizes, ruler),
        ruler.grid(GridRole.FLAT_OUTPUT, 0, (rows, 1), label_of(Label.FLAT_OUTPUT)),
    ]
    whole = ruler.row(grids, "×" + "+" * sizes.bias + "=") | MARGIN
    if len(sizes.views) > 1:
        yield whole
        return
    # Alone it has room for what is flattened, as it was, and for the kernel whose weights are in it.
    labels = {GridRole.INPUT: Label.INPUT, GridRole.KERNEL: Label.KERNEL}
    for channels, outputs in product(
        channel_blocks(sizes, ruler, labels, ""), output_blocks(sizes, ruler, GridRole.OUTPUT)
    ):
        between = block(2 * ruler.gap, 0)
        yield channels | between | whole | between | outputs
        yield over([beside([channels, outputs], 2 * ruler.gap), whole])
        yield over([channels, outputs]) | between | whole


_MADE: dict[TransposedView, Callable[[TransposedSizes, Ruler, Captions], Iterator[Block]]] = {
    TransposedView.STAMP: stamps,
    TransposedView.ZERO_INSERTED: _zero_inserted,
    TransposedView.MATRIX: _matrix,
}


@lru_cache(maxsize=64)
def _arrangements(sizes: TransposedSizes, ruler: Ruler) -> tuple[Block, ...]:
    """Every arrangement that may be the best one on some screen."""
    choices = []
    for view, captions in zip(sizes.views, sizes.captions, strict=True):
        played = _MADE[view](sizes, ruler, captions)
        if view is sizes.views[0]:
            played = (one for alone in played for one in with_filters(alone, sizes, ruler.label))
        made = worthwhile(played)
        choices.append([ruler.titled(one, VIEW_LABELS[view]) for one in made] if len(sizes.views) > 1 else made)
    return tuple(together(choices, 2 * ruler.gap))


@lru_cache(maxsize=256)
def arrange_transposed(sizes: TransposedSizes) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""
    arranged = partial(_arrangements, sizes)
    return tuple(dict.fromkeys(captioned_scene(arranged, screen) for screen in SCREENS))
