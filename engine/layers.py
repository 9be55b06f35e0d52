"""The convolution layers with their arguments, which are checked once, and their plan for an input of one size."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import ClassVar

from engine.checks import (
    PADDINGS,
    Numbers,
    Padding,
    Pair,
    Sides,
    as_tuple,
    check_groups,
    check_mode_takes_value,
    check_same_has_stride_one,
    finite_number,
    named,
    padding_argument,
    settle,
    size_argument,
    whole_number,
    whole_numbers,
)
from engine.directions import IMAGE, SEQUENCE, VOLUME, Space
from engine.geometry import Axis, PaddingMode, TransposedAxis
from engine.input_sizes import fitting, input_sizes
from engine.sides import padding_sides
from engine.validate import check_kernel_fits, check_padding_fits_mode

_MODES = tuple(map(str, PaddingMode))


class Sliding:
    """Base of all layers with a kernel that moves over the input: its size, stride and dilation in each direction.

    Directions come in the order of the array's axes: (values,) of a sequence, (rows, columns) of an image, and (slices,
    rows, columns) of a volume. So do the sizes that the methods take: the length, the height and the width, or the
    depth, the height and the width.
    """

    space: ClassVar[Space]
    kernel_size: int | Numbers
    stride: int | Numbers | None
    dilation: int | Numbers

    @cached_property
    def kernel(self) -> Numbers:
        """Taps of the kernel in each direction."""
        return as_tuple(self.kernel_size, self.space.dims)

    @cached_property
    def strides(self) -> Numbers:
        """Cells from one position of the kernel to the next; the kernel's size for a stride of None."""
        return self.kernel if self.stride is None else as_tuple(self.stride, self.space.dims)

    @cached_property
    def dilations(self) -> Numbers:
        """Cells from one tap to the next."""
        return as_tuple(self.dilation, self.space.dims)

    @cached_property
    def extents(self) -> Numbers:
        """Cells from the kernel's first tap to its last, both counted."""
        kernel, dilations = self.kernel, self.dilations
        return tuple([dilations[i] * (taps - 1) + 1 for i, taps in enumerate(kernel)])

    def output_size(self, *size: int) -> Numbers:
        """Return the output's size for an input of this size; LayerError where the layer does not fit it.

        >>> Conv1d(1, 1, 3).output_size(9), Conv3d(1, 1, 3).output_size(9, 8, 7)
        ((7,), (7, 6, 5))
        """
        return tuple([axis.output for axis in self.axes(*size)])

    def axes(self, *size: int) -> tuple[Axis, ...] | tuple[TransposedAxis, ...]:
        """Return the plan for an input of this size; LayerError where the layer does not fit it."""
        raise NotImplementedError

    def input_sizes(self, output_size: int | Numbers) -> tuple[range, ...]:
        """Return the lengths, for each direction, of every input that this layer makes `output_size` of.

        Each length of one direction goes with each of another. All are empty where no input becomes that size.

        >>> Conv2d(1, 1, kernel_size=3, stride=2, padding=1).input_sizes((112, 1))
        (range(223, 225), range(1, 3))
        """
        wanted = whole_numbers("output_size", output_size, self.space)
        return input_sizes(self.axes, as_tuple(wanted, self.space.dims))

    def _checked(self, size: tuple[object, ...]) -> Numbers:
        """Return the size of an input as plain ints; LayerError for what is no size."""
        # Checked before a cache is asked, because to a cache 4, 4.0 and, for one cell, True are the same key.
        return size_argument(size, self.space)


class Convolution(Sliding):
    """Base of the layers with channels, groups, a weight and a bias."""

    in_channels: int
    out_channels: int
    groups: int
    bias: bool

    @property
    def weight_shape(self) -> Numbers:
        """Shape of the weight; `weight_axes` says what its axes are."""
        raise NotImplementedError

    @property
    def weight_axes(self) -> str:
        """What the axes of the weight are."""
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
                "kernel_size": whole_numbers("kernel_size", self.kernel_size, self.space),
                "stride": whole_numbers("stride", self.stride, self.space),
                "dilation": whole_numbers("dilation", self.dilation, self.space),
                "groups": whole_number("groups", self.groups),
                "bias": bool(self.bias),
            },
        )
        check_groups(self.groups, self.in_channels, self.out_channels)


