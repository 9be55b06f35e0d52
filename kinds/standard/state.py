"""The standard page's state: an ordinary convolution."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import ClassVar

from engine import Conv2d, LayerError, use
from kinds.standard.messages import StandardCode
from sharing.page_state import PaddedState
from sharing.roles import KERNEL, Role, Shape

MOST_CELLS = 40_000


class StandardView(StrEnum):
    """What the standard page shows of its layer."""

    WINDOWS = "windows"
    IM2COL = "im2col"
    MATRIX = "matrix"


class Operation(StrEnum):
    """Whether the kernel slides as it is, as in deep learning, or is flipped first, as in mathematics."""

    CROSS_CORRELATION = "cross_correlation"
    CONVOLUTION = "convolution"


@dataclass(frozen=True)
class StandardState(PaddedState):
    """An ordinary convolution.

    >>> StandardState("", 4, 4, kernel_height=2, kernel_width=2).layer().output_size(4, 4)
    (3, 3)
    """

    page: ClassVar[str] = "standard"

    view: StandardView = StandardView.WINDOWS
    operation: Operation = Operation.CROSS_CORRELATION

    def check_size(self, layer: Conv2d) -> None:
        """LayerError where the layer has more multiplies than the page shows, or the view cannot show it."""
        super().check_size(layer)
        cells = self._cells(layer)
        choices = use("view", StandardView.WINDOWS)
        if self.view is StandardView.MATRIX and layer.padding_value and self._has_padding(layer):
            held = self.padding_value
            raise LayerError(StandardCode.VIEW_WITHOUT_CONSTANT, "view", self.view, choices=choices, held=held)
        if cells > MOST_CELLS:
            raise LayerError(
                StandardCode.VIEW_TOO_LARGE, "view", self.view, choices=choices, cells=cells, most=MOST_CELLS
            )

    def typed_place(self, role: Role, place: Shape, shape: Shape) -> Shape:
        """Where the number of a cell stands in what was typed: a kernel that is flipped is shown flipped."""
        if role is not KERNEL or self.operation is Operation.CROSS_CORRELATION:
            return place
        row, column = (length - 1 - index for length, index in zip(shape[2:], place[2:], strict=True))
        return (*place[:2], row, column)

    def _has_padding(self, layer: Conv2d) -> bool:
        return any(axis.before or axis.after for axis in layer.axes(self.height, self.width))

    def _cells(self, layer: Conv2d) -> int:
        """The cells of the largest matrix that is drawn."""
        outputs = prod(layer.output_size(self.height, self.width))
        match self.view:
            case StandardView.WINDOWS:
                return 0
            case StandardView.IM2COL:
                return prod(layer.weight_shape[1:]) * outputs
            case StandardView.MATRIX:
                return self.out_channels * outputs * self.in_channels * self.height * self.width

    def make_layer(self) -> Conv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv2d(**self.layer_arguments())
