"""The layers that change the size of an image without a kernel: adaptive pooling, enlarging, shuffling, unpooling."""

from dataclasses import dataclass

from engine.checks import Numbers, named, settle, whole_number, whole_numbers
from engine.directions import IMAGE
from engine.errors import LayerCode, LayerError, use
from engine.geometry import TransposedAxis
from engine.layers import as_pair
from engine.modules import Shape
from engine.pooling import MaxPool2d
from engine.receptive_field import AnyAxis
from engine.uneven_axis import UnevenAxis

Axes = tuple[AnyAxis, ...]
MODES = ("nearest", "bilinear")


@dataclass(frozen=True)
class _AdaptivePool2d:
    """Base of the poolings that are told the size to make: `output_size` is a whole number or a pair.

    Where that does not divide the input's size, windows overlap and are of several lengths.
    """

    output_size: int | Numbers

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {"output_size": whole_numbers("output_size", self.output_size, IMAGE)})

    def reach(self, inputs: Shape) -> tuple[Shape, Axes]:
        """Return the output's shape, and the plans of its rows and columns."""
        channels, height, width = inputs
        rows, columns = as_pair(self.output_size)
        axes = UnevenAxis.adaptive(height, rows), UnevenAxis.adaptive(width, columns)
        return (channels, rows, columns), axes


class AdaptiveAvgPool2d(_AdaptivePool2d):
    """The mean of each window; as `torch.nn.AdaptiveAvgPool2d`, which also takes None for a size that stays.

    >>> AdaptiveAvgPool2d(3).reach((8, 5, 6))[0]
    (8, 3, 3)
    """


class AdaptiveMaxPool2d(_AdaptivePool2d):
    """The largest value of each window; as `torch.nn.AdaptiveMaxPool2d`, without its indices."""


@dataclass(frozen=True)
class Upsample:
    """An image enlarged by a whole number, or a pair of them (rows, columns): `torch.nn.Upsample(scale_factor=...)`.

    `mode` is "nearest", each cell repeated, or "bilinear", which mixes up to four, with torch's align_corners=False.

    >>> Upsample(2).reach((8, 5, 6))[0]
    (8, 10, 12)
    """

    scale_factor: int | Numbers
    mode: str = "nearest"

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        scale = whole_numbers("scale_factor", self.scale_factor, IMAGE)
        settle(self, {"scale_factor": scale, "mode": named("mode", self.mode, MODES)})

    def reach(self, inputs: Shape) -> tuple[Shape, Axes]:
        """Return the output's shape, and the plans of its rows and columns."""
        axis = UnevenAxis.nearest if self.mode == "nearest" else UnevenAxis.bilinear
        (down, across), (channels, height, width) = as_pair(self.scale_factor), inputs
        rows, columns = axis(height, down), axis(width, across)
        return (channels, rows.output, columns.output), (rows, columns)


@dataclass(frozen=True)
class PixelShuffle:
    """Every r*r channels become one that is r times as high and wide: `torch.nn.PixelShuffle`.

    Source: Shi et al., "Real-Time Single Image and Video Super-Resolution" (arXiv 1609.05158).

    >>> PixelShuffle(2).reach((8, 5, 6))[0]
    (2, 10, 12)
    """

    upscale_factor: int

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {"upscale_factor": whole_number("upscale_factor", self.upscale_factor)})

    def reach(self, inputs: Shape) -> tuple[Shape, Axes]:
        """Return the output's shape, and the plans of its rows and columns; LayerError for channels that do not fit."""
        (channels, height, width), factor = inputs, self.upscale_factor
        if channels % factor**2:
            raise LayerError(LayerCode.SHUFFLED_CHANNELS, "upscale_factor", factor, channels=channels, square=factor**2)
        rows, columns = UnevenAxis.nearest(height, factor), UnevenAxis.nearest(width, factor)
        return (channels // factor**2, rows.output, columns.output), (rows, columns)


@dataclass(frozen=True)
class MaxUnpool2d:
    """Each value put back where a max pooling found it, and zeros elsewhere: `torch.nn.MaxUnpool2d`, with indices.

    `pool` is that max pooling, whose window it has and whose input's size it makes.
    """

    pool: MaxPool2d

    def reach(self, inputs: Shape, pooled: Shape) -> tuple[Shape, Axes]:
        """Return the output's shape, and the plans of its rows and columns.

        `pooled` is the shape that the pooling read. LayerError where `inputs` is not the shape that it made.

        >>> MaxUnpool2d(MaxPool2d(2)).reach((8, 3, 3), (8, 7, 6))[0]
        (8, 7, 6)
        """
        made = (pooled[0], *self.pool.output_size(*pooled[1:]))
        if inputs != made:
            raise LayerError(LayerCode.UNPOOLED_SHAPE, "input", inputs, choices=use("input", made))
        rows, columns = (
            _unpooled(pooled[1 + i], axis.output, axis.before, axis.kernel, axis.stride, axis.dilation)
            for i, axis in enumerate(self.pool.axes(*pooled[1:]))
        )
        return pooled, (rows, columns)


def _unpooled(wanted: int, length: int, before: int, kernel: int, stride: int, dilation: int) -> TransposedAxis:
    """The plan that stamps a window for each value: what a pooling did not read is added, what overhangs cropped."""
    stamped = (length - 1) * stride + dilation * (kernel - 1) + 1 - before
    after = max(0, stamped - wanted)
    return TransposedAxis(length, before, after, kernel, stride, dilation, max(0, wanted - stamped))
