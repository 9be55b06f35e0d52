"""The picture in the first HTML of a link: what the stage shows first, while all that draws the stage is on its way."""

from math import prod
from urllib.parse import parse_qs

from engine import LayerError
from kinds.links import decode
from kinds.registry import SPECS
from pages.shared.byte_cache import cached_by_bytes
from pages.shared.playing import play
from sharing.link import PATH, PRESENT
from sharing.page_state import PageState
from sharing.roles import INPUT
from stage.first_picture import MOST_CELLS, cells_of, first_picture

LONGEST_QUERY = 4_000
"""Characters of a link: one with more has typed numbers, and is dear to read."""
MOST_MULTIPLIES = 50_000
"""What a layer may take at most; one that is dearer is waited for without a picture."""
MOST_BYTES = 4_000_000
"""Of all pictures that are kept."""


def picture_of(page: str, query: str) -> str:
    """The picture of a link to a page, as SVG, or "" where there is none: no stage, no layer, or one that is dear.

    >>> picture_of("standard", "v=1&preset=simplest")[:4], picture_of("comparison", "v=1")
    ('<svg', '')
    """
    if page not in SPECS or len(query) > LONGEST_QUERY:
        return ""
    asked = parse_qs(query, keep_blank_values=True)
    if asked.get(PRESENT) == ["1"] or PATH in asked:
        return ""  # the stage fills the window there, or stands below the bar of a path
    return _picture(decode(page, asked)[0])


@cached_by_bytes(MOST_BYTES)
def _picture(state: PageState) -> str:
    try:
        if _most_multiplies(state) > MOST_MULTIPLIES:
            return ""
        stage = play(state).stage
    except LayerError:
        return ""
    return first_picture(stage) if cells_of(stage) <= MOST_CELLS else ""


def _most_multiplies(state: PageState) -> int:
    """A bound of the multiplies of a layer: every weight at every cell of the input."""
    state.layer()
    sizes = {role.name: prod(shape) for role, shape in state.shapes().items()}
    cells = sizes.pop(INPUT.name)
    return cells * max(sizes.values(), default=1)
