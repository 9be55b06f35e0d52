"""The convolution layer with its arguments, which are checked once, and its plan for an input of one size."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

from engine.checks import (
    PADDINGS,
    Padding,
    Pair,
    Sides,
    check_groups,
    check_same_has_stride_one,
    named,
    padding_argument,
    settle,
    whole_number,
    whole_pair,
)
from engine.geometry import Axis, PaddingMode, TransposedAxis
from engine.input_sizes import fitting, input_sizes
from engine.sides import padding_sides
from engine.validate import COLUMNS, ROWS, check_kernel_fits, check_padding_fits_mode


class Sliding:
    """Base of all layers with a kernel that moves over the input: its size, stride and dilation as pairs."""

    kernel_size: int | Pair
    stride: int | Pair | None
    dilation: int | Pair

    @property
    def kernel(self) -> Pair:
        """Taps of the kernel, (rows, columns)."""
        return as_pair(self.kernel_size)

    @property
    def strides(self) -> Pair:
        """Cells from one position of the kernel to the next, (down, across); the kernel's size for a stride of None."""
        return self.kernel if self.stride is None else as_pair(self.stride)

    @property
    def dilations(self) -> Pair:
        """Cells from one tap to the next, (down, across)."""
        return as_pair(self.dilation)

    @property
    def extents(self) -> Pair:
        """Cells from the kernel's first tap to its last, both counted, (down, across)."""
        (rows, columns), (down, across) = self.kernel, self.dilations
        return down * (rows - 1) + 1, across * (columns - 1) + 1

    def output_size(self, height: int, width: int) -> Pair:
        """Return the output's (height, width) for an input of this size; LayerError where the layer does not fit it."""
        rows, columns = self.axes(height, width)
        return rows.output, columns.output

    def axes(self, height: int, width: int) -> tuple[Axis, Axis] | tuple[TransposedAxis, TransposedAxis]:
        """Return the plan for an input of this size, (rows, columns); LayerError where the layer does not fit it."""
        raise NotImplementedError

    def input_sizes(self, output_size: int | Pair) -> tuple[range, range]:
        """Return the heights and the widths of every input that this layer makes `output_size` of.

        Each height goes with each width. Both are empty where no input becomes that size.

        >>> Conv2d(1, 1, kernel_size=3, stride=2, padding=1).input_sizes((112, 1))
        (range(223, 225), range(1, 3))
        """
        return input_sizes(self.axes, as_pair(whole_pair("output_size", output_size)))


class Convolution(Sliding):
    """Base of the layers with channels, groups, a weight and a bias."""

    in_channels: int
    out_channels: int
    groups: int
    bias: bool
    weight_axes: ClassVar[str]

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """Shape of the weight; `weight_axes` says what its axes are."""
        raise NotImplementedError

    @property
    def bias_shape(self) -> tuple[int] | None:
        """Shape of the bias, (out_channels,), or None where the layer has none."""
        return (self.out_channels,) if self.bias else None

    def _settle_convolution(self) -> None:
        """Check the arguments that all convolutions have, one by one and together."""
        settle(
            self,
            {
                "in_channels": whole_number("in_channels", self.in_channels),
                "out_channels": whole_number("out_channels", self.out_channels),
                "kernel_size": whole_pair("kernel_size", self.kernel_size),
                "stride": whole_pair("stride", self.stride),
                "dilation": whole_pair("dilation", self.dilation),
                "groups": whole_number("groups", self.groups),
                "bias": bool(self.bias),
            },
        )
        check_groups(self.groups, self.in_channels, self.out_channels)


