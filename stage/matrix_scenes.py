"""Where the grids of a layer stand when it is shown as a product of matrices: windows as columns, or the whole layer.

In both, the product is laid out so that what belongs together is aligned: a column of windows stands over the column of
outputs it makes, a row of the layer's matrix beside the output it makes and under the inputs it reads.
"""

from collections.abc import Callable
from functools import lru_cache

from stage.blocks import Block, best_scene, block, tiled
from stage.channels import LayerSizes
from stage.labels import Label, channel_label, label_of
from stage.scene import SCREENS, GridRole, PlacedGrid, Scene, Sign

GAP = 2
"""Columns between two matrices, where an operator stands."""


@lru_cache(maxsize=256)
def arrange_im2col(sizes: LayerSizes) -> tuple[Scene, ...]:
    """The scenes of im2col: every window as a column, every filter as a row, and the maps that are their product."""
    return _for_screens(lambda label: _im2col(sizes, label))


@lru_cache(maxsize=256)
def arrange_matrix(sizes: LayerSizes) -> tuple[Scene, ...]:
    """The scenes of the layer as one matrix, over it the input in one row, beside it the output in one column."""
    return _for_screens(lambda label: _matrix(sizes, label))


def _for_screens(blocks: Callable[[float], tuple[Block, ...]]) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats."""
    return tuple(dict.fromkeys(best_scene(blocks, screen) for screen in SCREENS))


def _with_inputs(sizes: LayerSizes, product: Block, label: float) -> tuple[Block, ...]:
    """The inputs beside the matrices, in a column, or over them, in a row."""
    rows, columns = sizes.padded
    channels = sizes.in_channels
    names = [channel_label(Label.INPUT, channel, channels) for channel in range(channels)]
    inputs = [
        block(columns, rows + label, [PlacedGrid(GridRole.INPUT, channel, rows, columns, 0, label, name)])
        for channel, name in enumerate(names)
    ]
    return (tiled(inputs, 1, 1) | block(2, 0.0) | product, tiled(inputs, len(inputs), 1) / product)


def _im2col(sizes: LayerSizes, label: float) -> tuple[Block, ...]:
    depth = sizes.in_channels * sizes.kernel[0] * sizes.kernel[1]
    positions = sizes.output[0] * sizes.output[1]
    left, under = depth + GAP, label + depth + label
    grids = [
        PlacedGrid(GridRole.WEIGHTS, 0, sizes.out_channels, depth, 0, under, label_of(Label.FILTERS)),
        PlacedGrid(GridRole.COLUMNS, 0, depth, positions, left, label, label_of(Label.WINDOWS_AS_COLUMNS)),
        PlacedGrid(GridRole.MAPS, 0, sizes.out_channels, positions, left, under, label_of(Label.MAPS_AS_ROWS)),
    ]
    return _with_inputs(sizes, _product(sizes, grids), label)


def _matrix(sizes: LayerSizes, label: float) -> tuple[Block, ...]:
    cells = sizes.in_channels * sizes.length[0] * sizes.length[1]
    outputs = sizes.out_channels * sizes.output[0] * sizes.output[1]
    under = label + 1 + label
    grids = [
        PlacedGrid(GridRole.FLAT_INPUT, 0, 1, cells, 0, label, label_of(Label.INPUT_AS_ROW)),
        PlacedGrid(GridRole.MATRIX, 0, outputs, cells, 0, under, label_of(Label.MATRIX, rows=outputs, columns=cells)),
        PlacedGrid(GridRole.FLAT_OUTPUT, 0, outputs, 1, cells + GAP, under, label_of(Label.FLAT_PRODUCT)),
    ]
    return _with_inputs(sizes, _product(sizes, grids), label)


def _product(sizes: LayerSizes, grids: list[PlacedGrid]) -> Block:
    """Grids of which the last is what the others make, and beside it the bias that is added, where there is one."""
    result = grids[-1]
    width, middle = result.x + result.columns, result.y + result.rows / 2
    things: list[PlacedGrid | Sign] = [*grids, Sign("=", result.x - GAP / 2, middle)]
    if sizes.bias:
        things += [
            PlacedGrid(GridRole.BIAS, 0, 1, 1, width + GAP, middle - 0.5, label_of(Label.BIAS)),
            Sign("+", width + GAP / 2, middle),
        ]
        width += GAP + 1
    return block(width, result.y + result.rows, things)
