"""A transposed convolution."""

from kinds.spec import KindSpec
from kinds.transposed.state import TransposedState

SPEC = KindSpec(TransposedState, order=4, label="Transposed", title="Transposed convolution")
