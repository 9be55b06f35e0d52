"""Where the grids of a layer stand when it is shown as a product of matrices: windows as columns, or the whole layer.

In both, the product is laid out so that what belongs together is aligned: a column of windows stands over the column of
outputs it makes, a row of the layer's matrix beside the output it makes and under the inputs it reads.
"""

from collections.abc import Callable
from functools import lru_cache

from stage.blocks import Block, best_scene, block, tiled
from stage.channels import Parts
from stage.scene import SCREENS, Grid, Role, Scene, Sign

GAP = 2
"""Columns between two matrices, where an operator stands."""


@lru_cache(maxsize=256)
def arrange_im2col(parts: Parts) -> tuple[Scene, ...]:
    """The scenes of im2col: every window as a column, every filter as a row, and the maps that are their product."""
    return _for_screens(lambda label: _im2col(parts, label))


@lru_cache(maxsize=256)
def arrange_matrix(parts: Parts) -> tuple[Scene, ...]:
    """The scenes of the layer as one matrix, over it the input in one row, beside it the output in one column."""
    return _for_screens(lambda label: _matrix(parts, label))


def _for_screens(blocks: Callable[[float], tuple[Block, ...]]) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats."""
    return tuple(dict.fromkeys(best_scene(blocks, screen) for screen in SCREENS))


def _with_inputs(parts: Parts, product: Block, label: float) -> tuple[Block, ...]:
    """The inputs beside the matrices, in a column, or over them, in a row."""
    rows, columns = parts.padded
    names = [f"input {channel}" if parts.in_channels > 1 else "input" for channel in range(parts.in_channels)]
    inputs = [
        block(columns, rows + label, [Grid(Role.INPUT, channel, rows, columns, 0, label, name)])
        for channel, name in enumerate(names)
    ]
    return (tiled(inputs, 1, 1) | block(2, 0.0) | product, tiled(inputs, len(inputs), 1) / product)


def _im2col(parts: Parts, label: float) -> tuple[Block, ...]:
    depth = parts.in_channels * parts.kernel[0] * parts.kernel[1]
    positions = parts.output[0] * parts.output[1]
    left, under = depth + GAP, label + depth + label
    grids = [
        Grid(Role.WEIGHTS, 0, parts.out_channels, depth, 0, under, "filters"),
        Grid(Role.COLUMNS, 0, depth, positions, left, label, "windows as columns (im2col)"),
        Grid(Role.MAPS, 0, parts.out_channels, positions, left, under, "output, a row a map"),
    ]
    return _with_inputs(parts, _product(parts, grids), label)


def _matrix(parts: Parts, label: float) -> tuple[Block, ...]:
    cells = parts.in_channels * parts.length[0] * parts.length[1]
    outputs = parts.out_channels * parts.output[0] * parts.output[1]
    under = label + 1 + label
    grids = [
        Grid(Role.FLAT_INPUT, 0, 1, cells, 0, label, "x: the input, flattened"),
        Grid(Role.MATRIX, 0, outputs, cells, 0, under, f"C: {outputs}×{cells}"),
        Grid(Role.FLAT_OUTPUT, 0, outputs, 1, cells + GAP, under, "C x"),
    ]
    return _with_inputs(parts, _product(parts, grids), label)


def _product(parts: Parts, grids: list[Grid]) -> Block:
    """Grids of which the last is what the others make, and beside it the bias that is added, where there is one."""
    result = grids[-1]
    width, middle = result.x + result.columns, result.y + result.rows / 2
    things: list[Grid | Sign] = [*grids, Sign("=", result.x - GAP / 2, middle)]
    if parts.bias:
        things += [Grid(Role.BIAS, 0, 1, 1, width + GAP, middle - 0.5, "bias"), Sign("+", width + GAP / 2, middle)]
        width += GAP + 1
    return block(width, result.y + result.rows, things)
