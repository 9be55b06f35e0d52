"""The other layers of a network: linear, global average pooling, norms, activations, dropout and flatten."""

from dataclasses import dataclass

from engine.checks import named, settle, whole_number
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


ACTIVATIONS = (
    "leakyrelu", "relu6", "elu", "gelu", "silu", "hardswish", "hardsigmoid", "sigmoid", "tanh", "softmax",
)  # fmt: skip
"""The activations beside ReLU, by the names of `torch.nn` in small letters."""


@dataclass(frozen=True)
class Activation:
    """One of `ACTIVATIONS`: a function of each value, or for softmax of each pixel's channels; nothing is learnt."""

    function: str

    def __post_init__(self) -> None:
        """Check that there is such a function."""
        settle(self, {"function": named("function", self.function, ACTIVATIONS)})


@dataclass(frozen=True)
class Dropout:
    """Some values set to 0 while a network is trained: `torch.nn.Dropout`, which does nothing when it is used.

    `p` is the share of them, which changes nothing of what is counted.
    """

    p: float = 0.5


@dataclass(frozen=True)
class Flatten:
    """All values as one list: `torch.nn.Flatten`."""


@dataclass(frozen=True)
class LayerNorm2d:
    """A scale and a shift for each channel, by the mean and the spread of each pixel's channels, as ConvNeXt has it.

    That is `torch.nn.LayerNorm(num_channels)` with the channels last. Like a batch norm it multiplies nothing that is
    counted, though it is not folded into the convolution before it.
    """

    num_channels: int

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {"num_channels": whole_number("num_channels", self.num_channels)})


@dataclass(frozen=True)
class LayerScale:
    """A factor for each channel that is learnt: ConvNeXt's (Liu et al., arXiv 2201.03545)."""

    num_channels: int

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        settle(self, {"num_channels": whole_number("num_channels", self.num_channels)})
