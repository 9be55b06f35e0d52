"""Later networks that classify: MobileNetV3, ConvNeXt-T and EfficientNetV2-S, as torchvision has them."""

from engine.layers import Conv2d
from engine.merging import Add
from engine.modules import LayerNorm2d, LayerScale
from engine.networks.rows import Listing, NetworkRow

Rows = tuple[NetworkRow, ...]

# Kernel, expanded channels, output channels, whether there is a gate, activation, stride.
_MOBILE_BLOCKS = (
    (3, 16, 16, False, "relu", 1), (3, 64, 24, False, "relu", 2), (3, 72, 24, False, "relu", 1),
    (5, 72, 40, True, "relu", 2), (5, 120, 40, True, "relu", 1), (5, 120, 40, True, "relu", 1),
    (3, 240, 80, False, "hardswish", 2), (3, 200, 80, False, "hardswish", 1), (3, 184, 80, False, "hardswish", 1),
    (3, 184, 80, False, "hardswish", 1), (3, 480, 112, True, "hardswish", 1), (3, 672, 112, True, "hardswish", 1),
    (5, 672, 160, True, "hardswish", 2), (5, 960, 160, True, "hardswish", 1), (5, 960, 160, True, "hardswish", 1),
)  # fmt: skip
# Expansion, output channels, how often, stride of the first, whether the first two layers are one full 3x3.
_EFFICIENT_BLOCKS = (
    (1, 24, 2, 1, True), (4, 48, 4, 2, True), (4, 64, 4, 2, True),
    (4, 128, 6, 2, False), (6, 160, 9, 1, False), (6, 256, 15, 2, False),
)  # fmt: skip


def mobilenet_v3() -> Rows:
    """MobileNetV3-Large at 224x224: Howard et al., "Searching for MobileNetV3" (arXiv 1905.02244), table 1.

    >>> len(mobilenet_v3()), mobilenet_v3()[0].name
    (91, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.conv("conv", 16, 3, 2, activation="hardswish")
    for number, (kernel, expanded, channels, is_gated, activation, stride) in enumerate(_MOBILE_BLOCKS, 1):
        begin, inputs = listing.at, listing.shape
        if expanded != inputs[0]:
            listing.conv(f"{number} expand", expanded, 1, activation=activation)
        listing.depthwise(f"{number} depthwise", kernel, stride, activation)
        if is_gated:
            listing.gate(str(number), eighths(expanded // 4), "relu", "hardsigmoid")
        listing.conv(f"{number} project", channels, 1, activation="")
        if listing.shape == inputs:
            listing.merge(f"{number} sum", Add(), (begin,))
    listing.conv("last conv", 960, 1, activation="hardswish")
    listing.average()
    listing.linear("linear 1", 1280, "hardswish")
    listing.linear("linear 2", 1000)
    return tuple(listing.rows)


def eighths(channels: float) -> int:
    """Return the multiple of 8 that is nearest to a number of channels, at least 8, and no less than nine tenths of it.

    So the MobileNets round the channels of other widths.

    >>> eighths(18), eighths(11), eighths(168)
    (24, 16, 168)
    """
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded


def convnext_t() -> Rows:
    """ConvNeXt-T at 224x224: Liu et al., "A ConvNet for the 2020s" (arXiv 2201.03545).

    >>> len(convnext_t()), convnext_t()[0].name
    (119, 'conv')
    """
    listing = Listing((3, 224, 224))
    listing.add("conv", Conv2d(3, 96, 4, 4))
    listing.add("norm", LayerNorm2d(96))
    for stage, (channels, repeats) in enumerate(((96, 3), (192, 3), (384, 9), (768, 3)), 1):
        if stage > 1:
            listing.add(f"{stage} norm", LayerNorm2d(listing.shape[0]))
            listing.add(f"{stage} halve", Conv2d(listing.shape[0], channels, 2, 2))
        for repeat in range(1, repeats + 1):
            name, begin = f"{stage}-{repeat}", listing.at
            listing.conv(f"{name} depthwise", channels, 7, groups=channels, norm=False, activation="")
            listing.add(f"{name} norm", LayerNorm2d(channels))
            listing.conv(f"{name} expand", 4 * channels, 1, norm=False, activation="gelu")
            listing.conv(f"{name} project", channels, 1, norm=False, activation="")
            listing.add(f"{name} scale", LayerScale(channels))
            listing.merge(f"{name} sum", Add(), (begin,))
    listing.average()
    listing.add("last norm", LayerNorm2d(768))
    listing.linear("linear", 1000)
    return tuple(listing.rows)


def efficientnet_v2_s() -> Rows:
    """EfficientNetV2-S at 384x384: Tan and Le, "EfficientNetV2" (arXiv 2104.00298), table 4.

    >>> len(efficientnet_v2_s()), efficientnet_v2_s()[0].name
    (267, 'conv')
    """
    listing = Listing((3, 384, 384))
    listing.conv("conv", 24, 3, 2, activation="silu")
    number = 0
    for expansion, channels, repeats, first_stride, is_fused in _EFFICIENT_BLOCKS:
        for repeat in range(repeats):
            number += 1
            stride = first_stride if repeat == 0 else 1
            begin, inputs = listing.at, listing.shape
            if is_fused:
                _fused(listing, number, expansion, channels, stride)
            else:
                listing.conv(f"{number} expand", expansion * inputs[0], 1, activation="silu")
                listing.depthwise(f"{number} depthwise", 3, stride, "silu")
                listing.gate(str(number), inputs[0] // 4, "silu", "sigmoid")
                listing.conv(f"{number} project", channels, 1, activation="")
            if listing.shape == inputs:
                listing.merge(f"{number} sum", Add(), (begin,))
    listing.conv("last conv", 1280, 1, activation="silu")
    listing.classify()
    return tuple(listing.rows)


def _fused(listing: Listing, number: int, expansion: int, channels: int, stride: int) -> None:
    if expansion == 1:
        listing.conv(f"{number} full", channels, 3, stride, activation="silu")
        return
    listing.conv(f"{number} expand", expansion * listing.shape[0], 3, stride, activation="silu")
    listing.conv(f"{number} project", channels, 1, activation="")
