"""Ways to enlarge an image by a kernel: what each makes, how many taps reach a cell, and the sums of weights by phase.

A checkerboard is unequal sums of weights by phase. An image of ones becomes these sums, again and again: cells that are
`stride` apart have the same phase. Uneven overlap, Odena et al., "Deconvolution and Checkerboard Artifacts" (2016),
https://doi.org/10.23915/distill.00003, is one way to get there, and neither enough for it nor needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.arrays import Floats, pad
from engine.forward import forward
from engine.layers import Conv2d, as_pair
from engine.resampled import Places, resized, shuffled, unpooled
from engine.resampling import PixelShuffle, Upsample
from engine.transposed import ConvTransposeNd

ROUNDING = 1e-12
"""Sums of weights that differ by no more than this part of the largest are the same."""


@dataclass(frozen=True, eq=False)
class TransposedUpsampling:
    """A transposed convolution without a bias; `weight` is of the layer's `weight_shape`."""

    layer: ConvTransposeNd
    weight: Floats

    @property
    def scale(self) -> tuple[int, ...]:
        """How many times as high and as wide the image becomes, but for its border."""
        return self.layer.strides

    def enlarge(self, x: Floats) -> Floats:
        """Return what the layer makes of an image, (channels, rows, columns)."""
        return forward(self.layer, x, self.weight)


class _ConvolvedUpsampling:
    """Base of the ways whose last number is one of an ordinary convolution without a bias."""

    layer: Conv2d
    weight: Floats

    def read(self, x: Floats) -> Floats:
        """Return what the convolution reads of an image."""
        return x

    def place(self, row: int, column: int) -> tuple[int, int, int]:
        """Return which number of the convolution a cell of the result is: its filter, row and column."""
        return 0, row, column

    def window(self, x: Floats, row: int, column: int) -> tuple[Floats, Floats]:
        """Return what the convolution reads for a cell of the result, (channels, *kernel), and the weights it takes."""
        values = self.read(x)
        chosen, top, left = self.place(row, column)
        axes = self.layer.axes(*values.shape[1:])
        padded = pad(values, axes)
        rows, columns = (axis.extent for axis in axes)
        return padded[:, top : top + rows, left : left + columns], self.weight[chosen]


@dataclass(frozen=True, eq=False)
class ResizedUpsampling(_ConvolvedUpsampling):
    """An image enlarged without a kernel, and a convolution of stride 1 over that."""

    resize: Upsample
    layer: Conv2d
    weight: Floats

    @property
    def scale(self) -> tuple[int, int]:
        """How many times as high and as wide the image becomes."""
        return as_pair(self.resize.scale_factor)

    def read(self, x: Floats) -> Floats:
        """Return the enlarged image."""
        return resized(self.resize, x)

    def enlarge(self, x: Floats) -> Floats:
        """Return what becomes of an image, (channels, rows, columns)."""
        return forward(self.layer, self.read(x), self.weight)


@dataclass(frozen=True, eq=False)
class ShuffledUpsampling(_ConvolvedUpsampling):
    """A convolution of stride 1 with r*r filters on the small image, whose maps are woven into one."""

    layer: Conv2d
    shuffle: PixelShuffle
    weight: Floats

    @property
    def scale(self) -> tuple[int, int]:
        """How many times as high and as wide the image becomes."""
        return self.shuffle.upscale_factor, self.shuffle.upscale_factor

    def place(self, row: int, column: int) -> tuple[int, int, int]:
        """Return which number of the convolution a cell of the first map is: its filter, row and column."""
        factor = self.shuffle.upscale_factor
        return row % factor * factor + column % factor, row // factor, column // factor

    def enlarge(self, x: Floats) -> Floats:
        """Return what becomes of an image, (channels, rows, columns)."""
        return shuffled(self.shuffle, forward(self.layer, x, self.weight))


@dataclass(frozen=True, eq=False)
class UnpooledUpsampling(_ConvolvedUpsampling):
    """Each value put where a max pooling found one, zeros elsewhere, and a convolution of stride 1 over that.

    `places` is that pooling's, for images of one size alone, whose result is of `size`.
    """

    places: Places
    size: tuple[int, int]
    layer: Conv2d
    weight: Floats

    @property
    def scale(self) -> tuple[int, int]:
        """How many times as high and as wide the image becomes."""
        rows, columns = self.places.shape[1:]
        return self.size[0] // rows, self.size[1] // columns

    def read(self, x: Floats) -> Floats:
        """Return the unpooled image."""
        return unpooled(x, self.places, self.size)

    def enlarge(self, x: Floats) -> Floats:
        """Return what becomes of an image, (channels, rows, columns)."""
        return forward(self.layer, self.read(x), self.weight)


PhasedUpsampling = TransposedUpsampling | ResizedUpsampling | ShuffledUpsampling
"""The ways that treat all cells of one phase alike."""
Upsampling = PhasedUpsampling | UnpooledUpsampling


