"""The pooling layers with their arguments, and their plan for an input of one size."""

from dataclasses import dataclass, replace
from functools import lru_cache, partial

from engine.checks import (
    SIDED_PADDINGS,
    Numbers,
    Padding,
    Sides,
    check_at_most,
    check_no_window_on_padding_alone,
    padding_argument,
    settle,
    whole_numbers,
)
from engine.directions import IMAGE, SEQUENCE, VOLUME
from engine.errors import LayerCode
from engine.geometry import Axis, PaddingMode
from engine.layers import Sliding
from engine.sides import padding_sides, says_sides, written_sides
from engine.validate import check_pooling_fits


class Pooling(Sliding):
    """Base of the pooling layers, which make one number of each window of each channel and have no weights."""

    padding: Padding
    ceil_mode: bool

    def axes(self, *size: int) -> tuple[Axis, ...]:
        """Return the plan for an input of this size; LayerError where the layer does not fit it.

        Where `ceil_mode` adds a window that stands out at the end, the cells under it are counted in `after`.

        >>> rows, columns = MaxPool2d(2, padding=(0, 1), ceil_mode=True).axes(5, 5)
        >>> (rows.starts, rows.after), (columns.starts, columns.after)
        (((0, 2, 4), 1), ((0, 2, 4), 1))
        """
        return _axes(self, self._checked(size))

    def padding_amounts(self, *size: int) -> Sides:
        """Return (before, after) in cells for each direction, without what `ceil_mode` lets windows stand out over.

        >>> MaxPool2d(3, stride=2, padding="same_upper").padding_amounts(4, 5)
        ((0, 1), (1, 1))
        """
        return padding_sides(self.padding, self.extents, self.strides, size)

    def _settle_pooling(self) -> None:
        """Check the arguments that both poolings have, one by one and together."""
        settle(
            self,
            {
                "kernel_size": whole_numbers("kernel_size", self.kernel_size, self.space),
                "stride": None if self.stride is None else whole_numbers("stride", self.stride, self.space),
                "padding": padding_argument(self.padding, SIDED_PADDINGS, self.space),
                "dilation": whole_numbers("dilation", self.dilation, self.space),
                "ceil_mode": bool(self.ceil_mode),
            },
        )
        if isinstance(self.padding, str):
            return
        sides = written_sides(self.padding, self.space.dims)
        if says_sides(self.padding, self.space.dims):
            check_no_window_on_padding_alone(sides, self.kernel, self.space)
            return
        half = tuple(taps // 2 for taps in self.kernel)
        amount = self.padding if isinstance(self.padding, int) else tuple(before for before, _ in sides)
        check_at_most(LayerCode.POOLING_PADDING_TOO_LARGE, "padding", amount, half, self.space)


@dataclass(frozen=True)
class MaxPoolNd(Pooling):
    """The largest value of each window in any number of directions; `space` of the classes below says in which."""

    kernel_size: int | Numbers
    stride: int | Numbers | None = None
    padding: Padding = 0
    dilation: int | Numbers = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_pooling()


@dataclass(frozen=True)
class MaxPool1d(MaxPoolNd):
    """The largest value of each window; arguments, defaults and rules are those of `torch.nn.MaxPool1d`.

    As MaxPool2d over (channels, length), with a whole number or a tuple of one; `padding` is also a pair (before,
    after).

    >>> MaxPool1d(3, stride=2).output_size(6), MaxPool1d(3, stride=2, ceil_mode=True).output_size(6)
    ((2,), (3,))
    """

    space = SEQUENCE


@dataclass(frozen=True)
class MaxPool2d(MaxPoolNd):
    """The largest value of each window; arguments, defaults and rules are those of `torch.nn.MaxPool2d`.

    All but `ceil_mode` are a whole number or a pair (rows, columns); a `stride` of None is the kernel's size. `padding`
    is also `((top, bottom), (left, right))`, each less than the kernel, `"valid"` (none), or `"same_upper"` or
    `"same_lower"`, as Conv2d has them: TensorFlow's and Keras's "same" is the upper one. Padding is never the largest,
    but for a dilated window that has nothing else: that makes -infinity. `ceil_mode` adds a window for the cells left
    over at the end, unless it would start behind the input. Lists become tuples; otherwise the fields keep what the
    caller wrote. LayerError where a value is impossible. PyTorch also takes a list of one, and has a return_indices
    before `ceil_mode`, which is left out here; it has no sides and no names.

    >>> MaxPool2d(3, stride=2).output_size(6, 7), MaxPool2d(3, stride=2, ceil_mode=True).output_size(6, 7)
    ((2, 3), (3, 3))
    """

    space = IMAGE


@dataclass(frozen=True)
class MaxPool3d(MaxPoolNd):
    """The largest value of each window; arguments, defaults and rules are those of `torch.nn.MaxPool3d`.

    As MaxPool2d over (channels, depth, height, width), with threes (slices, rows, columns) for its pairs; `padding` is
    also `((front, back), (top, bottom), (left, right))`.

    >>> MaxPool3d((1, 2, 2)).output_size(6, 5, 4)
    (6, 2, 2)
    """

    space = VOLUME


@dataclass(frozen=True)
class AvgPoolNd(Pooling):
    """The mean of each window in any number of directions; `space` of the classes below says in which."""

    kernel_size: int | Numbers
    stride: int | Numbers | None = None
    padding: Padding = 0
    ceil_mode: bool = False
    count_include_pad: bool = True

    dilation = 1  # A window's cells are neighbours.

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_pooling()
        settle(self, {"count_include_pad": bool(self.count_include_pad)})

    def counts(self, *size: int) -> tuple[Numbers, ...]:
        """Return over how many cells of each direction each window's mean is: their product divides its sum.

        >>> AvgPool2d(3, 2, padding=1, ceil_mode=True).counts(2, 4)
        ((3, 2), (3, 3, 2))
        >>> AvgPool2d(3, 2, padding=1, ceil_mode=True, count_include_pad=False).counts(2, 4)
        ((2, 1), (2, 3, 1))
        """
        sides = self.padding_amounts(*size)
        return tuple(self._counted(axis, after) for axis, (_, after) in zip(self.axes(*size), sides, strict=True))

    def _counted(self, axis: Axis, after: int) -> Numbers:
        first, end = axis.before, axis.before + axis.length
        if self.count_include_pad:
            first, end = 0, end + after
        return tuple(min(start + axis.kernel, end) - max(start, first) for start in axis.starts)


@dataclass(frozen=True)
class AvgPool1d(AvgPoolNd):
    """The mean of each window; arguments, order, defaults and rules are those of `torch.nn.AvgPool1d`.

    As AvgPool2d over (channels, length), with a whole number or a tuple of one; `padding` is also a pair (before,
    after).

    >>> AvgPool1d(3, 2, padding=(0, 1), count_include_pad=False).counts(4)
    ((3, 2),)
    """

    space = SEQUENCE


@dataclass(frozen=True)
class AvgPool2d(AvgPoolNd):
    """The mean of each window; arguments, order, defaults and rules are those of `torch.nn.AvgPool2d`.

    As MaxPool2d, without a dilation. The mean is over the window's cells on the input and, unless `count_include_pad`
    is False, those on the padding, which are zeros; cells that `ceil_mode` lets stand out beyond it never count.
    TensorFlow and Keras never count padding: their "same" is "same_upper" with `count_include_pad` False, which is also
    ONNX's default. PyTorch's last argument, divisor_override, is left out.

    >>> AvgPool2d(2, padding=1).output_size(4, 4)
    (3, 3)
    """

    space = IMAGE


@dataclass(frozen=True)
class AvgPool3d(AvgPoolNd):
    """The mean of each window; arguments, order, defaults and rules are those of `torch.nn.AvgPool3d`.

    As AvgPool2d over (channels, depth, height, width), with threes (slices, rows, columns) for its pairs; `padding` is
    also `((front, back), (top, bottom), (left, right))`. Here alone PyTorch refuses an input that is shorter than the
    kernel without its padding; this takes it, as all the others do.

    >>> AvgPool3d(2, padding=1).output_size(4, 3, 2)
    (3, 2, 2)
    """

    space = VOLUME


@lru_cache(maxsize=256)
def _axes(layer: Pooling, size: Numbers) -> tuple[Axis, ...]:
    sides = layer.padding_amounts(*size)
    axes = tuple(
        Axis(length, *sides[i], layer.kernel[i], layer.strides[i], layer.dilations[i], PaddingMode.ZEROS)
        for i, length in enumerate(size)
    )
    for axis, direction in zip(axes, layer.space.directions, strict=True):
        check_pooling_fits(axis, direction, partial(_overhang, layer, axis.stride))
    return tuple(map(_with_the_rest, axes)) if layer.ceil_mode else axes


def _overhang(layer: Pooling, stride: int, kernel: int) -> int:
    """The cells that a window may stand out by: fewer than a stride, which is the kernel's size where none is given."""
    return ((kernel if layer.stride is None else stride) - 1) if layer.ceil_mode else 0


def _with_the_rest(axis: Axis) -> Axis:
    """Return the axis with one more window for the cells left over, unless that would start behind the input."""
    start = axis.output * axis.stride
    if axis.remainder == 0 or start >= axis.before + axis.length:
        return axis
    return replace(axis, after=start + axis.extent - axis.before - axis.length)