@dataclass(frozen=True)
class ConvNd(Convolution):
    """A convolution (cross-correlation) in any number of directions; `space` of the classes below says in which."""

    in_channels: int
    out_channels: int
    kernel_size: int | Numbers
    stride: int | Numbers = 1
    padding: Padding = 0
    dilation: int | Numbers = 1
    groups: int = 1
    bias: bool = True
    padding_mode: PaddingMode | str = PaddingMode.ZEROS
    padding_value: float = 0.0

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_convolution()
        mode = named("padding_mode", self.padding_mode, _MODES)
        padding = padding_argument(self.padding, PADDINGS, self.space)
        value = finite_number("padding_value", self.padding_value)
        settle(self, {"padding": padding, "padding_mode": PaddingMode(mode), "padding_value": value})
        check_mode_takes_value(mode, value)
        if self.padding == "same":
            check_same_has_stride_one(self.stride, tuple((extent - 1) // 2 for extent in self.extents))

    @cached_property
    def weight_shape(self) -> Numbers:
        """Shape of the weight: (out_channels, in_channels // groups, *kernel)."""
        return (self.out_channels, self.in_channels // self.groups, *self.kernel)

    @property
    def weight_axes(self) -> str:
        """What the axes of the weight are.

        >>> Conv2d(1, 1, 3).weight_axes
        '(out_channels, in_channels // groups, kernel rows, kernel columns)'
        """
        return f"(out_channels, in_channels // groups, {self.space.kernel_axes})"

    def input_sizes(self, output_size: int | Numbers) -> tuple[range, ...]:
        """Return the lengths, for each direction, of every input that this layer makes `output_size` of.

        >>> Conv2d(1, 1, kernel_size=3, padding=2, padding_mode="reflect").input_sizes((5, 7))
        (range(3, 4), range(5, 6))
        """
        # An input may be too short for what a mode fills the padding with, where a shorter one has less of it.
        zeros = replace(self, padding_mode=PaddingMode.ZEROS, padding_value=0.0)
        return fitting(self.axes, super(ConvNd, zeros).input_sizes(output_size))

    def padding_amounts(self, *size: int) -> Sides:
        """Return (before, after) in cells for each direction; LayerError where the layer does not fit the input.

        >>> Conv2d(1, 1, kernel_size=2, padding="same").padding_amounts(4, 4)
        ((0, 1), (0, 1))
        """
        return tuple([(axis.before, axis.after) for axis in self.axes(*size)])

    def axes(self, *size: int) -> tuple[Axis, ...]:
        """Return the plan for an input of this size; LayerError where the layer does not fit it.

        >>> rows, columns = Conv2d(1, 1, kernel_size=(3, 2), stride=2).axes(7, 5)
        >>> rows.starts, columns.starts, columns.unused_cells
        ((0, 2, 4), (0, 2), (4,))
        """
        return _axes(self, self._checked(size))


@dataclass(frozen=True)
class Conv1d(ConvNd):
    """A 1-D convolution (cross-correlation); arguments, order, defaults and rules are those of `torch.nn.Conv1d`.

    As Conv2d over (channels, length), with a whole number or a tuple of one; `padding` is also a pair (before, after).

    >>> layer = Conv1d(in_channels=3, out_channels=4, kernel_size=3, padding=(4, 0), dilation=2)
    >>> layer.output_size(6), layer.weight_shape, layer.padding_amounts(6)
    ((6,), (4, 3, 3), ((4, 0),))
    """

    space = SEQUENCE


@dataclass(frozen=True)
class Conv2d(ConvNd):
    """A 2-D convolution (cross-correlation); arguments, order, defaults and rules are those of `torch.nn.Conv2d`.

    `kernel_size`, `stride` and `dilation` are a whole number or a pair (rows, columns). `padding` is a whole number, a
    pair, `((top, bottom), (left, right))`, or a name: `"valid"` (none); `"same"` (the output is the size of the input,
    stride 1 only; an odd total puts the extra row at the bottom and the extra column at the right); `"full"`
    (dilation * (kernel - 1) on every side); `"same_upper"` and `"same_lower"` (the output is ceil(size / stride) with
    any stride, and an odd total puts the extra cell after the input, as TensorFlow's "SAME" does, or before it: they
    are ONNX's). Lists become tuples; otherwise the fields keep what the caller wrote, and `kernel`, `strides` and
    `dilations` are the pairs it stands for. LayerError where a value is impossible.

    PyTorch takes three things this refuses: no input channels, True for a number, and, in the modes other than zeros,
    a negative padding, which crops. It has no sides, no "full", no "same_upper" and "same_lower", and neither the
    mode "symmetric", which is NumPy's, nor "constant", which puts `padding_value` around the input, as `pad` does with
    its `value`, NumPy's with its `constant_values`, and SciPy's `convolve2d` with its `fillvalue`.

    >>> layer = Conv2d(in_channels=3, out_channels=4, kernel_size=3, padding="same")
    >>> layer.output_size(6, 5), layer.weight_shape, layer.padding_amounts(6, 5)
    ((6, 5), (4, 3, 3, 3), ((1, 1), (1, 1)))
    >>> Conv2d(1, 1, 3, stride=2, padding="same_upper").padding_amounts(6, 5)
    ((0, 1), (1, 1))
    >>> Conv2d(1, 1, 3, padding=1, padding_mode="constant", padding_value=5).padding_value
    5.0
    """

    space = IMAGE


@dataclass(frozen=True)
class Conv3d(ConvNd):
    """A 3-D convolution (cross-correlation); arguments, order, defaults and rules are those of `torch.nn.Conv3d`.

    As Conv2d over (channels, depth, height, width), with threes (slices, rows, columns) for its pairs; `padding` is
    also `((front, back), (top, bottom), (left, right))`.

    >>> layer = Conv3d(in_channels=3, out_channels=4, kernel_size=(3, 1, 1), padding="same")
    >>> layer.output_size(6, 5, 4), layer.weight_shape, layer.padding_amounts(6, 5, 4)
    ((6, 5, 4), (4, 3, 3, 1, 1), ((1, 1), (0, 0), (0, 0)))
    """

    space = VOLUME


@lru_cache(maxsize=256)
def _axes(layer: ConvNd, size: Numbers) -> tuple[Axis, ...]:
    kernel, strides, dilations, mode = layer.kernel, layer.strides, layer.dilations, PaddingMode(layer.padding_mode)
    sides = padding_sides(layer.padding, layer.extents, strides, size)
    axes = tuple([_axis(length, *sides[i], kernel[i], strides[i], dilations[i], mode) for i, length in enumerate(size)])
    for axis, direction in zip(axes, layer.space.directions, strict=True):
        check_padding_fits_mode(axis, direction)
        check_kernel_fits(axis, direction)
    return axes


# Layers that differ only in their channels share their axes, and what was worked out of them.
_axis = lru_cache(maxsize=256)(Axis)


def as_pair(value: int | Numbers) -> Pair:
    """Return the pair (rows, columns) that a whole number or a pair stands for.

    >>> as_pair(3), as_pair((1, 2))
    ((3, 3), (1, 2))
    """
    rows, columns = as_tuple(value, 2)
    return rows, columns
