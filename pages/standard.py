"""The standard-convolution page: choose a layer, watch it compute, read why its output has the size it has."""

from kinds.standard import SPEC
from pages.shared.stage_page import show_page

show_page(SPEC)
