"""What a kernel for pictures can be refused for: the codes, and the catalogue of their sentences."""

from enum import auto

from engine.messages import MessageCode, Templates


class ImageCode(MessageCode):
    """What can be wrong with a kernel that was typed for a picture."""

    SEVERAL_MATRICES = auto()
    KERNEL_TOO_LARGE = auto()
    WEIGHT_NOT_WHOLE = auto()
    WEIGHT_TOO_LARGE = auto()


TEMPLATES: Templates = {
    "several_matrices": "{parameter} has {value} matrices, but a grey picture has one channel: keep one of them.",
    "kernel_too_large": (
        "{parameter} has {value:row|rows} and {columns:column|columns}, but this page takes at most {most} of each."
    ),
    "weight_not_whole": (
        "{parameter} has a weight of {value}, but weights are whole numbers here, so that every sum is exact: "
        "multiply all of them by the same number, and the divisor too."
    ),
    "weight_too_large": (
        "{parameter} has a weight of {value}, but here weights go from −{most} to {most}, so that every sum is exact."
    ),
}
"""The English catalogue: a template for each code and variant."""
