"""A layer as one matrix: which weight stands between which value of the input and which of the output."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, singledispatch
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.arrays import Floats, checked_weight
from engine.geometry import Axis
from engine.layers import ConvNd
from engine.transposed import ConvTransposeNd

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix, (out_channels * output cells, in_channels * input cells), by its entries; the arrays are read-only.

    Entry n is `values[n]` in row `rows[n]`, the place of an output value in `output.ravel()`, and in column
    `columns[n]`, that of an input value in `x.ravel()`. Entries are in order of the row, for a transposed layer of the
    column, so window by window; where padding copies the input several can be in one place, and their sum is what
    stands there.
    """

    shape: tuple[int, int]
    rows: Indices
    columns: Indices
    values: Floats

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (self.rows, self.columns, self.values):
            array.flags.writeable = False

    @property
    def transposed(self) -> "Matrix":
        """The matrix with its rows as columns; its entries are in the same order, which is that of its columns."""
        return Matrix(self.shape[::-1], self.columns, self.rows, self.values)

    @cached_property
    def dense(self) -> Floats:
        """All of the matrix, zeros included: read it only where it is small."""
        return self._filled(0.0)

    @cached_property
    def masked(self) -> Floats:
        """As `dense`, but NaN where there is no entry; a weight of 0 is one.

        >>> from engine.layers import Conv2d
        >>> as_matrix(Conv2d(1, 1, (1, 2)), [[[[0, 3]]]], 1, 3).masked.tolist()
        [[0.0, 3.0, nan], [nan, 0.0, 3.0]]
        """
        return self._filled(np.nan)

    def _filled(self, blank: float) -> Floats:
        filled = np.full(self.shape, blank)
        filled[self.rows, self.columns] = 0.0
        np.add.at(filled, (self.rows, self.columns), self.values)
        filled.flags.writeable = False
        return filled


def as_matrix(layer: ConvNd | ConvTransposeNd, weight: ArrayLike, *size: int) -> Matrix:
    """Return the layer as a Matrix whose product with `x.ravel()` is `forward` without bias, `.ravel()`.

    A `padding_value` is no value of x, so what it adds to the output, which `forward` of an x of zeros is, is left out.

    It has `cost(layer, *size).valid_macs` entries, a weight each, those that are 0 too. LayerError where the
    weight or the input's size do not fit the layer. Source: Dumoulin and Visin, "A guide to convolution arithmetic
    for deep learning" (arXiv 1603.07285), section 4.1.

    >>> from engine.layers import Conv2d
    >>> matrix = as_matrix(Conv2d(1, 1, 2), [[[[1, 2], [3, 4]]]], 2, 3)
    >>> matrix.dense.tolist()
    [[1.0, 2.0, 0.0, 3.0, 4.0, 0.0], [0.0, 1.0, 2.0, 0.0, 3.0, 4.0]]
    """
    return _matrix(layer, checked_weight(layer, weight), size)


@singledispatch
def _matrix(layer: object, weight: Floats, size: tuple[int, ...]) -> Matrix:
    raise TypeError(f"{layer!r} is not a layer that is a matrix")


@_matrix.register
def _(layer: ConvNd, weight: Floats, size: tuple[int, ...]) -> Matrix:
    return _convolution(weight, layer.groups, layer.axes(*size))


@_matrix.register
def _(layer: ConvTransposeNd, weight: Floats, size: tuple[int, ...]) -> Matrix:
    # To the convolution that it undoes, its weight's (in, out) are (out, in).
    return _convolution(weight, layer.groups, [axis.forward_axis for axis in layer.axes(*size)]).transposed


def _convolution(weight: Floats, groups: int, axes: Sequence[Axis]) -> Matrix:
    """Return the Matrix of an ordinary convolution with these axes."""
    out_channels, depth = weight.shape[:2]
    positions, taps = prod(axis.output for axis in axes), prod(axis.kernel for axis in axes)
    cells = prod(axis.length for axis in axes)
    # (positions, taps): the cell of the input under each tap in each window, and whether there is one.
    read, real = (grid.reshape(positions, taps) for grid in _read(axes))
    shape = (out_channels, positions, depth, taps)
    first = np.arange(out_channels) // (out_channels // groups) * depth
    channels = first[:, None] + np.arange(depth)
    kept = np.broadcast_to(real[:, None], shape)
    every_row = np.arange(out_channels * positions).reshape(out_channels, positions, 1, 1)
    every_column = channels[:, None, :, None] * cells + read[:, None]
    every_value = weight.reshape(out_channels, 1, depth, taps)
    return Matrix(
        (out_channels * positions, groups * depth * cells),
        np.broadcast_to(every_row, shape)[kept],
        every_column[kept],
        np.broadcast_to(every_value, shape)[kept],
    )


def _read(axes: Sequence[Axis]) -> tuple[Indices, NDArray[np.bool_]]:
    """Return (*output, *kernel): the number of the input cell under each tap in each window, and whether it is one."""
    read, real = np.zeros((), np.intp), np.ones((), np.bool_)
    for number, axis in enumerate(axes):
        shape = [1] * 2 * len(axes)
        shape[number], shape[len(axes) + number] = axis.output, axis.kernel
        cells = _cells_read(axis).reshape(shape)
        read, real = read * axis.length + cells, real & (cells >= 0)
    return read, real


def _cells_read(axis: Axis) -> Indices:
    """Return (output, kernel): the input cell that each tap reads in each window, or -1 where that is a zero."""
    return np.array(axis.sources)[np.add.outer(axis.starts, axis.offsets)]
