"""A layer over a film in two: one that looks at each frame by itself, and one that looks along time ((2+1)-D)."""

from dataclasses import replace
from math import prod

from engine.layers import Conv3d


def space_then_time(layer: Conv3d, depth: int, height: int, width: int) -> tuple[Conv3d, Conv3d]:
    """Return the layers of kernels 1 x h x w and d x 1 x 1 that stand for one of d x h x w on an input of this size.

    Between them are the most channels with which both together have no more weights than the one, as in Tran et al.,
    "A Closer Look at Spatiotemporal Convolutions for Action Recognition" (2018, arXiv 1711.11248), section 3.5. Stride,
    padding and dilation go to the layer of their direction. LayerError where the layer does not fit, or where these
    channels cannot be parted into its groups.

    >>> for part in space_then_time(Conv3d(64, 64, 3, padding=1), 16, 56, 56):
    ...     part.in_channels, part.out_channels, part.kernel
    (64, 144, (1, 3, 3))
    (144, 64, (3, 1, 1))
    """
    slices, *area = layer.kernel
    frame, given, made = prod(area), layer.in_channels, layer.out_channels
    between = slices * frame * given * made // (frame * given + slices * made)
    front, *around = layer.padding_amounts(depth, height, width)
    none = (0, 0)
    in_space = replace(
        layer,
        out_channels=between,
        kernel_size=(1, *area),
        stride=(1, *layer.strides[1:]),
        padding=(none, *around),
        dilation=(1, *layer.dilations[1:]),
    )
    in_time = replace(
        layer,
        in_channels=between,
        kernel_size=(slices, 1, 1),
        stride=(layer.strides[0], 1, 1),
        padding=(front, none, none),
        dilation=(layer.dilations[0], 1, 1),
    )
    return in_space, in_time
