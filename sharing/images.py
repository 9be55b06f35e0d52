"""The state of the page of pictures: a picture, a kernel, how it is moved over the picture, and what is shown."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine import LayerError, PaddingMode
from sharing.fields import Limits, check_number, limits
from sharing.filter_bank import FilterBank
from sharing.image_kernels import ImageKernel, ImageKernelName, ImageView, kernel_named
from sharing.image_messages import ImageCode
from sharing.padding_value import idle_value
from sharing.roles import KERNEL, Role
from sharing.values import as_text, typed

LARGEST_KERNEL = 11
LARGEST_WEIGHT = 999
"""Sums of 121 such weights times pixels up to 255 stay far below 2**31, where a browser's whole numbers end."""


class SamplePicture(StrEnum):
    """The pictures that come with the page."""

    CAMERA = auto()
    CHELSEA = auto()
    COFFEE = auto()
    BRICK = auto()
    ASTRONAUT = auto()


class ImagePadding(StrEnum):
    """What is put around the picture before the kernel moves over it."""

    HALF = auto()
    """Half of the kernel on each side: with stride 1 an odd kernel leaves the picture its size."""
    VALID = auto()
    """Nothing."""


class AfterFilter(StrEnum):
    """What is done to the filter's results, as a network does it."""

    NOTHING = auto()
    RELU = auto()
    RELU_POOL = auto()
    """ReLU, and then the largest of each 2x2 results."""


@dataclass(frozen=True)
class ImagesState:
    """Everything that can be chosen on the page of pictures; a picture that somebody brings is no part of it.

    The text, the divisor and the offset count only while the kernel is one's own, the angle (in degrees) only while it
    is Gabor's, and the padding's grey only while its mode is constant.
    """

    page: ClassVar[str] = "images"
    roles: ClassVar[tuple[Role, ...]] = (KERNEL,)

    view: ImageView = ImageView.SIGNED
    picture: SamplePicture = SamplePicture.CHELSEA
    kernel: ImageKernelName = ImageKernelName.SOBEL_X
    angle: Annotated[int, Limits(0, 179)] = 0
    kernel_text: str = ""
    divisor: Annotated[int, Limits(1, 99_999)] = 1
    offset: Annotated[int, Limits(-255, 255)] = 0
    stride: Annotated[int, Limits(1, 8)] = 1
    padding: ImagePadding = ImagePadding.HALF
    padding_mode: PaddingMode = PaddingMode.REPLICATE
    padding_value: Annotated[int, Limits(0, 255)] = 255
    dilation: Annotated[int, Limits(1, 8)] = 1
    after: AfterFilter = AfterFilter.NOTHING
    bank: FilterBank = FilterBank.NONE

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked.

        >>> sorted(ImagesState().idle())
        ['angle', 'divisor', 'kernel_text', 'offset', 'padding_value']
        """
        of_own = set() if self.kernel is ImageKernelName.OWN else {"kernel_text", "divisor", "offset"}
        of_gabor = set() if self.kernel is ImageKernelName.GABOR else {"angle"}
        is_padded = self.padding is ImagePadding.HALF
        return of_own | of_gabor | (idle_value(self.padding_mode) if is_padded else {"padding_mode", "padding_value"})

    def chosen_kernel(self) -> ImageKernel:
        """Return the kernel; LayerError where a number is out of bounds, or one's own cannot be read or is too large.

        >>> ImagesState(kernel=ImageKernelName.OWN, kernel_text="1 2 1", divisor=4).chosen_kernel()
        ImageKernel(weights=((1, 2, 1),), divisor=4, offset=0)
        """
        idle = self.idle()
        for name, bounds in limits(type(self)).items():
            if name not in idle:
                check_number(name, getattr(self, name), bounds)
        if self.kernel is not ImageKernelName.OWN:
            return kernel_named(self.kernel, self.angle)
        return ImageKernel(_weights(typed(KERNEL, self.kernel_text)), self.divisor, self.offset)

    def padding_sides(self, kernel: ImageKernel) -> tuple[int, int]:
        """Return the cells that are added above and below, and on the left and the right.

        >>> ImagesState(dilation=2).padding_sides(ImageKernel(((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))))
        (2, 2)
        """
        if self.padding is ImagePadding.VALID:
            return 0, 0
        rows, columns = (self.dilation * (length - 1) // 2 for length in kernel.size)
        return rows, columns


def own(kernel: ImageKernel) -> dict[str, Any]:
    """Return the fields of a state that make a kernel one's own.

    >>> own(ImageKernel(((1, 2, 1),), 4))["kernel_text"]
    '1  2  1'
    """
    text = as_text(KERNEL, np.array([[kernel.weights]], dtype=float))
    numbers = {"divisor": kernel.divisor, "offset": kernel.offset}
    return {"kernel": ImageKernelName.OWN, "kernel_text": text, **numbers}


def _weights(numbers: NDArray[np.float64]) -> tuple[tuple[int, ...], ...]:
    """Typed numbers, (filters, channels, rows, columns), as rows of whole ones; LayerError where they cannot be."""
    filters, channels, rows, columns = numbers.shape
    if filters * channels > 1:
        raise LayerError(ImageCode.SEVERAL_MATRICES, KERNEL.name, filters * channels)
    if max(rows, columns) > LARGEST_KERNEL:
        raise LayerError(ImageCode.KERNEL_TOO_LARGE, KERNEL.name, rows, columns=columns, most=LARGEST_KERNEL)
    for value in numbers.ravel().tolist():
        if value != int(value):
            raise LayerError(ImageCode.WEIGHT_NOT_WHOLE, KERNEL.name, value)
        if abs(value) > LARGEST_WEIGHT:
            raise LayerError(ImageCode.WEIGHT_TOO_LARGE, KERNEL.name, int(value), most=LARGEST_WEIGHT)
    return tuple(tuple(int(value) for value in row) for row in numbers[0, 0].tolist())