def enlarged(layers: Sequence[Upsampling], x: Floats) -> list[Floats]:
    """Return an image, and what each layer makes of what the one before it has made.

    >>> double = ResizedUpsampling(Upsample(2), Conv2d(1, 1, 1, bias=False), np.array([[[[3.0]]]]))
    >>> [made.shape for made in enlarged([double, double], np.ones((1, 2, 3)))]
    [(1, 2, 3), (1, 4, 6), (1, 8, 12)]
    """
    made = [x]
    for layer in layers:
        made.append(layer.enlarge(made[-1]))
    return made


def taps_reaching(layer: Upsampling, rows: int, columns: int) -> Floats:
    """Return how many taps reach each cell of a layer's result with a value of the image: (channels, rows, columns).

    Padding, and the zeros between values, count for none. A value that is mixed of several counts once.

    >>> from engine import ConvTranspose2d
    >>> way = TransposedUpsampling(ConvTranspose2d(1, 1, 3, stride=2, bias=False), np.zeros((1, 1, 3, 3)))
    >>> taps_reaching(way, 1, 2).tolist()
    [[[1.0, 1.0, 2.0, 1.0, 1.0], [1.0, 1.0, 2.0, 1.0, 1.0], [1.0, 1.0, 2.0, 1.0, 1.0]]]
    """
    ones = np.ones((layer.layer.in_channels, rows, columns))
    return replace(layer, weight=np.ones_like(layer.weight)).enlarge(ones)


def phase_sums(layers: Sequence[PhasedUpsampling]) -> Floats:
    """Return the sum of weights that each phase of the result gets: (channels, *product of the layers' scales).

    It is what an image of ones without a border becomes; the first number is that of the cell at the top left.

    >>> from engine import ConvTranspose2d
    >>> way = TransposedUpsampling(ConvTranspose2d(1, 1, 3, 2, padding=1, bias=False), np.ones((1, 1, 3, 3)) / 2.25)
    >>> phase_sums([way]).round(2).tolist()
    [[[0.44, 0.89], [0.89, 1.78]]]
    """
    sums = np.ones((layers[0].layer.in_channels, 1, 1))
    for layer in layers:
        sums = _continued(layer, sums)
    return sums


def _continued(layer: PhasedUpsampling, pattern: Floats) -> Floats:
    """What a layer makes of a pattern that repeats without end: the pattern that its result repeats."""
    cropped = max(map(max, layer.layer.cropping)) if isinstance(layer, TransposedUpsampling) else 0
    reach = max(layer.layer.extents) + cropped
    around = [-(-reach // length) + 1 for length in pattern.shape[1:]]
    made = layer.enlarge(np.tile(pattern, (1, *(2 * times + 1 for times in around))))
    periods = [length * scale for length, scale in zip(pattern.shape[1:], layer.scale, strict=True)]
    cells = (slice(times * period, (times + 1) * period) for times, period in zip(around, periods, strict=True))
    return made[:, *cells]


def mean_phase_sums(layers: Sequence[UnpooledUpsampling]) -> Floats:
    """Return what an image of ones becomes in each phase on the mean, (1, *product of the layers' scales).

    Unpooling puts no two blocks alike, so that cells of one phase differ. Those near the border are left out.

    >>> layer = Conv2d(1, 1, 1, bias=False)
    >>> way = UnpooledUpsampling(np.array([[[0, 3], [8, 10]]]), (4, 4), layer, np.ones((1, 1, 1, 1)))
    >>> mean_phase_sums([way]).tolist()
    [[[0.75, 0.25], [0.0, 0.0]]]
    """
    rows, columns = layers[0].places.shape[1:]
    *_, made = enlarged(layers, np.ones((1, rows, columns)))
    border = 0
    for layer in layers:
        border = max(layer.scale) * border + max(layer.layer.extents) - 1
    down, across = (prod(layer.scale[i] for layer in layers) for i in range(2))
    blocks = made.reshape(1, rows, down, columns, across)
    off = -(-border // min(down, across))
    if min(rows, columns) > 2 * off:
        blocks = blocks[:, off : rows - off, :, off : columns - off]
    means: Floats = blocks.mean(axis=(1, 3))
    return means


def checkerboard(sums: Floats) -> float:
    """Return the number for the checkerboard: the largest sum of a phase less the smallest; 0 where all are the same.

    >>> checkerboard(np.array([[0.5, 1.0], [1.0, 2.0]])), checkerboard(np.array([[0.1 + 0.2, 0.3]]))
    (1.5, 0.0)
    """
    difference = float(sums.max() - sums.min())
    return 0.0 if difference <= ROUNDING * float(np.abs(sums).max()) else difference


def tent(kernel: int, stride: int) -> Floats:
    """Return the kernel that interpolates bilinearly, (kernel, kernel): 1 in the middle, less by 1/stride each cell.

    Source: Long, Shelhamer and Darrell, "Fully Convolutional Networks" (arXiv 1411.4038), whose kernel is 2 * stride -
    stride % 2 long.

    >>> tent(3, 2).tolist(), tent(4, 2)[0].tolist()
    ([[0.25, 0.5, 0.25], [0.5, 1.0, 0.5], [0.25, 0.5, 0.25]], [0.0625, 0.1875, 0.1875, 0.0625])
    """
    line = np.maximum(0, 1 - np.abs(np.arange(kernel) - (kernel - 1) / 2) / stride)
    square: Floats = np.multiply.outer(line, line)
    return square
