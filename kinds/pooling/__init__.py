"""Pooling: one number of each window, the largest or the mean."""

from kinds.pooling.state import PoolingState
from kinds.spec import KindSpec

SPEC = KindSpec(PoolingState, order=5, label="Pooling", title="Pooling")
