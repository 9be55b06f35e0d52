"""The depthwise-separable convolution: each channel by itself, then every pixel's channels together."""

from dataclasses import dataclass
from functools import cached_property

from engine.checks import Numbers, Padding, settle, whole_number, whole_numbers
from engine.directions import IMAGE
from engine.geometry import PaddingMode
from engine.layers import Conv2d


@dataclass(frozen=True)
class SeparableConv2d:
    """A depthwise convolution and the pointwise (1x1) one after it; arguments are those of Conv2d, but for the groups.

    The depthwise layer has `depth_multiplier` filters for each input channel, and `kernel_size`, `stride`, `padding`,
    `dilation`, `padding_mode` and `padding_value` are its own. `pointwise_padding`, a whole number or a pair (rows,
    columns), is the pointwise layer's, in zeros: it belongs there only to show what it does, a border that is nothing
    but bias. Both layers have a bias or neither. LayerError where a value is impossible. Source: Howard et al.,
    "MobileNets" (arXiv 1704.04861), without what stands between the two there.

    >>> layer = SeparableConv2d(3, 256, kernel_size=5)
    >>> layer.output_size(12, 12), layer.depthwise.weight_shape, layer.pointwise.weight_shape
    ((8, 8), (3, 1, 5, 5), (256, 3, 1, 1))
    """

    in_channels: int
    out_channels: int
    kernel_size: int | Numbers
    stride: int | Numbers = 1
    padding: Padding = 0
    dilation: int | Numbers = 1
    bias: bool = True
    padding_mode: PaddingMode | str = PaddingMode.ZEROS
    depth_multiplier: int = 1
    pointwise_padding: int | Numbers = 0
    padding_value: float = 0.0

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input; the two layers check what is theirs."""
        channels = ("in_channels", "out_channels", "depth_multiplier")
        settle(self, {name: whole_number(name, getattr(self, name)) for name in channels})
        pointwise_padding = whole_numbers("pointwise_padding", self.pointwise_padding, IMAGE, 0)
        settle(self, {"pointwise_padding": pointwise_padding, "bias": bool(self.bias)})
        own = ("kernel_size", "stride", "padding", "dilation", "padding_mode", "padding_value")
        settle(self, {name: getattr(self.depthwise, name) for name in own})

    @cached_property
    def depthwise(self) -> Conv2d:
        """The layer that reads the input, each channel by itself."""
        return Conv2d(
            in_channels=self.in_channels,
            out_channels=self.in_channels * self.depth_multiplier,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            groups=self.in_channels,
            bias=self.bias,
            padding_mode=self.padding_mode,
            padding_value=self.padding_value,
        )

    @cached_property
    def pointwise(self) -> Conv2d:
        """The layer that reads the depthwise layer's output, each pixel by itself."""
        channels = self.in_channels * self.depth_multiplier
        return Conv2d(channels, self.out_channels, 1, padding=self.pointwise_padding, bias=self.bias)

    def output_size(self, height: int, width: int) -> Numbers:
        """Return the output's (height, width) for an input of this size; LayerError where the layer does not fit it."""
        return self.pointwise.output_size(*self.depthwise.output_size(height, width))
