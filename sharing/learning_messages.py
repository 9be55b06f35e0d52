"""What the page on which a kernel is learned can refuse, and the catalogue of its sentences."""

from enum import auto

from engine.messages import MessageCode, Templates


class LearningCode(MessageCode):
    """What can be wrong with an input, a wanted output or a kernel that was typed."""

    TOO_MANY = auto()
    KERNEL_LARGER = auto()
    CHANNELS_DIFFER = auto()
    IMAGES_DIFFER = auto()
    NO_SUCH_KERNEL = auto()


TEMPLATES: Templates = {
    "too_many.images": "{parameter}: there are {value:image|images}, but this page learns from at most {most}.",
    "too_many.channels": "{parameter}: there are {value:channel|channels}, but this page has at most {most}.",
    "too_many.filters": "{parameter}: there are {value:filter|filters}, but this page learns at most {most}.",
    "too_many.rows": "{parameter}: there are {value:row|rows}, but this page has room for {most}.",
    "too_many.columns": "{parameter}: there are {value:column|columns}, but this page has room for {most}.",
    "kernel_larger": (
        "{parameter}: a kernel of {rows}×{columns} has no place on an input of {height}×{width}: use a smaller kernel."
    ),
    "channels_differ": (
        "{parameter}: each filter has {value:channel|channels}, but the input has {channels}: give it as many."
    ),
    "images_differ": (
        "{parameter}: there are {value:output|outputs}, but {images:input|inputs}: every input has one wanted output."
    ),
    "no_such_kernel": (
        "{parameter}: no kernel makes {rows}×{columns} of an input of {height}×{width}. The kernel has one row and one "
        "column more than the input has more than the output, and here from 1 to {most} of each."
    ),
}
"""The English catalogue: a template for each code and variant."""
