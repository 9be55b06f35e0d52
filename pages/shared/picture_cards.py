"""The pictures of the cards of pages that show a picture: a piece of what comes of it, pixel by pixel, as an SVG."""

from base64 import b64encode
from io import BytesIO

import numpy as np
from PIL import Image

from engine import Conv2d, MaxPool2d, forward
from engine.arrays import Floats
from pages.shared.enlarging import enlarge, shown
from pages.shared.samples import sample_pixels
from sharing.image_kernels import ImageView
from sharing.images import AfterFilter, ImagesState
from sharing.padding_value import mode_arguments
from sharing.upsampling import UpsamplingState, UpsamplingWay

_PIECE = (55, 128)
"""Rows and columns of the piece that a card shows."""


def enlarged_piece(state: UpsamplingState) -> str:
    """A piece of the picture that the transposed layer of a state makes."""
    return _piece(enlarge(state, UpsamplingWay.TRANSPOSED).result)


def filtered_piece(state: ImagesState) -> str:
    """A piece of the picture that the kernel of a state makes, as its view shows it; signs as greys around the middle.

    >>> filtered_piece(ImagesState())[:21]
    '<svg xmlns="http://ww'
    """
    return _piece(filtered(state))


def filtered(state: ImagesState) -> Floats:
    """What the kernel of a state, and what comes after it, make of its picture, in greys."""
    kernel = state.chosen_kernel()
    layer = Conv2d(
        1,
        1,
        kernel.size,
        stride=state.stride,
        padding=state.padding_sides(kernel),
        dilation=state.dilation,
        bias=False,
        **mode_arguments(state.padding_mode, state.padding_value),
    )
    sums = forward(layer, sample_pixels(state.picture)[None], np.array([[kernel.weights]]))[0]
    result = _after(sums / kernel.divisor + kernel.offset, state.after)
    match state.view:
        case ImageView.SIGNED:
            return 127.5 + 127.5 * result / max(1.0, float(np.abs(result).max()))
        case ImageView.MAGNITUDE:
            return np.abs(result)
        case ImageView.CLIPPED:
            return result


def _after(result: Floats, after: AfterFilter) -> Floats:
    match after:
        case AfterFilter.NOTHING:
            return result
        case AfterFilter.RELU:
            return _positive(result)
        case AfterFilter.RELU_POOL:
            pooled: Floats = forward(MaxPool2d(2), _positive(result)[None])[0]
            return pooled


def _positive(result: Floats) -> Floats:
    positive: Floats = np.maximum(result, 0)
    return positive


def _piece(result: Floats) -> str:
    """A piece of a picture, around where an eye of the cat is."""
    rows, columns = (min(most, length) for most, length in zip(_PIECE, result.shape, strict=True))
    top, left = ((length - of) * 3 // 10 for length, of in zip(result.shape, (rows, columns), strict=True))
    file = BytesIO()
    Image.frombytes("L", (columns, rows), shown(result[top : top + rows, left : left + columns])).save(file, "PNG")
    source = f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns} {rows}"><image href="{source}" '
        f'width="{columns}" height="{rows}" style="image-rendering:pixelated"/></svg>'
    )
