"""A picture under a kernel, reckoned by the engine and by NumPy: what the browser's arithmetic has to equal."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Conv2d, MaxPool2d, PaddingMode, forward
from sharing.image_kernels import ImageKernel, ImageView
from sharing.images import AfterFilter
from stage.palette import palette

Pixels = NDArray[np.uint8]


def sums(picture: Pixels, kernel: ImageKernel, moving: dict[str, Any]) -> NDArray[np.int64]:
    """The engine's output for a grey picture, (height, width)."""
    layer = Conv2d(
        1,
        1,
        kernel.size,
        stride=moving["stride"],
        padding=tuple(moving["padding"]),
        dilation=moving["dilation"],
        bias=False,
        padding_mode=PaddingMode(moving["mode"]),
        padding_value=moving["value"],
    )
    output = forward(layer, picture[None].astype(float), np.array([[kernel.weights]], dtype=float))[0]
    whole = output.astype(np.int64)
    assert np.array_equal(whole, output)
    return whole


def undivided(result: NDArray[np.int64], kernel: ImageKernel, after: AfterFilter) -> NDArray[np.int64]:
    """What comes after the filter of its sums, before it is divided; LayerError where they are too few to be pooled."""
    whole = result + kernel.offset * kernel.divisor
    if after is AfterFilter.NOTHING:
        return whole
    positive = np.where(whole > 0, whole, 0)
    if after is AfterFilter.RELU:
        return positive
    return forward(MaxPool2d(2), positive[None].astype(float))[0].astype(np.int64)


def painted(
    result: NDArray[np.int64], kernel: ImageKernel, view: ImageView, after: AfterFilter = AfterFilter.NOTHING
) -> Pixels:
    """The colours of what comes of sums, (height, width, 3), as the page says that they are."""
    whole = undivided(result, kernel, after)
    value = whole / kernel.divisor
    if view is ImageView.SIGNED:
        share = whole / max(1, np.abs(whole).max())
        stops = np.array([[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in palette("light")], dtype=np.uint8)
        return stops[np.floor(32 + share * 32 + 0.5).astype(int)]
    shown = np.abs(value) if view is ImageView.MAGNITUDE else value
    grey = np.clip(np.floor(shown + 0.5), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
