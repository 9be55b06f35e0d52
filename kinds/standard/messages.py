"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class StandardCode(MessageCode):
    """What can be wrong with the view of an ordinary convolution."""

    VIEW_TOO_LARGE = auto()


TEMPLATES: Templates = {
    "view_too_large": (
        "{parameter} is {value}, a matrix of {cells:,} cells, but this page draws at most {most:,}: "
        "use a smaller input, or the view {nearest}."
    ),
}
"""The English catalogue: a template for each code and variant."""
