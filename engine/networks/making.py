"""Networks that make images: a U-Net, and the generator of a DCGAN."""

from engine.layers import Conv2d
from engine.merging import Concat
from engine.networks.rows import Listing, NetworkRow
from engine.transposed import ConvTranspose2d

Rows = tuple[NetworkRow, ...]


def u_net() -> Rows:
    """U-Net at 512x512 on one channel, in two classes, with padding where the paper crops.

    Source: Ronneberger et al., "U-Net" (arXiv 1505.04597), figure 1.

    >>> len(u_net()), u_net()[0].name
    (31, '1 down first')
    """
    listing = Listing((1, 512, 512))
    levels = (64, 128, 256, 512)
    kept = []
    for level, channels in enumerate(levels, 1):
        _two_convs(listing, f"{level} down", channels)
        kept.append(listing.at)
        listing.pool(f"{level} pool", 2, 2)
    _two_convs(listing, "5 bottom", 1024)
    for level, channels in reversed([*enumerate(levels, 1)]):
        listing.add(f"{level} up", ConvTranspose2d(listing.shape[0], channels, 2, 2))
        listing.merge(f"{level} beside", Concat(), (kept[level - 1],))
        _two_convs(listing, f"{level} up", channels)
    listing.add("classes", Conv2d(64, 2, 1))
    return tuple(listing.rows)


def _two_convs(listing: Listing, name: str, channels: int) -> None:
    for which in ("first", "second"):
        listing.conv(f"{name} {which}", channels, 3, norm=False)


def dcgan_generator() -> Rows:
    """The generator of a DCGAN, from 100 random numbers to 3x64x64, with the 4x4 kernels of PyTorch's tutorial.

    Source: Radford et al., "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
    Networks" (arXiv 1511.06434); pytorch.org/tutorials, "DCGAN Tutorial".

    >>> len(dcgan_generator()), dcgan_generator()[-1].applied.outputs
    (5, (3, 64, 64))
    """
    listing = Listing((100, 1, 1))
    listing.add("4×4", ConvTranspose2d(100, 512, 4, bias=False), norm=True, activation="relu")
    for side, channels in ((8, 256), (16, 128), (32, 64)):
        layer = ConvTranspose2d(listing.shape[0], channels, 4, 2, 1, bias=False)
        listing.add(f"{side}×{side}", layer, norm=True, activation="relu")
    listing.add("64×64", ConvTranspose2d(64, 3, 4, 2, 1, bias=False), activation="tanh")
    return tuple(listing.rows)
