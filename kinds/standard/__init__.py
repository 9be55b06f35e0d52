"""An ordinary convolution."""

from kinds.spec import KindSpec
from kinds.standard.state import StandardState

SPEC = KindSpec(StandardState, order=1, label="Standard", title="Standard convolution")
