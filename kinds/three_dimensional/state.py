"""The three-dimensional page's state: a convolution over a volume."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from engine import Conv3d, PaddingMode
from kinds.three_dimensional.roles import VOLUME, VOLUME_KERNEL
from sharing.fields import Limits
from sharing.padding_value import PaddingValue, idle_value, mode_arguments
from sharing.page_state import PaddingChoice, PageState
from sharing.roles import BIAS, Role, Shape

Side = Annotated[int, Limits(1, 6)]
Taps = Annotated[int, Limits(1, 3)]
Stride = Annotated[int, Limits(1, 3)]
Dilation = Annotated[int, Limits(1, 2)]
Cells = Annotated[int, Limits(0, 2)]
Channels = Annotated[int, Limits(1, 2)]


@dataclass(frozen=True)
class VolumeState(PageState):
    """A three-dimensional convolution; the kernels of its filters, a channel each, follow each other in one array.

    >>> VolumeState("", 4, 4, 4, kernel_depth=2).layer().output_size(4, 4, 4)
    (3, 2, 2)
    """

    page: ClassVar[str] = "three_dimensional"
    roles: ClassVar[tuple[Role, ...]] = (VOLUME, VOLUME_KERNEL, BIAS)
    amount_fields: ClassVar[tuple[str, ...]] = ("padding_depth", "padding_height", "padding_width")
    side_fields: ClassVar[tuple[str, ...]] = (
        "padding_front", "padding_back", "padding_top", "padding_bottom", "padding_left", "padding_right",
    )  # fmt: skip

    depth: Side
    height: Side
    width: Side
    in_channels: Channels = 1
    out_channels: Channels = 1
    kernel_depth: Taps = 3
    kernel_height: Taps = 3
    kernel_width: Taps = 3
    stride_depth: Stride = 1
    stride_height: Stride = 1
    stride_width: Stride = 1
    padding: PaddingChoice = PaddingChoice.VALID
    padding_depth: Cells = 0
    padding_height: Cells = 0
    padding_width: Cells = 0
    padding_front: Cells = 0
    padding_back: Cells = 0
    padding_top: Cells = 0
    padding_bottom: Cells = 0
    padding_left: Cells = 0
    padding_right: Cells = 0
    padding_mode: PaddingMode = PaddingMode.ZEROS
    padding_value: PaddingValue = 1
    dilation_depth: Dilation = 1
    dilation_height: Dilation = 1
    dilation_width: Dilation = 1
    bias: bool = False
    kernel_text: str = ""
    bias_text: str = ""

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the layer takes, by its role."""
        volume = (self.in_channels, self.depth, self.height, self.width)
        pairs = (self.out_channels or 1) * (self.in_channels or 1)  # a field may be empty
        kernels = (pairs, self.kernel_depth, self.kernel_height, self.kernel_width)
        bias: dict[Role, Shape] = {BIAS: (self.out_channels,)} if self.bias else {}
        return {VOLUME: volume, VOLUME_KERNEL: kernels, **bias}

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role is VOLUME:
            return dict(zip(("in_channels", "depth", "height", "width"), shape, strict=True))
        if role is VOLUME_KERNEL:
            sizes = dict(zip(("kernel_depth", "kernel_height", "kernel_width"), shape[1:], strict=True))
            return sizes | {"out_channels": -(-shape[0] // (self.in_channels or 1))}
        return {"out_channels": max(shape[0], self.out_channels or 0)}

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        return super().idle() | self.idle_padding(self.padding) | idle_value(self.padding_mode)

    def make_layer(self) -> Conv3d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv3d(
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            kernel_size=(self.kernel_depth, self.kernel_height, self.kernel_width),
            stride=(self.stride_depth, self.stride_height, self.stride_width),
            padding=self.given_padding(self.padding),
            dilation=(self.dilation_depth, self.dilation_height, self.dilation_width),
            bias=self.bias,
            **mode_arguments(self.padding_mode, self.padding_value),
        )
