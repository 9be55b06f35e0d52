"""The other layers of a network: linear, global average pooling, batch norm and ReLU."""

from dataclasses import dataclass

from engine.checks import settle, whole_number
from engine.errors import LayerCode, LayerError, use
from engine.layers import Conv2d
from engine.pooling import AvgPool2d

Shape = tuple[int, int, int]


@dataclass(frozen=True)
class Linear:
    """A fully connected layer over a flattened input; arguments, order and defaults are those of `torch.nn.Linear`.

    >>> Linear(32 * 7 * 7, 10).as_convolution((32, 7, 7)).weight_shape
    (10, 32, 7, 7)
    """

    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {name: whole_number(name, getattr(self, name)) for name in ("in_features", "out_features")})

    def as_convolution(self, inputs: Shape) -> Conv2d:
        """Return the convolution it is: one whose kernel is as large as the input. LayerError where that does not fit.

        `inputs` is (channels, height, width).
        """
        channels, height, width = inputs
        given = channels * height * width
        if given != self.in_features:
            raise LayerError(
                LayerCode.IN_FEATURES,
                "in_features",
                self.in_features,
                choices=use("in_features", given),
                channels=channels,
                height=height,
                width=width,
            )
        return Conv2d(channels, self.out_features, (height, width), bias=self.bias)


@dataclass(frozen=True)
class GlobalAvgPool2d:
    """The mean of each channel: `torch.nn.AdaptiveAvgPool2d(1)`."""

    def as_pooling(self, inputs: Shape) -> AvgPool2d:
        """Return the pooling it is: one whose window is as large as the input, which is (channels, height, width)."""
        return AvgPool2d(inputs[1:])


@dataclass(frozen=True)
class BatchNorm2d:
    """A scale and a shift for each channel; the running means, which are not learnt, are no parameters.

    It multiplies nothing that is counted: before a network runs it is folded into the convolution before it.
    """

    num_features: int

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {"num_features": whole_number("num_features", self.num_features)})


@dataclass(frozen=True)
class ReLU:
    """Zero for what is below zero: no parameters, and no multiply-adds."""
