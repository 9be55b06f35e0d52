"""The sentences of this page's own errors."""

from enum import auto

from engine.messages import MessageCode, Templates


class SequenceCode(MessageCode):
    """What can be wrong with a layer over a sequence."""

    SEQUENCE_SAME_WITH_STRIDE = auto()


TEMPLATES: Templates = {
    "sequence_same_with_stride": (
        "{parameter} is {value:code} and stride is {stride}, but with a stride the output cannot stay as long as the "
        "input, and PyTorch refuses it: use stride 1, the padding of TensorFlow's SAME, or a padding of "
        "{amount} (often its length, with other numbers)."
    ),
}
"""The English catalogue: a template for each code and variant."""
