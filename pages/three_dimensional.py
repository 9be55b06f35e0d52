"""The three-dimensional page: a convolution over a volume."""

from kinds.three_dimensional import SPEC
from pages.shared.stage_page import show_page

show_page(SPEC)