@dataclass(frozen=True)
class Conv2d(Convolution):
    """A 2-D convolution (cross-correlation); arguments, order, defaults and rules are those of `torch.nn.Conv2d`.

    `kernel_size`, `stride` and `dilation` are a whole number or a pair (rows, columns). `padding` is a whole number, a
    pair, `((top, bottom), (left, right))`, or a name: `"valid"` (none); `"same"` (the output is the size of the input,
    stride 1 only; an odd total puts the extra row at the bottom and the extra column at the right); `"full"`
    (dilation * (kernel - 1) on every side); `"same_upper"` and `"same_lower"` (the output is ceil(size / stride) with
    any stride, and an odd total puts the extra cell after the input, as TensorFlow's "SAME" does, or before it: they
    are ONNX's). Lists become tuples; otherwise the fields keep what the caller wrote, and `kernel`, `strides` and
    `dilations` are the pairs it stands for. LayerError where a value is impossible.

    PyTorch takes three things this refuses: no input channels, True for a number, and, in the modes other than zeros,
    a negative padding, which crops. It has no sides, no "full", no "same_upper" and "same_lower", and no
    mode "symmetric", which is NumPy's.

    >>> layer = Conv2d(in_channels=3, out_channels=4, kernel_size=3, padding="same")
    >>> layer.output_size(6, 5), layer.weight_shape, layer.padding_amounts(6, 5)
    ((6, 5), (4, 3, 3, 3), ((1, 1), (1, 1)))
    >>> Conv2d(1, 1, 3, stride=2, padding="same_upper").padding_amounts(6, 5)
    ((0, 1), (1, 1))
    """

    in_channels: int
    out_channels: int
    kernel_size: int | Pair
    stride: int | Pair = 1
    padding: Padding = 0
    dilation: int | Pair = 1
    groups: int = 1
    bias: bool = True
    padding_mode: PaddingMode | str = PaddingMode.ZEROS

    weight_axes = "(out_channels, in_channels // groups, kernel rows, kernel columns)"

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_convolution()
        mode = named("padding_mode", self.padding_mode, tuple(map(str, PaddingMode)))
        settle(self, {"padding": padding_argument(self.padding, PADDINGS), "padding_mode": PaddingMode(mode)})
        check_same_has_stride_one(self.padding, self.stride, ((self.extents[0] - 1) // 2, (self.extents[1] - 1) // 2))

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """Shape of the weight: (out_channels, in_channels // groups, kernel rows, kernel columns)."""
        return (self.out_channels, self.in_channels // self.groups, *self.kernel)

    def input_sizes(self, output_size: int | Pair) -> tuple[range, range]:
        """Return the heights and the widths of every input that this layer makes `output_size` of.

        >>> Conv2d(1, 1, kernel_size=3, padding=2, padding_mode="reflect").input_sizes((5, 7))
        (range(3, 4), range(5, 6))
        """
        # An input may be too short for what a mode fills the padding with, where a shorter one has less of it.
        zeros = replace(self, padding_mode=PaddingMode.ZEROS)
        return fitting(self.axes, *super(Conv2d, zeros).input_sizes(output_size))

    def padding_amounts(self, height: int, width: int) -> Sides:
        """Return ((top, bottom), (left, right)) in cells; LayerError where the layer does not fit the input.

        >>> Conv2d(1, 1, kernel_size=2, padding="same").padding_amounts(4, 4)
        ((0, 1), (0, 1))
        """
        rows, columns = self.axes(height, width)
        return (rows.before, rows.after), (columns.before, columns.after)

    def axes(self, height: int, width: int) -> tuple[Axis, Axis]:
        """Return the plan for an input of this size, (rows, columns); LayerError where the layer does not fit it.

        >>> rows, columns = Conv2d(1, 1, kernel_size=(3, 2), stride=2).axes(7, 5)
        >>> rows.starts, columns.starts, columns.unused_cells
        ((0, 2, 4), (0, 2), (4,))
        """
        # Checked before the cache is asked, because to a cache 4, 4.0 and, for one cell, True are the same key.
        return _axes(self, whole_number("height", height), whole_number("width", width))


@lru_cache(maxsize=256)
def _axes(layer: Conv2d, height: int, width: int) -> tuple[Axis, Axis]:
    (top, bottom), (left, right) = padding_sides(layer.padding, layer.extents, layer.strides, (height, width))
    mode = PaddingMode(layer.padding_mode)
    rows = _axis(height, top, bottom, layer.kernel[0], layer.strides[0], layer.dilations[0], mode)
    columns = _axis(width, left, right, layer.kernel[1], layer.strides[1], layer.dilations[1], mode)
    for axis, direction in ((rows, ROWS), (columns, COLUMNS)):
        check_padding_fits_mode(axis, direction)
        check_kernel_fits(axis, direction)
    return rows, columns


# Layers that differ only in their channels share their axes, and what was worked out of them.
_axis = lru_cache(maxsize=256)(Axis)


def as_pair(value: int | Pair) -> Pair:
    """Return the pair (rows, columns) that a whole number or a pair stands for.

    >>> as_pair(3), as_pair((1, 2))
    ((3, 3), (1, 2))
    """
    return (value, value) if isinstance(value, int) else value
