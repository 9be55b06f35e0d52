"""The kernels that the page of pictures knows by name: whole numbers, a divisor of their sum, and what is added."""

from dataclasses import dataclass
from enum import StrEnum, auto

from engine.spatial_factors import Rows
from sharing.gabor import gabor


class ImageView(StrEnum):
    """What is shown of results that may lie below 0 or above 255."""

    SIGNED = auto()
    CLIPPED = auto()
    MAGNITUDE = auto()


class ImageKernelName(StrEnum):
    """The kernels by name, and one's own."""

    IDENTITY = auto()
    BOX_BLUR = auto()
    GAUSS_BLUR = auto()
    WIDE_GAUSS_BLUR = auto()
    MOTION_BLUR = auto()
    SHARPEN = auto()
    UNSHARP = auto()
    SOBEL_X = auto()
    SOBEL_Y = auto()
    PREWITT_X = auto()
    PREWITT_Y = auto()
    SCHARR_X = auto()
    SCHARR_Y = auto()
    LAPLACE = auto()
    OUTLINE = auto()
    EMBOSS = auto()
    GABOR = auto()
    OWN = auto()


@dataclass(frozen=True)
class ImageKernel:
    """A kernel of whole numbers: a result is the sum of its products, divided by `divisor`, plus `offset`."""

    weights: Rows
    divisor: int = 1
    offset: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.weights), len(self.weights[0])

    @property
    def usual_view(self) -> ImageView:
        """What shows best what it does: results of both signs around 0 are those of weights that add up to 0.

        >>> KERNELS[ImageKernelName.SOBEL_X].usual_view.value, KERNELS[ImageKernelName.BOX_BLUR].usual_view.value
        ('signed', 'clipped')
        """
        is_around_zero = not self.offset and not sum(map(sum, self.weights))
        return ImageView.SIGNED if is_around_zero else ImageView.CLIPPED


def _outer(column: tuple[int, ...], row: tuple[int, ...]) -> Rows:
    return tuple(tuple(down * across for across in row) for down in column)


def _less_blur() -> Rows:
    """Twice the picture less its Gauss blur over five pixels, in 256ths."""
    blur = _outer(_BINOMIAL, _BINOMIAL)
    return tuple(
        tuple(512 * (y == x == 2) - weight for x, weight in enumerate(weights)) for y, weights in enumerate(blur)
    )


def _gabor(angle: int) -> ImageKernel:
    weights = gabor(angle)
    return ImageKernel(weights, sum(weight for row in weights for weight in row if weight > 0))


_BINOMIAL = (1, 4, 6, 4, 1)
_WIDE_BINOMIAL = (1, 6, 15, 20, 15, 6, 1)
_ACROSS = (-1, 0, 1)

KERNELS: dict[ImageKernelName, ImageKernel] = {
    ImageKernelName.IDENTITY: ImageKernel(((0, 0, 0), (0, 1, 0), (0, 0, 0))),
    ImageKernelName.BOX_BLUR: ImageKernel(_outer((1,) * 5, (1,) * 5), 25),
    ImageKernelName.GAUSS_BLUR: ImageKernel(_outer((1, 2, 1), (1, 2, 1)), 16),
    ImageKernelName.WIDE_GAUSS_BLUR: ImageKernel(_outer(_WIDE_BINOMIAL, _WIDE_BINOMIAL), 4096),
    ImageKernelName.MOTION_BLUR: ImageKernel(tuple(tuple(int(x == y) for x in range(9)) for y in range(9)), 9),
    ImageKernelName.SHARPEN: ImageKernel(((0, -1, 0), (-1, 5, -1), (0, -1, 0))),
    ImageKernelName.UNSHARP: ImageKernel(_less_blur(), 256),
    ImageKernelName.SOBEL_X: ImageKernel(_outer((1, 2, 1), _ACROSS)),
    ImageKernelName.SOBEL_Y: ImageKernel(_outer(_ACROSS, (1, 2, 1))),
    ImageKernelName.PREWITT_X: ImageKernel(_outer((1, 1, 1), _ACROSS)),
    ImageKernelName.PREWITT_Y: ImageKernel(_outer(_ACROSS, (1, 1, 1))),
    ImageKernelName.SCHARR_X: ImageKernel(_outer((3, 10, 3), _ACROSS)),
    ImageKernelName.SCHARR_Y: ImageKernel(_outer(_ACROSS, (3, 10, 3))),
    ImageKernelName.LAPLACE: ImageKernel(((0, 1, 0), (1, -4, 1), (0, 1, 0))),
    ImageKernelName.OUTLINE: ImageKernel(((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))),
    ImageKernelName.EMBOSS: ImageKernel(((-2, -1, 0), (-1, 0, 1), (0, 1, 2)), 1, 128),
    ImageKernelName.GABOR: _gabor(0),
}
"""The numbers of every kernel but one's own; Gabor's at 0 degrees."""


def kernel_named(name: ImageKernelName, angle: int) -> ImageKernel:
    """Return a kernel that is not one's own; the angle, in degrees, counts for Gabor's alone.

    >>> kernel_named(ImageKernelName.SOBEL_X, 45) == KERNELS[ImageKernelName.SOBEL_X]
    True
    """
    return _gabor(angle) if name is ImageKernelName.GABOR else KERNELS[name]
