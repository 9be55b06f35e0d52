"""A convolution along a sequence."""

from kinds.one_dimensional.state import SequenceState
from kinds.spec import KindSpec

SPEC = KindSpec(SequenceState, order=6, label="1-D", title="One-dimensional convolution")
