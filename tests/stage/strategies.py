"""What the stage's tests draw: grids to place, and traces of layers whose filters read every input channel."""

from base64 import b64decode
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from stage.channels import Parts
from tests.engine.strategies import Case, cases

# A full padding by a 7-tap kernel of dilation 8 makes 128 cells of 32: the largest grid that the page can ask for.
LARGEST_GRID = 128


def sizes(most: int) -> st.SearchStrategy[tuple[int, int]]:
    size = st.integers(1, most)
    return st.tuples(size, size)


def all_parts() -> st.SearchStrategy[Parts]:
    return st.builds(
        Parts,
        padded=sizes(46) | sizes(LARGEST_GRID),
        kernel=sizes(7),
        output=sizes(46) | sizes(LARGEST_GRID),
        in_channels=st.integers(1, 8),
        out_channels=st.integers(1, 8),
        bias=st.booleans(),
    )


def _ungrouped(case: Case) -> Case:
    groups = case.layer.groups
    return replace(case, layer=replace(case.layer, groups=1), weight=np.tile(case.weight, (1, groups, 1, 1)))


def stage_cases(whole: bool = False) -> st.SearchStrategy[Case]:
    """Draw a layer of one group with arrays that fit it: the stage shows no others."""
    return cases(whole=whole, most_channels=2, most_extra=3).map(_ungrouped)


def decode(packed: dict[str, Any]) -> NDArray[Any]:
    """Unpack {dtype, shape, base64} from the format's description: C order, little endian."""
    dtype = np.dtype(packed["dtype"]).newbyteorder("<")
    return np.frombuffer(b64decode(packed["base64"], validate=True), dtype).reshape(packed["shape"])
