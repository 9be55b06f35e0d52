"""The one-dimensional page: a convolution along a sequence, with causal padding and dilation."""

from kinds.one_dimensional import SPEC
from pages.shared.stage_page import show_page

show_page(SPEC)
