"""The standard page's state: an ordinary convolution."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from engine import Conv2d
from sharing.states.page import PaddedState


class StandardView(StrEnum):
    """What the standard page shows of its layer."""

    WINDOWS = "windows"
    IM2COL = "im2col"
    MATRIX = "matrix"


@dataclass(frozen=True)
class StandardState(PaddedState):
    """An ordinary convolution."""

    page: ClassVar[str] = "standard"

    view: StandardView = StandardView.WINDOWS

    def layer(self) -> Conv2d:
        """The layer that was chosen; LayerError, naming the control at fault, where there is none.

        >>> StandardState("", 4, 4, kernel_height=2, kernel_width=2).layer().output_size(4, 4)
        (3, 3)
        """
        return self.within_limits(self.make_layer)

    def make_layer(self) -> Conv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv2d(**self.layer_arguments())
