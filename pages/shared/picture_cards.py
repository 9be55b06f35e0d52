"""The pictures of the cards of pages that show a picture: a piece of what comes of it, pixel by pixel, as an SVG."""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import Image

from engine import Conv2d, MaxPool2d, forward
from engine.arrays import Floats
from pages.shared.enlarging import enlarge, shown
from pages.shared.samples import sample_pixels
from sharing.filter_bank import ANGLES, FULL
from sharing.image_kernels import ImageKernelName, ImageView
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

    Of a bank, the same piece of every map, beside each other.

    >>> filtered_piece(ImagesState())[:21]
    '<svg xmlns="http://ww'
    """
    angles = ANGLES[state.bank]
    if not angles:
        return _piece(filtered(state))
    maps = [_results(replace(state, kernel=ImageKernelName.GABOR, angle=angle)) for angle in angles]
    full = float(np.abs(maps).max()) / FULL
    rows, columns = _PIECE
    return _drawn(np.hstack([_cut(_greys(one, state.view, full), (rows, columns // len(maps))) for one in maps]))


def filtered(state: ImagesState) -> Floats:
    """What the kernel of a state, and what comes after it, make of its picture, in greys."""
    results = _results(state)
    is_signed = state.view is ImageView.SIGNED
    return _greys(results, state.view, max(1.0, float(np.abs(results).max())) if is_signed else 255.0)


def _results(state: ImagesState) -> Floats:
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
    return _after(sums / kernel.divisor + kernel.offset, state.after)


def _greys(results: Floats, view: ImageView, full: float) -> Floats:
    """Results as greys, of which the largest, 255, is that of `full`."""
    match view:
        case ImageView.SIGNED:
            return 127.5 + 127.5 * results / full
        case ImageView.MAGNITUDE:
            return np.abs(results) * (255 / full)
        case ImageView.CLIPPED:
            return results * (255 / full)


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
    return _drawn(_cut(result, _PIECE))


def _cut(result: Floats, size: tuple[int, int]) -> Floats:
    """A piece of a picture, no larger than `size`, around where an eye of the cat is."""
    rows, columns = (min(most, length) for most, length in zip(size, result.shape, strict=True))
    top, left = ((length - of) * 3 // 10 for length, of in zip(result.shape, (rows, columns), strict=True))
    return result[top : top + rows, left : left + columns]


def _drawn(piece: Floats) -> str:
    rows, columns = piece.shape
    file = BytesIO()
    Image.frombytes("L", (columns, rows), shown(piece)).save(file, "PNG")
    source = f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns} {rows}"><image href="{source}" '
        f'width="{columns}" height="{rows}" style="image-rendering:pixelated"/></svg>'
    )
