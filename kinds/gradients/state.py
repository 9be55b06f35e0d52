"""The gradients page's state: a convolution, and what its output's gradient is of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import Conv2d, LayerError, use
from kinds.gradients.messages import GradientsCode
from kinds.gradients.roles import GRADIENT
from sharing.fields import MOST_CHANNELS, Limits
from sharing.page_state import GroupedConvolutionState
from sharing.roles import BIAS, INPUT, KERNEL, LARGEST_OUTPUT, WANTED, Role, Shape


class Loss(StrEnum):
    """Where the gradient of the output comes from."""

    GIVEN = "given"
    SQUARED_ERROR = "squared-error"
    ONE_OUTPUT = "one-output"


class GradientsView(StrEnum):
    """Which part of the way there and back is played."""

    ALL = "all"
    FORWARD = "forward"
    WEIGHT = "weight"
    INPUT = "input"


OUTPUT_FIELDS = ("output_channel", "output_row", "output_column")
"""The fields that name the one output of which the gradients are; they count from 0."""

Place = Annotated[int, Limits(0, LARGEST_OUTPUT - 1)]


@dataclass(frozen=True)
class GradientsState(GroupedConvolutionState):
    """A convolution, what its output's gradient is of, and what is played of the way there and back.

    The three numbers of an output count only while the loss is that output.
    """

    page: ClassVar[str] = "gradients"
    roles: ClassVar[tuple[Role, ...]] = (INPUT, KERNEL, BIAS, GRADIENT, WANTED)
    aside: ClassVar[frozenset[str]] = frozenset({"view"})

    loss: Loss = Loss.GIVEN
    output_channel: Annotated[int, Limits(0, MOST_CHANNELS - 1)] = 0
    output_row: Place = 0
    output_column: Place = 0
    view: GradientsView = GradientsView.WEIGHT
    gradient_text: str = ""
    wanted_text: str = ""

    def idle(self) -> set[str]:
        """The names of the fields that have no effect at present."""
        return super().idle() | (set() if self.loss is Loss.ONE_OUTPUT else {*OUTPUT_FIELDS})

    def shapes(self) -> dict[Role, Shape]:
        """The shape of each array that the page takes, by its role."""
        match self.loss:
            case Loss.GIVEN:
                return super().shapes() | {GRADIENT: self._output_shape()}
            case Loss.SQUARED_ERROR:
                return super().shapes() | {WANTED: self._output_shape()}
            case Loss.ONE_OUTPUT:
                return super().shapes()

    def _output_shape(self) -> Shape:
        """The shape of the output: that of one cell a channel where there is no layer."""
        try:
            return (self.out_channels, *self.make_layer().output_size(self.height, self.width))
        except LayerError:
            return (self.out_channels, 1, 1)

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role in (GRADIENT, WANTED):
            return {"out_channels": max(shape[0], self.out_channels or 0)}
        return super().follow(role, shape)

    def check_size(self, layer: Conv2d) -> None:
        """LayerError where there are more multiplies than a page plays, or where the output is not that is asked of."""
        super().check_size(layer)
        if self.loss is not Loss.ONE_OUTPUT:
            return
        counts = (layer.out_channels, *layer.output_size(self.height, self.width))
        for name, direction, count in zip(OUTPUT_FIELDS, ("channels", "rows", "columns"), counts, strict=True):
            value = getattr(self, name)
            if value >= count:
                choices = use(name, count - 1)
                raise LayerError(GradientsCode.OUTPUT_OUTSIDE, name, value, direction, choices=choices, count=count)
