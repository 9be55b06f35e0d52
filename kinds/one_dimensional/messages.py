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

OF_A_SEQUENCE: Templates = {
    "kernel_too_large.columns": (
        "{parameter} is {value:value|values}, but the padded input has only {padded:value|values}: use {choices}."
    ),
    "kernel_too_large.columns.dilated": (
        "{parameter} is {value:value|values}, spread over {extent} by dilation {dilation}, "
        "but the padded input has only {padded:value|values}: use {choices}."
    ),
    "mode_cannot_fill.reflect.left": (
        "{parameter} is {value:value|values} at the start, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.right": (
        "{parameter} is {value:value|values} at the end, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.left": (
        "{parameter} is {value:value|values} at the start, but circular padding goes round the input once, "
        "and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.right": (
        "{parameter} is {value:value|values} at the end, but circular padding goes round the input once, "
        "and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "kernel.columns": "a kernel of at most {most:value|values}",
}
"""What the engine's errors are for a sequence, which it takes for an image of a single row."""
