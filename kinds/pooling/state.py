"""The pooling page's state: a layer that makes one number of each window, without weights."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import AvgPool2d, MaxPool2d
from sharing.fields import Kernel, Step, Stops
from sharing.page_state import ImageState, SidedPadding
from sharing.roles import INPUT, Role


class PoolingKind(StrEnum):
    """What a pooling layer makes of a window."""

    MAX = "max"
    AVERAGE = "average"


@dataclass(frozen=True)
class PoolingState(ImageState):
    """A pooling layer, and by how many columns its input is moved to the right beneath the stage."""

    page: ClassVar[str] = "pooling"
    roles: ClassVar[tuple[Role, ...]] = (INPUT,)
    aside: ClassVar[frozenset[str]] = frozenset({"shift"})

    _: KW_ONLY
    kind: PoolingKind = PoolingKind.MAX
    kernel_height: Kernel = 2
    kernel_width: Kernel = 2
    stride_height: Step = 2
    stride_width: Step = 2
    padding: SidedPadding = SidedPadding.AMOUNT
    dilation_height: Step = 1
    dilation_width: Step = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    shift: Annotated[int, Stops(0, 8)] = 1

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        is_max = self.kind is PoolingKind.MAX
        return super().idle() | ({"count_include_pad"} if is_max else {"dilation_height", "dilation_width"})

    def make_layer(self) -> MaxPool2d | AvgPool2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        kernel, stride = (self.kernel_height, self.kernel_width), (self.stride_height, self.stride_width)
        padding = self.given_padding(self.padding)
        if self.kind is PoolingKind.MAX:
            return MaxPool2d(kernel, stride, padding, (self.dilation_height, self.dilation_width), self.ceil_mode)
        return AvgPool2d(kernel, stride, padding, self.ceil_mode, self.count_include_pad)
