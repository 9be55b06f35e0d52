"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class StandardCode(MessageCode):
    """What can be wrong with the view of an ordinary convolution."""

    VIEW_TOO_LARGE = auto()
    VIEW_WITHOUT_CONSTANT = auto()


TEMPLATES: Templates = {
    "view_too_large": (
        "{parameter} is {value}, a matrix of {cells:,} cells, but this page draws at most {most:,}: "
        "use a smaller input, or the view {nearest}."
    ),
    "view_without_constant": (
        "{parameter} is {value}, but what a padding of {held} adds to the outputs is no weight times a value of the "
        "input, and a matrix has nothing else: pad with zeros, or use the view {nearest}."
    ),
}
"""The English catalogue: a template for each code and variant."""
