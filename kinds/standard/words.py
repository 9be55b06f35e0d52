"""An ordinary convolution in short."""

from engine.messages import Templates, fill
from kinds.shared.layer_words import layer_in_short
from kinds.standard.state import Operation, StandardState

TEMPLATES: Templates = {"flipped": "{layer}, the kernel flipped"}
"""The English catalogue."""


def in_short(state: StandardState) -> str:
    """The layer of a state in short, and whether its kernel is flipped.

    >>> in_short(StandardState("", 4, 4, operation=Operation.CONVOLUTION))
    'kernel 3×3, stride 1, padding 0, dilation 1, the kernel flipped'
    """
    layer = layer_in_short(state)
    return fill(TEMPLATES["flipped"], {"layer": layer}) if state.operation is Operation.CONVOLUTION else layer
