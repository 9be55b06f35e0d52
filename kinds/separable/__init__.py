"""A depthwise convolution and the pointwise one after it."""

from kinds.separable.state import SeparableState
from kinds.spec import KindSpec

SPEC = KindSpec(SeparableState, order=3, label="Separable", title="Depthwise-separable convolution")
