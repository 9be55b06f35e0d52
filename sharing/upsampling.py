"""The state of the page of upsampling: a picture, how it is enlarged, with which weights, and the pixel looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Annotated, ClassVar

import numpy as np

from engine import (
    Change,
    Choice,
    Conv2d,
    ConvTranspose2d,
    LayerError,
    MaxPool2d,
    PixelShuffle,
    ResizedUpsampling,
    ShuffledUpsampling,
    TransposedUpsampling,
    UnpooledUpsampling,
    Upsample,
    Upsampling,
    largest_places,
    tent,
)
from engine.arrays import Floats
from sharing.fields import Limits, Seed, check_number, limits
from sharing.images import SamplePicture
from sharing.roles import KERNEL, Role
from sharing.upsampling_messages import UpsamplingCode
from sharing.values import typed

SMALLEST, LARGEST = 16, 128
LARGEST_RESULT = 256
"""The samples have so many rows and columns: pooled from there, no picture is larger than they are."""
LARGEST_KERNEL = 7
MOST_LAYERS = 3


class UpsamplingWay(StrEnum):
    """The ways to enlarge a picture that are shown beside each other."""

    TRANSPOSED = auto()
    NEAREST = auto()
    BILINEAR = auto()
    PIXEL_SHUFFLE = auto()
    UNPOOLING = auto()


class UpsamplingWeights(StrEnum):
    """Where the weights come from."""

    CONSTANT = auto()
    RANDOM = auto()
    """Seeded numbers above 0, others in each layer, and for PixelShuffle in each filter."""
    TENT = auto()
    """What interpolates bilinearly."""
    TYPED = auto()


@dataclass(frozen=True)
class UpsamplingState:
    """Everything that can be chosen on the page of upsampling.

    `padding` and `output_padding` are the transposed layer's. The side of the kernel counts unless it is typed, the
    seed while the weights are random. `row` and `column`, from 0, are the pixel that is looked at; where a result has
    none there, it is the last.
    """

    page: ClassVar[str] = "upsampling"
    roles: ClassVar[tuple[Role, ...]] = (KERNEL,)

    picture: SamplePicture = SamplePicture.CHELSEA
    size: Annotated[int, Limits(SMALLEST, LARGEST)] = 64
    kernel_size: Annotated[int, Limits(1, LARGEST_KERNEL)] = 3
    stride: Annotated[int, Limits(2, 4)] = 2
    padding: Annotated[int, Limits(0, LARGEST_KERNEL - 1)] = 1
    output_padding: Annotated[int, Limits(0, 3)] = 1
    weights: UpsamplingWeights = UpsamplingWeights.CONSTANT
    kernel_text: str = ""
    seed: Seed = 0
    layers: Annotated[int, Limits(1, MOST_LAYERS)] = 1
    row: Annotated[int, Limits(0, LARGEST_RESULT - 1)] = 41
    column: Annotated[int, Limits(0, LARGEST_RESULT - 1)] = 53

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present: they have no control and are not checked.

        >>> sorted(UpsamplingState().idle())
        ['kernel_text', 'seed']
        """
        idle = {"kernel_size"} if self.weights is UpsamplingWeights.TYPED else {"kernel_text"}
        return idle if self.weights is UpsamplingWeights.RANDOM else idle | {"seed"}

    def kernels(self) -> Floats:
        """Return the weights of the layers, (layers, 1 + stride * stride, rows, columns).

        The first kernel is that of a transposed layer, the others PixelShuffle's, one a phase. Their weights add up to
        stride * stride, PixelShuffle's on the mean, so that a transposed layer keeps the picture as bright as it is;
        but not those that are typed. LayerError where a number is out of bounds, or a text cannot be a kernel.

        >>> UpsamplingState(kernel_size=1).kernels().shape
        (1, 5, 1, 1)
        """
        for name, bounds in limits(type(self)).items():
            if name not in self.idle():
                check_number(name, getattr(self, name), bounds)
        phases = self.stride**2
        shape = (self.layers, 1 + phases, self.kernel_size, self.kernel_size)
        match self.weights:
            case UpsamplingWeights.CONSTANT:
                kernels = np.ones(shape)
            case UpsamplingWeights.RANDOM:
                kernels = np.random.default_rng([self.seed, 30]).integers(1, 100, shape, endpoint=True).astype(float)
            case UpsamplingWeights.TENT:
                kernels = np.broadcast_to(tent(self.kernel_size, self.stride), shape)
            case UpsamplingWeights.TYPED:
                kernel = _square(typed(KERNEL, self.kernel_text))
                return np.broadcast_to(kernel, (*shape[:2], *kernel.shape))
        sums = kernels.sum(axis=(-2, -1), keepdims=True)
        sums[:, 1:] = sums[:, 1:].mean(axis=1, keepdims=True)
        scaled: Floats = kernels * phases / sums
        return scaled

    def check(self) -> None:
        """LayerError where something that is chosen cannot be."""
        self.upsamplings(UpsamplingWay.TRANSPOSED, lambda side: np.zeros((side, side)))

    def upsamplings(self, way: UpsamplingWay, picture: Callable[[int], Floats]) -> list[Upsampling]:
        """Return the layers of a way; LayerError where something that is chosen cannot be.

        `picture` returns the picture of a side, (side, side): unpooling takes the places of a max pooling of the
        larger one.
        """
        kernels = self.kernels()
        self._check_result()
        return [self._upsampling(way, number, kernel, picture) for number, kernel in enumerate(kernels)]

    def _upsampling(
        self, way: UpsamplingWay, number: int, kernels: Floats, picture: Callable[[int], Floats]
    ) -> Upsampling:
        side = kernels.shape[-1]
        plain = Conv2d(1, 1, side, padding="same", bias=False)
        weight = kernels[None, :1]
        match way:
            case UpsamplingWay.TRANSPOSED:
                layer = ConvTranspose2d(1, 1, side, self.stride, self.padding, self.output_padding, bias=False)
                return TransposedUpsampling(layer, weight)
            case UpsamplingWay.NEAREST:
                return ResizedUpsampling(Upsample(self.stride), plain, weight / self.stride**2)
            case UpsamplingWay.BILINEAR:
                return ResizedUpsampling(Upsample(self.stride, "bilinear"), plain, weight / self.stride**2)
            case UpsamplingWay.PIXEL_SHUFFLE:
                filters = Conv2d(1, self.stride**2, side, padding="same", bias=False)
                return ShuffledUpsampling(filters, PixelShuffle(self.stride), kernels[1:, None] / self.stride**2)
            case UpsamplingWay.UNPOOLING:
                larger = self.size * self.stride ** (number + 1)
                places = largest_places(MaxPool2d(self.stride), picture(larger)[None])
                return UnpooledUpsampling(places, (larger, larger), plain, weight)

    def _most_layers(self, size: int) -> int:
        """How many layers a picture of that size has room for; 0 where it has for none."""
        return max((n for n in range(1, MOST_LAYERS + 1) if size * self.stride**n <= LARGEST_RESULT), default=0)

    def _check_result(self) -> None:
        """LayerError where a result has more rows and columns than the page shows."""
        made = self.size * self.stride**self.layers
        if made <= LARGEST_RESULT:
            return
        fitting = LARGEST_RESULT // self.stride**self.layers
        if fitting >= SMALLEST:
            changes: tuple[Change, ...] = (Change("size", fitting),)
        elif fewer := self._most_layers(self.size):
            changes = (Change("layers", fewer),)
        else:
            fewer = self._most_layers(SMALLEST)
            changes = Change("layers", fewer), Change("size", LARGEST_RESULT // self.stride**fewer)
        sizes = {"made": made, "layers": self.layers, "stride": self.stride, "size": self.size, "most": LARGEST_RESULT}
        name, choices = changes[0].parameter, (Choice(changes),)
        raise LayerError(UpsamplingCode.RESULT_TOO_LARGE, name, getattr(self, name), choices=choices, **sizes)


def _square(kernel: Floats) -> Floats:
    """Typed numbers, (filters, channels, rows, columns), as one square matrix; LayerError where they are none."""
    filters, channels, rows, columns = kernel.shape
    if filters * channels > 1:
        raise LayerError(UpsamplingCode.SEVERAL_UPSAMPLING_KERNELS, KERNEL.name, filters * channels)
    if rows != columns:
        raise LayerError(UpsamplingCode.UPSAMPLING_KERNEL_NOT_SQUARE, KERNEL.name, rows, columns=columns)
    if rows > LARGEST_KERNEL:
        raise LayerError(UpsamplingCode.UPSAMPLING_KERNEL_TOO_LARGE, KERNEL.name, rows, most=LARGEST_KERNEL)
    square: Floats = kernel[0, 0]
    return square
