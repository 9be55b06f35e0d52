"""The separable page's state: a depthwise convolution and the pointwise one after it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import LayerError, SeparableConv2d, use
from kinds.separable.messages import SeparableCode
from kinds.separable.roles import POINTWISE_BIAS, POINTWISE_KERNEL
from sharing.fields import MOST_CHANNELS, Amount, Channels, Stops
from sharing.page_state import PaddedState
from sharing.roles import BIAS, INPUT, KERNEL, Role, Shape


class SeparableView(StrEnum):
    """What the separable page shows: both layers, or the pointwise one alone."""

    BOTH = "both"
    POINTWISE = "pointwise"


@dataclass(frozen=True)
class SeparableState(PaddedState):
    """A depthwise convolution and the pointwise one after it; `pixel` is the one that is written out under them."""

    page: ClassVar[str] = "separable"
    roles: ClassVar[tuple[Role, ...]] = (INPUT, KERNEL, BIAS, POINTWISE_KERNEL, POINTWISE_BIAS)
    aside: ClassVar[frozenset[str]] = frozenset({"pixel"})

    depth_multiplier: Channels = 1
    pointwise_padding: Amount = 0
    view: SeparableView = SeparableView.BOTH
    pixel: Annotated[int, Stops(0, 1023)] = 0
    pointwise_kernel_text: str = ""
    pointwise_bias_text: str = ""

    @property
    def middle_channels(self) -> int:
        """Channels between the two layers."""
        return (self.in_channels or 1) * (self.depth_multiplier or 1)

    @property
    def kernel_shape(self) -> Shape:
        """The shape of the depthwise layer's weight."""
        return (self.middle_channels, 1, *self.kernel_size)

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array the two layers take, by its role."""
        shapes = super().shapes() | {POINTWISE_KERNEL: (self.out_channels, self.middle_channels, 1, 1)}
        return shapes | ({BIAS: (self.middle_channels,), POINTWISE_BIAS: (self.out_channels,)} if self.bias else {})

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role is KERNEL:
            return {"kernel_height": shape[2], "kernel_width": shape[3]}
        if role is POINTWISE_KERNEL:
            return {"out_channels": shape[0]}
        return super().follow(role, shape) if role is INPUT else {}

    def make_layer(self) -> SeparableConv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return SeparableConv2d(
            **self.layer_arguments(), depth_multiplier=self.depth_multiplier, pointwise_padding=self.pointwise_padding
        )

    def check_limits(self) -> None:
        """LayerError for the first number that is out of the page's bounds, the channels between the layers last."""
        super().check_limits()
        if self.middle_channels > MOST_CHANNELS:
            raise LayerError(
                SeparableCode.TOO_MANY_BETWEEN,
                "depth_multiplier",
                self.depth_multiplier,
                choices=use("depth_multiplier", MOST_CHANNELS // self.in_channels),
                in_channels=self.in_channels,
                made=self.middle_channels,
                most=MOST_CHANNELS,
            )
