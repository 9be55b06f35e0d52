"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class GradientsCode(MessageCode):
    """What can be wrong with what the gradients are of."""

    OUTPUT_OUTSIDE = auto()


TEMPLATES: Templates = {
    "output_outside.channels": (
        "{parameter} is {value}, but the output has {count:channel|channels}, counted from 0: use {nearest}."
    ),
    "output_outside.rows": (
        "{parameter} is {value}, but the output has {count:row|rows}, counted from 0: use {nearest}."
    ),
    "output_outside.columns": (
        "{parameter} is {value}, but the output has {count:column|columns}, counted from 0: use {nearest}."
    ),
}
"""The English catalogue: a template for each code and variant."""
