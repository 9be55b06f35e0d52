"""The standard page's state: an ordinary convolution."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from engine import Conv2d, LayerError
from sharing.states.page import PaddedState

MOST_MATRIX_CELLS = 250_000
"""A matrix of the whole layer grows with the fourth power of the input's side: 500 by 500 fills a screen."""


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
        layer = self.within_limits(self.make_layer)
        if self.view is StandardView.MATRIX:
            self._check_matrix(layer)
        return layer

    def make_layer(self) -> Conv2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return Conv2d(**self.layer_arguments())

    def _check_matrix(self, layer: Conv2d) -> None:
        rows, columns = layer.output_size(self.height, self.width)
        outputs, inputs = self.out_channels * rows * columns, self.in_channels * self.height * self.width
        if outputs * inputs > MOST_MATRIX_CELLS:
            rule = (
                f"with {outputs:,} rows and {inputs:,} columns it has more cells than the {MOST_MATRIX_CELLS:,} shown"
            )
            raise LayerError("view", "the sparse matrix", rule, "use a smaller input, or fewer channels")
