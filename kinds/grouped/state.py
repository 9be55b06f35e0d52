"""The grouped page's state: a convolution in groups of channels."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import Conv2d
from sharing.fields import Limits
from sharing.page_state import PaddedState
from sharing.roles import KERNEL, Role, Shape


class GroupedView(StrEnum):
    """How the grouped page shows its layer: as one, or as the separate layers it is."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class GroupedState(PaddedState):
    """A convolution in groups of channels that do not see each other."""

    page: ClassVar[str] = "grouped"

    groups: Annotated[int, Limits(1, 8)] = 1
    view: GroupedView = GroupedView.TOGETHER

    @property
    def kernel_shape(self) -> Shape:
        """The shape of the weight: a filter has as many channels as its group."""
        return (self.out_channels, max(1, (self.in_channels or 1) // max(1, self.groups or 1)), *self.kernel_size)

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        fields = super().follow(role, shape)
        if role is KERNEL:
            fields["in_channels"] = shape[1] * (self.groups or 1)
        return fields

    def make_layer(self) -> Conv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv2d(**self.layer_arguments(), groups=self.groups)
