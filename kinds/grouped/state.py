"""The grouped page's state: a convolution in groups of channels."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from sharing.page_state import GroupedConvolutionState


class GroupedView(StrEnum):
    """How the grouped page shows its layer: as one, or as the separate layers it is."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class GroupedState(GroupedConvolutionState):
    """A convolution in groups of channels that do not see each other."""

    page: ClassVar[str] = "grouped"

    view: GroupedView = GroupedView.TOGETHER
