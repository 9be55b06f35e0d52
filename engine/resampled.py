"""What the layers that change the size of an image without a kernel make of its numbers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, checked_input, columns, pad
from engine.directions import IMAGE
from engine.layers import as_pair
from engine.pooling import MaxPool2d
from engine.resampling import PixelShuffle, Upsample

Places = NDArray[np.intp]


def resized(layer: Upsample, x: ArrayLike) -> Floats:
    """Return an image, (channels, rows, columns), enlarged as `torch.nn.Upsample` does it.

    >>> resized(Upsample((1, 2)), [[[1, 2]]]).tolist()
    [[[1.0, 1.0, 2.0, 2.0]]]
    >>> resized(Upsample((1, 2), "bilinear"), [[[0, 4]]]).tolist()
    [[[0.0, 1.0, 3.0, 4.0]]]
    """
    values = checked_input(x, IMAGE)
    down, across = as_pair(layer.scale_factor)
    if layer.mode == "nearest":
        return values.repeat(down, axis=1).repeat(across, axis=2)
    made: Floats = _mixed(values.shape[1], down) @ values @ _mixed(values.shape[2], across).T
    return made


def _mixed(length: int, scale: int) -> Floats:
    """How much of each cell, a column each, is in each cell of a line enlarged bilinearly, without align_corners."""
    places = np.clip((np.arange(length * scale) + 0.5) / scale - 0.5, 0, length - 1)
    lower = places.astype(int)
    mixed = np.zeros((len(places), length))
    cells = np.arange(len(places))
    mixed[cells, lower] = 1 - (places - lower)
    mixed[cells, np.minimum(lower + 1, length - 1)] += places - lower
    return mixed


def shuffled(layer: PixelShuffle, x: ArrayLike) -> Floats:
    """Return r*r channels woven into one that is r times as high and wide; LayerError where they do not fit.

    >>> shuffled(PixelShuffle(2), [[[1]], [[2]], [[3]], [[4]]]).tolist()
    [[[1.0, 2.0], [3.0, 4.0]]]
    """
    values = checked_input(x, IMAGE)
    shape, _ = layer.reach((values.shape[0], values.shape[1], values.shape[2]))
    factor = layer.upscale_factor
    woven = values.reshape(shape[0], factor, factor, *values.shape[1:]).transpose(0, 3, 1, 4, 2)
    return np.ascontiguousarray(woven).reshape(shape)


def largest_places(pool: MaxPool2d, x: ArrayLike) -> Places:
    """Return where a max pooling finds each of its outputs: `return_indices` of torch, counted row by row.

    Of several largest it is the first.

    >>> largest_places(MaxPool2d(2), [[[1, 2, 5, 0], [3, 4, 0, 5]]]).tolist()
    [[[5, 2]]]
    """
    values = checked_input(x, IMAGE)
    rows, across = pool.axes(*values.shape[1:])
    windows = columns(pad(values, (rows, across), -np.inf), (rows, across))
    down, right = np.divmod(windows.argmax(axis=1).reshape(-1, rows.output, across.output), across.kernel)
    first_rows = np.arange(rows.output)[:, None] * rows.stride - rows.before
    first_columns = np.arange(across.output) * across.stride - across.before
    places: Places = (first_rows + rows.dilation * down) * values.shape[2] + first_columns + across.dilation * right
    return places


def unpooled(x: ArrayLike, places: Places, size: tuple[int, int]) -> Floats:
    """Return an image of `size` with each value at its place and zeros elsewhere, as `torch.nn.MaxUnpool2d`.

    >>> unpooled([[[7, 8]]], np.array([[[5, 2]]]), (2, 4)).tolist()
    [[[0.0, 0.0, 8.0, 0.0], [0.0, 7.0, 0.0, 0.0]]]
    """
    values = checked_input(x, IMAGE)
    put = np.zeros((len(values), size[0] * size[1]))
    np.put_along_axis(put, places.reshape(len(values), -1), values.reshape(len(values), -1), axis=1)
    return put.reshape(-1, *size)
