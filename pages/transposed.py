"""The transposed-convolution page: three views of one layer, and what is true of its sizes and its overlaps."""

from kinds.transposed import SPEC
from pages.shared.overlaps import explain_overlaps
from pages.shared.round_trip import explain_round_trip
from pages.shared.stage_page import show_page

recorded = show_page(SPEC)
if recorded is not None:
    explain_overlaps(recorded)
    explain_round_trip(recorded)
