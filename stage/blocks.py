"""Parts of a scene that are placed as one: beside each other, or one over the other.

A block knows its size at once and its grids when it is placed, so that many arrangements can be compared at no cost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from stage.scene import LABEL_PIXELS, LABEL_ROWS, Caption, Chart, GridRole, PlacedGrid, Scene, Sign

Thing = PlacedGrid | Sign | Caption | Chart
Placed = Iterator[Thing]


@dataclass(frozen=True)
class Block:
    """The room that something takes, in cells, and `place(x, y)`, which puts it with its top-left corner there."""

    width: int
    height: float
    place: Callable[[int, float], Placed]

    def __or__(self, other: "Block") -> "Block":
        """This block and the other to its right, both centred on one line."""
        height = max(self.height, other.height)

        def place(x: int, y: float) -> Placed:
            yield from self.place(x, y + half_cells((height - self.height) / 2))
            yield from other.place(x + self.width, y + half_cells((height - other.height) / 2))

        return Block(self.width + other.width, height, place)

    def __truediv__(self, other: "Block") -> "Block":
        """This block over the other, both centred."""
        width = max(self.width, other.width)

        def place(x: int, y: float) -> Placed:
            yield from self.place(x + (width - self.width) // 2, y)
            yield from other.place(x + (width - other.width) // 2, y + self.height)

        return Block(width, self.height + other.height, place)


def block(width: int, height: float, things: Sequence[Thing] = ()) -> Block:
    """A block of things that stand as if its corner were (0, 0); without any it is room between others."""
    return Block(width, height, lambda x, y: (_moved(one, x, y) for one in things))


def of_layer(one: Block, layer: int) -> Block:
    """The same block, all of whose grids and operators belong to a layer."""

    def place(x: int, y: float) -> Placed:
        return (
            thing if isinstance(thing, Caption | Chart) else replace(thing, layer=layer) for thing in one.place(x, y)
        )

    return Block(one.width, one.height, place)


def _moved(one: Thing, x: int, y: float) -> Thing:
    if isinstance(one, Sign):
        return replace(one, x=one.x + x, y=one.y + y)
    return replace(one, x=one.x + x, y=one.y + y)


def half_cells(y: float) -> float:
    """The half cell at or above y: on whole half cells, edges are sharp."""
    return int(2 * y) / 2


def tiled(blocks: Sequence[Block], columns: int, gap: int) -> Block:
    """Blocks of one size in rows of so many."""
    width, height = blocks[0].width, blocks[0].height
    across, down = min(columns, len(blocks)), -(-len(blocks) // columns)

    def place(x: int, y: float) -> Placed:
        for index, one in enumerate(blocks):
            yield from one.place(x + index % columns * (width + gap), y + index // columns * height)

    return Block(across * (width + gap) - gap, down * height, place)


def cell_pixels(one: Block, screen: tuple[int, int]) -> float:
    """How large a cell of the block would be on a screen, in pixels."""
    return min(screen[0] / one.width, screen[1] / one.height)


def best_scene(blocks: Callable[[float], Iterable[Block]], screen: tuple[int, int]) -> Scene:
    """The scene with the largest cells on a screen whose labels, of so many rows, are still tall enough to read.

    Its grids come in the order of their layers, roles and channels, however they are arranged.
    """

    for label in LABEL_ROWS:
        best = max(blocks(label), key=lambda one: cell_pixels(one, screen))
        if cell_pixels(best, screen) * label >= LABEL_PIXELS:
            break
    things = list(best.place(0, 0.0))
    grids = [one for one in things if isinstance(one, PlacedGrid)]
    grids.sort(key=lambda grid: (grid.layer, list(GridRole).index(grid.role), grid.channel))
    signs = tuple(one for one in things if isinstance(one, Sign))
    captions = tuple(one for one in things if isinstance(one, Caption))
    chart = next((one for one in things if isinstance(one, Chart)), None)
    return Scene(best.width, best.height, label, tuple(grids), signs, captions=captions, chart=chart)
