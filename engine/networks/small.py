"""The networks for small machines: MobileNetV1 and its twin of full convolutions, MobileNetV2, EfficientNet-B0."""

from engine.merging import Add
from engine.networks.rows import Listing, NetworkRow

Rows = tuple[NetworkRow, ...]

# Output channels and stride of each pair of a depthwise and a pointwise layer. The paper's table 1 prints stride 2 for
# the last depthwise layer; its input and output are both 7x7, so that it is 1.
_PAIRS = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1))

# Expansion, output channels, how often, stride of the first.
_BOTTLENECKS = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
)  # fmt: skip
# Expansion, kernel, output channels, how often, stride of the first.
_GATED_BOTTLENECKS = (
    (1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2), (6, 5, 112, 3, 1), (6, 5, 192, 4, 2),
    (6, 3, 320, 1, 1),
)  # fmt: skip


def mobilenet_v1() -> Rows:
    """MobileNetV1 of width 1 at 224x224: Howard et al., "MobileNets" (arXiv 1704.04861), table 1.

    >>> len(mobilenet_v1()), mobilenet_v1()[0].name
    (29, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.conv("conv", 32, 3, 2)
    for number, (channels, stride) in enumerate(_PAIRS, 1):
        listing.depthwise(f"{number} depthwise", 3, stride)
        listing.conv(f"{number} pointwise", channels, 1)
    listing.classify()
    return tuple(listing.rows)


def full_mobilenet() -> Rows:
    """MobileNetV1 with a full 3x3 convolution for each of its pairs: the "Conv MobileNet" of the paper's table 4.

    >>> len(full_mobilenet()), full_mobilenet()[0].name
    (16, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.conv("conv", 32, 3, 2)
    for number, (channels, stride) in enumerate(_PAIRS, 1):
        listing.conv(f"{number} full", channels, 3, stride)
    listing.classify()
    return tuple(listing.rows)


def mobilenet_v2() -> Rows:
    """MobileNetV2 of width 1 at 224x224: Sandler et al., "MobileNetV2" (arXiv 1801.04381), table 2.

    >>> len(mobilenet_v2()), mobilenet_v2()[0].name
    (64, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.conv("conv", 32, 3, 2, activation="relu6")
    number = 0
    for expansion, channels, repeats, first_stride in _BOTTLENECKS:
        for repeat in range(repeats):
            number += 1
            begin = listing.at
            if expansion > 1:
                listing.conv(f"{number} expand", expansion * listing.shape[0], 1, activation="relu6")
            listing.depthwise(f"{number} depthwise", 3, first_stride if repeat == 0 else 1, "relu6")
            listing.conv(f"{number} project", channels, 1, activation="")
            if repeat > 0:
                listing.merge(f"{number} sum", Add(), (begin,))
    listing.conv("last conv", 1280, 1, activation="relu6")
    listing.classify()
    return tuple(listing.rows)


def efficientnet_b0() -> Rows:
    """EfficientNet-B0 at 224x224: Tan and Le, "EfficientNet" (arXiv 1905.11946), table 1.

    >>> len(efficientnet_b0()), efficientnet_b0()[0].name
    (124, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.conv("conv", 32, 3, 2, activation="silu")
    number = 0
    for expansion, kernel_size, channels, repeats, first_stride in _GATED_BOTTLENECKS:
        for repeat in range(repeats):
            number += 1
            begin, squeezed = listing.at, listing.shape[0] // 4
            if expansion > 1:
                listing.conv(f"{number} expand", expansion * listing.shape[0], 1, activation="silu")
            listing.depthwise(f"{number} depthwise", kernel_size, first_stride if repeat == 0 else 1, "silu")
            listing.gate(str(number), squeezed, "silu", "sigmoid")
            listing.conv(f"{number} project", channels, 1, activation="")
            if repeat > 0:
                listing.merge(f"{number} sum", Add(), (begin,))
    listing.conv("last conv", 1280, 1, activation="silu")
    listing.classify()
    return tuple(listing.rows)
