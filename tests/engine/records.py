"""What is true of the record of every layer."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from tests.engine.strategies import Case


def check_arrays_are_its_own(trace: Any, case: Case[Any], names: Iterable[str]) -> None:
    """Assert that a record has copies of what it was given, and that the arrays of these names are read-only."""
    assert trace.layer == case.layer
    for name, given in (("input", case.x), ("weight", case.weight), ("bias", case.bias)):
        recorded = getattr(trace, name)
        if given is None:
            assert recorded is None
        else:
            np.testing.assert_array_equal(recorded, given)
            assert not np.shares_memory(recorded, given)
    for array in (getattr(trace, name) for name in names):
        if array is not None:
            assert not array.flags.writeable
            assert not any(np.shares_memory(array, given) for given in (case.x, case.weight))
