"""The networks for large machines: AlexNet in two groups and in one, VGG16, and ResNets, the 50 in two versions."""

from engine.layers import Conv2d
from engine.merging import Add
from engine.networks.rows import Listing, NetworkRow

Rows = tuple[NetworkRow, ...]


def alexnet() -> Rows:
    """AlexNet with layers 2, 4 and 5 in two groups, one for each of its two graphics cards.

    Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks" (2012). Its 224x224
    input needs 227x227 for the 55x55 outputs it gives.

    >>> len(alexnet()), alexnet()[0].name
    (11, 'conv 1')
    """
    return _alexnet(groups=2)


def ungrouped_alexnet() -> Rows:
    """AlexNet with every layer in one group: what it would be on one card.

    >>> len(ungrouped_alexnet()), ungrouped_alexnet()[0].name
    (11, 'conv 1')
    """
    return _alexnet(groups=1)


def _alexnet(groups: int) -> Rows:
    listing = Listing((3, 227, 227))
    listing.add("conv 1", Conv2d(3, 96, 11, 4), activation="relu")
    listing.pool("pool 1", 3, 2)
    listing.conv("conv 2", 256, 5, groups=groups, norm=False)
    listing.pool("pool 2", 3, 2)
    listing.conv("conv 3", 384, 3, norm=False)
    listing.conv("conv 4", 384, 3, groups=groups, norm=False)
    listing.conv("conv 5", 256, 3, groups=groups, norm=False)
    listing.pool("pool 5", 3, 2)
    _classify(listing, "linear 6", "linear 7", "linear 8")
    return tuple(listing.rows)


def vgg16() -> Rows:
    """VGG16 at 224x224: Simonyan and Zisserman (arXiv 1409.1556), table 1, configuration D.

    >>> len(vgg16()), vgg16()[0].name
    (21, 'conv 1-1')
    """
    listing = Listing((3, 224, 224))
    for stage, (channels, repeats) in enumerate(((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), 1):
        for repeat in range(1, repeats + 1):
            listing.conv(f"conv {stage}-{repeat}", channels, 3, norm=False)
        listing.pool(f"pool {stage}", 2, 2)
    _classify(listing, "linear 1", "linear 2", "linear 3")
    return tuple(listing.rows)


def _classify(listing: Listing, first: str, second: str, last: str) -> None:
    for name in (first, second):
        listing.linear(name, 4096, "relu")
    listing.linear(last, 1000)


def resnet_18() -> Rows:
    """ResNet-18 at 224x224: He et al. (arXiv 1512.03385), table 1, as torchvision has it.

    >>> len(resnet_18()), resnet_18()[0].name
    (31, 'conv')
    """
    return _basic_resnet((2, 2, 2, 2))


def resnet_34() -> Rows:
    """ResNet-34 at 224x224: He et al. (arXiv 1512.03385), table 1, as torchvision has it.

    >>> len(resnet_34()), resnet_34()[0].name
    (55, 'conv')
    """
    return _basic_resnet((3, 4, 6, 3))


def _basic_resnet(repeats: tuple[int, ...]) -> Rows:
    listing = Listing((3, 224, 224))
    listing.conv("conv", 64, 7, 2)
    listing.pool("max pool", 3, 2, padding=1)
    for stage, (channels, count) in enumerate(zip((64, 128, 256, 512), repeats, strict=True), 2):
        for repeat in range(1, count + 1):
            stride = 2 if repeat == 1 and stage > 2 else 1
            name, begin, inputs = f"{stage}-{repeat}", listing.at, listing.shape
            listing.conv(f"{name} first", channels, 3, stride)
            listing.conv(f"{name} second", channels, 3, activation="")
            if stride > 1:
                shortcut = Conv2d(inputs[0], channels, 1, stride, bias=False)
                begin = listing.beside(f"{name} shortcut", shortcut, begin, norm=True)
            listing.merge(f"{name} sum", Add(), (begin,), "relu")
    listing.classify()
    return tuple(listing.rows)


def resnet_50() -> Rows:
    """ResNet-50 at 224x224 as most libraries have it: a block's stride is in its 3x3 layer.

    >>> len(resnet_50()), resnet_50()[0].name
    (72, 'conv')
    """
    return _resnet_50(stride_first=False)


def first_resnet_50() -> Rows:
    """ResNet-50 at 224x224 as it was published: a block's stride is in its first 1x1 layer.

    Source: He et al., "Deep Residual Learning for Image Recognition" (arXiv 1512.03385), table 1.

    >>> len(first_resnet_50()), first_resnet_50()[0].name
    (72, 'conv')
    """
    return _resnet_50(stride_first=True)


def _resnet_50(stride_first: bool) -> Rows:
    listing = Listing((3, 224, 224))
    listing.conv("conv", 64, 7, 2)
    listing.pool("max pool", 3, 2, padding=1)
    for stage, (channels, repeats) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 2):
        for repeat in range(1, repeats + 1):
            stride = 2 if repeat == 1 and stage > 2 else 1
            name, begin, inputs = f"{stage}-{repeat}", listing.at, listing.shape
            listing.conv(f"{name} 1×1", channels, 1, stride if stride_first else 1)
            listing.conv(f"{name} 3×3", channels, 3, 1 if stride_first else stride)
            listing.conv(f"{name} 1×1 out", 4 * channels, 1, activation="")
            if repeat == 1:
                shortcut = Conv2d(inputs[0], 4 * channels, 1, stride, bias=False)
                begin = listing.beside(f"{name} shortcut", shortcut, begin, norm=True)
            listing.merge(f"{name} sum", Add(), (begin,), "relu")
    listing.classify()
    return tuple(listing.rows)
