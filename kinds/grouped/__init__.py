"""A convolution in groups of channels, up to depthwise."""

from kinds.grouped.state import GroupedState
from kinds.spec import KindSpec

SPEC = KindSpec(GroupedState, order=2, label="Grouped", title="Grouped convolution")
