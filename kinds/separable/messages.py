"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class SeparableCode(MessageCode):
    """What can be wrong between the two layers."""

    TOO_MANY_BETWEEN = auto()


TEMPLATES: Templates = {
    "too_many_between": (
        "{parameter} is {value}, but {in_channels} input channels make {made} between the layers, "
        "and this page shows at most {most}: use {nearest}."
    ),
}
"""The English catalogue: a template for each code and variant."""
