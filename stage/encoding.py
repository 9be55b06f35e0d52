"""Arrays on their way to the browser: exact, and as few bytes as that allows."""

from base64 import b64encode
from typing import Any

import numpy as np
from numpy.typing import NDArray

_WHOLE = (np.int8, np.int16, np.int32)


def encode(array: NDArray[Any]) -> dict[str, Any]:
    """Pack an array as base64 with its dtype and shape; whole numbers take the smallest integers that hold them.

    What arrives is bit for bit what was sent: reals stay float64.

    >>> encode(np.array([[1.0, -2.0]]))
    {'dtype': 'int8', 'shape': [1, 2], 'base64': 'Af4='}
    """
    packed = np.ascontiguousarray(array, _smallest_dtype(array))  # a copy only where one is needed: arrays can be large
    return {"dtype": packed.dtype.name, "shape": list(array.shape), "base64": b64encode(packed.data).decode()}


def _smallest_dtype(array: NDArray[Any]) -> type[np.generic]:
    if array.size == 0:
        return np.int8
    # trunc of NaN or infinity equals nothing or itself; both fall through to float64 by the range test below
    if not np.array_equal(np.trunc(array), array):
        return np.float64
    low, high = array.min(), array.max()
    for dtype in _WHOLE:
        if np.iinfo(dtype).min <= low and high <= np.iinfo(dtype).max:
            return dtype
    return np.float64
