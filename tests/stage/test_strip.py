"""How much room the numbers of a strip need."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.number_text import write_short
from stage.strip import SHORTEST_REAL, letters_of
from tests.draws import examples

NUMBERS = st.one_of(
    st.integers(-(10**7), 10**7).map(float),
    st.floats(-2e5, 2e5),
    st.floats(-0.02, 0.02),
    st.floats(-2e-6, 2e-6),
)


@settings(max_examples=examples(200))
@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_the_longest_number_is_found(numbers: list[float]) -> None:
    """Without writing all of them; and reals are given one size."""
    written = [(len(write_short(one)), one == int(one)) for one in numbers]
    wanted = max(length if is_whole else max(SHORTEST_REAL, length) for length, is_whole in written)
    assert letters_of(np.array([*numbers, np.nan, -np.inf])) == wanted
