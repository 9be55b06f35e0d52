"""Examples for the page of pictures."""

from dataclasses import asdict
from typing import Any

from sharing.examples import Example
from sharing.filter_bank import FilterBank
from sharing.image_kernels import ImageKernelName, ImageView, kernel_named
from sharing.images import AfterFilter, ImagesState, SamplePicture

_LEFT = ("kernel_text", "divisor", "offset", "padding_value")


def _example(title: str, summary: str, kernel: ImageKernelName, **fields: Any) -> Example:
    """An example with all fields that count for a kernel that has a name, in the view that suits it."""
    opening = {name: value for name, value in asdict(ImagesState()).items() if name not in _LEFT}
    view = kernel_named(kernel, 0).usual_view
    return Example(title, summary, opening | {"kernel": kernel, "view": view} | fields)


PICTURES = {
    "cat-edges": _example(
        "A photograph’s edges, each with its sign",
        "Sobel’s weights add up to 0: even fur becomes 0, brighter to the right is above it, darker below.",
        ImageKernelName.SOBEL_X,
    ),
    "cat-blurred": _example(
        "A photograph blurred: 49 pixels make one",
        "A Gauss blur of 7×7: the fine hairs go, the eye stays.",
        ImageKernelName.WIDE_GAUSS_BLUR,
    ),
    "cat-sharpened": _example(
        "A photograph sharpened",
        "Five times the middle less its four neighbours: what differs from them differs more.",
        ImageKernelName.SHARPEN,
    ),
    "cat-relief": _example(
        "A photograph as a relief: the offset makes 0 grey",
        "The lower right less the upper left, plus 128.",
        ImageKernelName.EMBOSS,
    ),
    "first-layer": _example(
        "A network’s first layer: filter, ReLU, max pooling",
        "One side of each edge is left, and half the rows and columns. Each pixel is the largest of four.",
        ImageKernelName.SOBEL_X,
        after=AfterFilter.RELU_POOL,
    ),
    "upright-joints": _example(
        "Gabor at 0° on bricks: the upright joints",
        "Upright stripes answer to upright lines: the long joints are there, and the short level ones are gone.",
        ImageKernelName.GABOR,
        picture=SamplePicture.BRICK,
    ),
    "level-joints": _example(
        "Gabor at 90° on bricks: the level joints",
        "The same kernel on its side: the short joints are there, and the long upright ones are gone.",
        ImageKernelName.GABOR,
        picture=SamplePicture.BRICK,
        angle=90,
    ),
    "fur": _example(
        "Gabor at 120° on a cat: fur that runs down to the right",
        "A kernel answers to lines that run as its stripes do, and to few others.",
        ImageKernelName.GABOR,
        angle=120,
    ),
    "filter-bank": _example(
        "Four Gabor filters at once, and what each finds",
        "A map for each angle after ReLU and max pooling, and all together, as the next layer reads them.",
        ImageKernelName.GABOR,
        picture=SamplePicture.CAMERA,
        view=ImageView.CLIPPED,
        after=AfterFilter.RELU_POOL,
        bank=FilterBank.GABOR_4,
    ),
}
"""They stand on Chelsea the cat, but for Gabor's bricks and the bank."""
