"""What the page of upsampling can refuse, and the catalogue of its sentences."""

from enum import auto

from engine.messages import MessageCode, Templates


class UpsamplingCode(MessageCode):
    """What can be wrong with a picture's size or a kernel that was typed."""

    RESULT_TOO_LARGE = auto()
    SEVERAL_UPSAMPLING_KERNELS = auto()
    UPSAMPLING_KERNEL_NOT_SQUARE = auto()
    UPSAMPLING_KERNEL_TOO_LARGE = auto()


TEMPLATES: Templates = {
    "result_too_large": (
        "{parameter}: {size}×{size} becomes {made}×{made} in {layers:layer|layers} of stride {stride}, but this page "
        "shows at most {most}×{most}."
    ),
    "several_upsampling_kernels": (
        "{parameter} has {value} matrices, but a grey picture has one channel: keep one of them."
    ),
    "upsampling_kernel_not_square": (
        "{parameter} has {value:row|rows} and {columns:column|columns}, but here a kernel is as high as it is wide."
    ),
    "upsampling_kernel_too_large": "{parameter} has {value:row|rows}, but this page takes at most {most}.",
}
"""The English catalogue: a template for each code and variant."""
