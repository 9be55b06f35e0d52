"""Where the grids of a layer stand when it is shown as a product of matrices: windows as columns, or the whole layer.

In both, the product is laid out so that what belongs together is aligned: a column of windows stands over the column of
outputs it makes, a row of the layer's matrix beside the output it makes and under the inputs it reads.
"""

from collections.abc import Callable
from functools import lru_cache

from stage.channels import Parts, half_cells
from stage.scene import LABEL_PIXELS, LABEL_ROWS, SCREENS, Grid, Role, Scene, Sign


@lru_cache(maxsize=256)
def arrange_im2col(parts: Parts) -> tuple[Scene, ...]:
    """The scenes of im2col: every window as a column, every filter as a row, and the maps that are their product."""
    return _for_screens(lambda below, label: _im2col(parts, below, label))


@lru_cache(maxsize=256)
def arrange_matrix(parts: Parts) -> tuple[Scene, ...]:
    """The scenes of the layer as one matrix, over it the input in one row, beside it the output in one column."""
    return _for_screens(lambda below, label: _matrix(parts, below, label))


def _for_screens(build: Callable[[bool, float], Scene]) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats: inputs beside the matrices or over them."""
    return tuple(dict.fromkeys(_best(build, screen) for screen in SCREENS))


def _best(build: Callable[[bool, float], Scene], screen: tuple[int, int]) -> Scene:
    def cell(scene: Scene) -> float:
        return min(screen[0] / scene.width, screen[1] / scene.height)

    best = build(False, 1.0)
    for label in LABEL_ROWS:
        best = max((build(below, label) for below in (False, True)), key=cell)
        if cell(best) * label >= LABEL_PIXELS:
            break
    return best


def _inputs(parts: Parts, is_row: bool, label: float) -> tuple[list[Grid], int, float]:
    """The inputs in a row or in a column, with the width and the height that they take."""
    rows, columns = parts.padded
    grids = []
    for channel in range(parts.in_channels):
        name = f"input {channel}" if parts.in_channels > 1 else "input"
        x, y = (channel * (columns + 1), label) if is_row else (0, label + channel * (rows + label))
        grids.append(Grid(Role.INPUT, channel, rows, columns, x, y, name))
    last = grids[-1]
    return grids, last.x + columns, last.y + rows


def _scene(
    inputs: tuple[list[Grid], int, float], others: list[Grid], signs: list[Sign], below: bool, label: float
) -> Scene:
    """Inputs over the other grids or to their left; the others are placed as if from the corner (0, 0)."""
    grids, width, height = inputs
    across = max(grid.x + grid.columns for grid in others)
    down = max(grid.y + grid.rows for grid in others)
    # Beside each other both are centred on one line, as near as half a cell allows.
    x, y = (0, height) if below else (width + 2, half_cells(max(0.0, height - down) / 2))
    lift = 0.0 if below else half_cells(max(0.0, down - height) / 2)
    placed = [_moved(grid, 0, lift) for grid in grids] + [_moved(grid, x, y) for grid in others]
    width, height = (max(width, across), height + down) if below else (x + across, max(height, down))
    return Scene(width, height, label, tuple(placed), tuple(Sign(one.text, one.x + x, one.y + y) for one in signs))


def _moved(grid: Grid, x: int, y: float) -> Grid:
    return Grid(grid.role, grid.channel, grid.rows, grid.columns, grid.x + x, grid.y + y, grid.label)


def _im2col(parts: Parts, below: bool, label: float) -> Scene:
    depth = parts.in_channels * parts.kernel[0] * parts.kernel[1]
    positions = parts.output[0] * parts.output[1]
    gap = 2
    left, under = depth + gap, label + depth + label
    others = [
        Grid(Role.WEIGHTS, 0, parts.out_channels, depth, 0, under, "filters, a row each"),
        Grid(Role.COLUMNS, 0, depth, positions, left, label, "windows, a column each (im2col)"),
        Grid(Role.MAPS, 0, parts.out_channels, positions, left, under, "output, a row a map"),
    ]
    middle = under + parts.out_channels / 2
    signs = [Sign("=", depth + gap / 2, middle)]
    if parts.bias:
        others.append(Grid(Role.BIAS, 0, 1, 1, left + positions + gap, middle - 0.5, "bias"))
        signs.append(Sign("+", left + positions + gap / 2, middle))
    return _scene(_inputs(parts, below, label), others, signs, below, label)


def _matrix(parts: Parts, below: bool, label: float) -> Scene:
    cells = parts.in_channels * parts.length[0] * parts.length[1]
    outputs = parts.out_channels * parts.output[0] * parts.output[1]
    gap = 2
    under = label + 1 + label
    others = [
        Grid(Role.FLAT_INPUT, 0, 1, cells, 0, label, "x: the input, flattened"),
        Grid(Role.MATRIX, 0, outputs, cells, 0, under, f"C: {outputs}×{cells}"),
        Grid(Role.FLAT_OUTPUT, 0, outputs, 1, cells + gap, under, "C x"),
    ]
    middle = under + outputs / 2
    signs = [Sign("=", cells + gap / 2, middle)]
    if parts.bias:
        others.append(Grid(Role.BIAS, 0, 1, 1, cells + 2 * gap + 1, middle - 0.5, "bias"))
        signs.append(Sign("+", cells + gap + 1 + gap / 2, middle))
    return _scene(_inputs(parts, below, label), others, signs, below, label)
