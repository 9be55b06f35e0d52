"""Parts of a scene that are placed as one: beside each other, or one over the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from stage.scene import LABEL_PIXELS, LABEL_ROWS, Grid, Role, Scene, Sign


@dataclass(frozen=True)
class Block:
    """Grids and signs from the corner (0, 0), and the room they take."""

    width: int
    height: float
    grids: tuple[Grid, ...]
    signs: tuple[Sign, ...] = ()

    def at(self, x: int, y: float) -> "Block":
        """The block moved to the corner (x, y), with the room up to there taken too."""
        grids = tuple(replace(grid, x=grid.x + x, y=grid.y + y) for grid in self.grids)
        signs = tuple(replace(sign, x=sign.x + x, y=sign.y + y) for sign in self.signs)
        return Block(self.width + x, self.height + y, grids, signs)

    def __or__(self, other: "Block") -> "Block":
        """This block and the other to its right, both centred on one line."""
        height = max(self.height, other.height)
        left = self.at(0, half_cells((height - self.height) / 2))
        right = other.at(self.width, half_cells((height - other.height) / 2))
        return Block(right.width, height, left.grids + right.grids, left.signs + right.signs)

    def __truediv__(self, other: "Block") -> "Block":
        """This block over the other, both centred."""
        width = max(self.width, other.width)
        over = self.at((width - self.width) // 2, 0)
        under = other.at((width - other.width) // 2, self.height)
        return Block(width, under.height, over.grids + under.grids, over.signs + under.signs)


def half_cells(y: float) -> float:
    """The half cell at or above y: on whole half cells, edges are sharp."""
    return int(2 * y) / 2


def space(width: int) -> Block:
    """Room between two blocks."""
    return Block(width, 0.0, ())


def tiled(blocks: list[Block], columns: int, gap: int) -> Block:
    """Blocks of one size in rows of so many."""
    width, height = blocks[0].width, blocks[0].height
    placed = [
        block.at(index % columns * (width + gap), index // columns * height) for index, block in enumerate(blocks)
    ]
    grids = tuple(grid for block in placed for grid in block.grids)
    signs = tuple(sign for block in placed for sign in block.signs)
    return Block(max(block.width for block in placed), placed[-1].height, grids, signs)


def best_scene(blocks: Callable[[float], Iterable[Block]], screen: tuple[int, int]) -> Scene:
    """The scene with the largest cells on a screen whose labels, of so many rows, are still tall enough to read.

    Its grids come in the order of their acts, roles and channels, however they are arranged.
    """

    def cell(block: Block) -> float:
        return min(screen[0] / block.width, screen[1] / block.height)

    for label in LABEL_ROWS:
        best = max(blocks(label), key=cell)
        if cell(best) * label >= LABEL_PIXELS:
            break
    grids = sorted(best.grids, key=lambda grid: (grid.act, list(Role).index(grid.role), grid.channel))
    return Scene(best.width, best.height, label, tuple(grids), best.signs)
