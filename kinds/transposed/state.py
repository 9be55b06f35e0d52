"""The transposed page's state: a transposed convolution."""

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import Change, Choice, ConvTranspose2d, LayerError, use
from engine.resizing import KERNELS, STRIDES
from kinds.transposed.messages import TransposedCode
from sharing.fields import Limits, Stops, check_number, limits
from sharing.page_state import ConvolutionState, SidedPadding
from sharing.roles import KERNEL, Role, Shape

LARGEST_UNCROPPED = 128
LARGEST_MATRIX = 160


class TransposedView(StrEnum):
    """What the transposed page shows: one of the three ways to see the layer, or all of them."""

    ALL = "all"
    STAMP = "stamp"
    ZERO_INSERTED = "zero-inserted"
    MATRIX = "matrix"


AnySize = Annotated[int, Limits(1, 1024)]
QUESTION = ("given_height", "given_width", "wanted_height", "wanted_width", "wanted_kernel", "wanted_stride")
"""The fields of the question which layer makes one size of another; they are not the stage's."""

SINGLE_VIEWS = tuple(view for view in TransposedView if view is not TransposedView.ALL)


@dataclass(frozen=True)
class TransposedState(ConvolutionState):
    """A transposed convolution, the numbers of the checkerboard beneath the stage, and those of a question.

    The question is which layer makes the wanted size of the given one: of a kernel and a stride, or of any, which is 0.
    """

    page: ClassVar[str] = "transposed"
    aside: ClassVar[frozenset[str]] = frozenset({"view", "checkerboard_kernel", "checkerboard_stride", *QUESTION})

    _: KW_ONLY
    padding: SidedPadding = SidedPadding.AMOUNT
    output_padding_height: Annotated[int, Limits(0, 7)] = 0
    output_padding_width: Annotated[int, Limits(0, 7)] = 0
    groups: Annotated[int, Stops(1, 8)] = 1
    view: TransposedView = TransposedView.ALL
    checkerboard_kernel: Annotated[int, Stops(1, 7)] = 3
    checkerboard_stride: Annotated[int, Stops(1, 4)] = 2
    given_height: AnySize = 7
    given_width: AnySize = 7
    wanted_height: AnySize = 14
    wanted_width: AnySize = 14
    wanted_kernel: Annotated[int, Limits(0, KERNELS[-1])] = 0
    wanted_stride: Annotated[int, Limits(0, STRIDES[-1])] = 0

    def limits(self) -> dict[str, Limits]:
        """The bounds of every number that the stage needs."""
        return {name: bounds for name, bounds in super().limits().items() if name not in QUESTION}

    def check_question(self) -> None:
        """LayerError for the first number of the question that is missing or out of its bounds."""
        bounds = limits(type(self))
        for name in QUESTION:
            check_number(name, getattr(self, name), bounds[name])

    @property
    def kernel_shape(self) -> Shape:
        """The shape of the weight: (in_channels, out_channels // groups, rows, columns)."""
        return (self.in_channels, max(1, (self.out_channels or 1) // max(1, self.groups or 1)), *self.kernel_size)

    def follow(self, role: Role, shape: Shape) -> dict[str, int]:
        """Return the fields that change, with their new values, when an array of another shape is typed for a role."""
        if role is KERNEL:
            sizes = {"kernel_height": shape[2], "kernel_width": shape[3], "in_channels": shape[0]}
            return sizes | {"out_channels": shape[1] * (self.groups or 1)}
        return super().follow(role, shape)

    def make_layer(self) -> ConvTranspose2d:
        """The layer of the fields as they are, whatever the page's limits; LayerError where the engine has none."""
        return ConvTranspose2d(
            **self.layer_arguments(),
            output_padding=(self.output_padding_height, self.output_padding_width),
            groups=self.groups,
        )

    def check_size(self, layer: ConvTranspose2d) -> None:
        """LayerError where a layer within the bounds is still more than the page can play, or the view can show."""
        super().check_size(layer)
        self._check_output(layer)
        if self.view is TransposedView.MATRIX:
            self._check_matrix(layer)

    def _check_output(self, layer: ConvTranspose2d) -> None:
        """LayerError where the output has more rows or columns before it is cropped than the page shows."""
        axes = layer.axes(self.height, self.width)
        for axis, name, direction in zip(axes, ("height", "width"), ("rows", "columns"), strict=True):
            if axis.uncropped > LARGEST_UNCROPPED:
                # Even at stride 1, the largest input and kernel of the page fit.
                stride = (LARGEST_UNCROPPED - axis.extent - axis.output_padding) // (axis.length - 1)
                most_output_padding = max(stride, axis.dilation) - 1
                changes = [Change(f"stride_{name}", stride)]
                if getattr(self, f"output_padding_{name}") > most_output_padding:
                    changes.append(Change(f"output_padding_{name}", most_output_padding))
                raise LayerError(
                    TransposedCode.UNCROPPED_TOO_LARGE,
                    f"stride_{name}",
                    axis.stride,
                    direction,
                    "less_output_padding" if len(changes) > 1 else "",
                    choices=(Choice(tuple(changes)),),
                    made=axis.uncropped,
                    most=LARGEST_UNCROPPED,
                    output_padding=most_output_padding,
                    beside=f"output_padding_{name}",
                )

    def _check_matrix(self, layer: ConvTranspose2d) -> None:
        """LayerError where the matrix has more rows or columns than the view of it shows."""
        rows, columns = layer.axes(self.height, self.width)
        size = self.out_channels * rows.output * columns.output, self.in_channels * self.height * self.width
        if max(size) > LARGEST_MATRIX:
            raise LayerError(
                TransposedCode.MATRIX_TOO_LARGE,
                "view",
                self.view,
                choices=use("view", TransposedView.ALL),
                rows=size[0],
                columns=size[1],
                most=LARGEST_MATRIX,
            )
