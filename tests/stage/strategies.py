"""What the stage's tests draw: grids to place, and layers to record."""

from base64 import b64decode
from dataclasses import replace
from math import gcd
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kinds.grouped.side_by_side import arrange_side_by_side
from kinds.separable.scene import arrange_separable
from kinds.transposed.scene import TransposedSizes, arrange_transposed
from kinds.transposed.state import SINGLE_VIEWS, TransposedView
from stage.channels import LayerSizes, arrange
from stage.matrix_scenes import arrange_im2col, arrange_matrix
from stage.scene import Scene
from stage.sequence_scene import OutputSteps, arrange_sequence
from tests.engine.strategies import Case, cases

# A full padding by a 7-tap kernel of dilation 8 makes 128 cells of 32: the largest grid that the page can ask for.
LARGEST_GRID = 128


def grid_sizes(most: int) -> st.SearchStrategy[tuple[int, int]]:
    size = st.integers(1, most)
    return st.tuples(size, size)


@st.composite
def all_sizes(draw: st.DrawFn, largest: int = LARGEST_GRID) -> LayerSizes:
    in_channels, out_channels = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    most = gcd(in_channels, out_channels)
    return LayerSizes(
        padded=draw(grid_sizes(min(46, largest)) | grid_sizes(largest)),
        kernel=draw(grid_sizes(7)),
        output=draw(grid_sizes(min(46, largest)) | grid_sizes(largest)),
        in_channels=in_channels,
        out_channels=out_channels,
        bias=draw(st.booleans()),
        groups=draw(st.sampled_from([groups for groups in range(1, most + 1) if most % groups == 0])),
        weighted=draw(st.booleans()),
        length=draw(grid_sizes(8)),
    )


@st.composite
def separable_sizes(draw: st.DrawFn) -> tuple[LayerSizes, LayerSizes]:
    """Draw a depthwise layer and the pointwise one that reads its maps."""
    first = draw(all_sizes())
    multiplier = draw(st.integers(1, 8 // first.in_channels))
    depthwise = replace(first, out_channels=first.in_channels * multiplier, groups=first.in_channels, weighted=True)
    padding = draw(st.integers(0, 8))
    padded = (first.output[0] + 2 * padding, first.output[1] + 2 * padding)
    pointwise = LayerSizes(
        padded=padded,
        kernel=(1, 1),
        output=padded,
        in_channels=depthwise.out_channels,
        out_channels=draw(st.integers(1, 8)),
        bias=draw(st.booleans()),
    )
    return depthwise, pointwise


@st.composite
def drawn_transposed_sizes(draw: st.DrawFn) -> TransposedSizes:
    """Draw a transposed layer in one of its views or in all, small where its matrix is among them."""
    views = draw(st.sampled_from([SINGLE_VIEWS, SINGLE_VIEWS[:2], *((view,) for view in SINGLE_VIEWS)]))
    most, channels = (4, 2) if TransposedView.MATRIX in views else (LARGEST_GRID, 8)
    in_channels, out_channels = draw(st.integers(1, channels)), draw(st.integers(1, channels))
    captions = st.lists(st.tuples(st.sampled_from(["padding", "cropped", ""]), st.text("a b", min_size=1)), max_size=3)
    output = draw(grid_sizes(most))
    return TransposedSizes(
        views=views,
        captions=tuple(tuple(draw(captions)) for _ in views),
        input=draw(grid_sizes(min(most, 32))),
        kernel=draw(grid_sizes(7)),
        uncropped=tuple(size + 2 * draw(st.integers(0, 8)) for size in output),
        zero_inserted=draw(grid_sizes(most)),
        output=output,
        in_channels=in_channels,
        out_channels=out_channels,
        groups=draw(st.sampled_from([1, gcd(in_channels, out_channels)])),
        bias=draw(st.booleans()),
    )


@st.composite
def sequence_sizes(draw: st.DrawFn) -> tuple[LayerSizes, OutputSteps]:
    """Draw a layer over a sequence, and where its outputs stand: no further than the end of what it reads."""
    padded, kernel = draw(st.integers(1, LARGEST_GRID)), draw(st.integers(1, 7))
    steps = OutputSteps(draw(st.integers(0, padded - 1)), draw(st.integers(1, 8)))
    output = draw(st.integers(1, (padded - 1 - steps.first) // steps.stride + 1))
    in_channels, out_channels = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    sizes = LayerSizes(
        padded=(1, padded),
        kernel=(1, kernel),
        output=(1, output),
        in_channels=in_channels,
        out_channels=out_channels,
        bias=draw(st.booleans()),
    )
    return sizes, steps


def all_scenes() -> st.SearchStrategy[tuple[Scene, ...]]:
    """Draw everything that is arranged for one layer or two, in one of the ways that there are."""
    small = all_sizes(16)
    return st.one_of(
        all_sizes().map(arrange),
        all_sizes().map(arrange_side_by_side),
        small.map(arrange_im2col),
        small.map(arrange_matrix),
        separable_sizes().map(lambda both: arrange_separable(*both)),
        drawn_transposed_sizes().map(arrange_transposed),
        sequence_sizes().map(lambda both: arrange_sequence(*both)),
    )


def stage_cases(whole: bool = False) -> st.SearchStrategy[Case]:
    """Draw a layer with arrays that fit it, small enough to show."""
    return cases(whole=whole, most_channels=2, most_extra=3)


def decode(packed: dict[str, Any]) -> NDArray[Any]:
    """Unpack {dtype, shape, base64} from the format's description: C order, little endian."""
    dtype = np.dtype(packed["dtype"]).newbyteorder("<")
    return np.frombuffer(b64decode(packed["base64"], validate=True), dtype).reshape(packed["shape"])
