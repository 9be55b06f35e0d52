"""The transposed convolutions with their arguments, their plan, and the two ordinary ones that belong to each."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.checks import (
    SAME_PADDINGS,
    SIDED_PADDINGS,
    Numbers,
    Padding,
    Sides,
    as_tuple,
    check_no_output_padding,
    check_output_padding,
    padding_argument,
    settle,
    whole_numbers,
)
from engine.directions import IMAGE, SEQUENCE, VOLUME
from engine.geometry import TransposedAxis
from engine.layers import Conv1d, Conv2d, Conv3d, ConvNd, Convolution
from engine.sides import cropped_sides
from engine.validate import check_output_is_left, check_output_size


@dataclass(frozen=True)
class ConvTransposeNd(Convolution):
    """A transposed convolution in any number of directions; `space` of the classes below says in which."""

    ordinary = ConvNd  # The ordinary layer in the same directions.

    in_channels: int
    out_channels: int
    kernel_size: int | Numbers
    stride: int | Numbers = 1
    padding: Padding = 0
    output_padding: int | Numbers = 0
    groups: int = 1
    bias: bool = True
    dilation: int | Numbers = 1

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_convolution()
        padding = padding_argument(self.padding, SIDED_PADDINGS, self.space)
        output_padding = whole_numbers("output_padding", self.output_padding, self.space, 0)
        settle(self, {"padding": padding, "output_padding": output_padding})
        check_no_output_padding(self.padding, self.output_padding)
        check_output_padding(self.output_padding, self.strides, self.dilations, self.space)

    @cached_property
    def weight_shape(self) -> Numbers:
        """Shape of the weight: (in_channels, out_channels // groups, *kernel)."""
        return (self.in_channels, self.out_channels // self.groups, *self.kernel)

    @property
    def weight_axes(self) -> str:
        """What the axes of the weight are.

        >>> ConvTranspose3d(1, 1, 3).weight_axes
        '(in_channels, out_channels // groups, kernel slices, kernel rows, kernel columns)'
        """
        return f"(in_channels, out_channels // groups, {self.space.kernel_axes})"

    @property
    def cropping(self) -> Sides:
        """What is cropped off the output, (before, after) in cells for each direction."""
        return cropped_sides(self.padding, self.extents, self.strides)

    @property
    def output_paddings(self) -> Numbers:
        """Cells added at the end of each direction, before anything is cropped.

        >>> ConvTranspose2d(1, 1, kernel_size=(1, 3), stride=2, padding="same_upper").output_paddings
        (1, 0)
        """
        if self.padding in SAME_PADDINGS:
            return tuple(max(0, step - extent) for step, extent in zip(self.strides, self.extents, strict=True))
        return as_tuple(self.output_padding, self.space.dims)

    @property
    def forward_conv(self) -> ConvNd:
        """The ordinary layer from this one's output back to its input: its matrix is the transpose of this one's.

        That is its size where output_padding is smaller than the stride; with a larger one, which a dilation allows,
        it finds room for more windows than there were inputs.

        >>> layer = ConvTranspose2d(3, 3, kernel_size=4, stride=2, padding=1)
        >>> layer.output_size(32, 32), layer.forward_conv.output_size(64, 64)
        ((64, 64), (32, 32))
        """
        return self.ordinary(
            in_channels=self.out_channels,
            out_channels=self.in_channels,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.cropping if isinstance(self.padding, str) else self.padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=False,
        )

    def equivalent(self, *size: int) -> ConvNd:
        """Return the ordinary layer of stride 1 that makes the same output; `as_convolution` returns what it reads.

        >>> ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1).equivalent(3, 3).padding
        ((1, 2), (1, 2))
        """
        convolved = (axis.convolved for axis in self.axes(*size))
        return self.ordinary(
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            kernel_size=self.kernel_size,
            padding=tuple((axis.before, axis.after) for axis in convolved),
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
        )

    def axes(self, *size: int) -> tuple[TransposedAxis, ...]:
        """Return the plan for an input of this size; LayerError where nothing of the output is left.

        >>> rows, columns = ConvTranspose2d(1, 1, kernel_size=(4, 2), stride=(2, 1)).axes(3, 3)
        >>> rows.overlaps, columns.overlaps
        ((1, 1, 2, 2, 2, 2, 1, 1), (1, 2, 2, 1))
        """
        return _axes(self, self._checked(size))

    def output_padding_for(self, *size: int | Numbers) -> Numbers:
        """Return the output_padding with which an input becomes an output: the input's size, then `output_size`.

        It replaces the layer's own, and is less than the stride: what torch works out of its `output_size`; 0 where the
        padding says how large the output is. LayerError, with the sizes that can be made, where none does it.

        >>> ConvTranspose2d(1, 1, kernel_size=16, stride=16, padding=7).output_padding_for(15, 13, (240, 200))
        (14, 6)
        """
        *input_size, output_size = size
        wanted = as_tuple(whole_numbers("output_size", output_size, self.space), self.space.dims)
        checked = self._checked(tuple(input_size))
        axes, reachable = _plans(self, checked), self.output_sizes(*checked)
        for i, direction in enumerate(self.space.directions):
            check_output_size(axes[i], wanted[i], reachable[i], direction)
        own = as_tuple(self.output_padding, self.space.dims)
        return tuple(wanted[i] - axis.output + own[i] for i, axis in enumerate(axes))

    def output_sizes(self, *size: int) -> tuple[range, ...]:
        """Return the lengths, for each direction, that some output_padding, less than the stride, makes of an input.

        Each length of one direction goes with each of another. Where padding crops everything, whatever the
        output_padding, a range is empty; where the padding is "same_upper" or "same_lower" there is one size.

        >>> ConvTranspose2d(1, 1, kernel_size=16, stride=16, padding=7).output_sizes(15, 13)
        (range(226, 242), range(194, 210))
        """
        axes = _plans(self, self._checked(size))
        if self.padding in SAME_PADDINGS:
            return tuple(range(axis.output, axis.output + 1) for axis in axes)
        return tuple(axis.reachable for axis in axes)


@dataclass(frozen=True)
class ConvTranspose1d(ConvTransposeNd):
    """A transposed 1-D convolution; arguments, order, defaults and rules are those of `torch.nn.ConvTranspose1d`.

    As ConvTranspose2d over (channels, length), with a whole number or a tuple of one; `padding` is also a pair (before,
    after).

    >>> layer = ConvTranspose1d(3, 4, kernel_size=3, stride=2, padding=(0, 1))
    >>> layer.output_size(5), layer.weight_shape, layer.cropping
    ((10,), (3, 4, 3), ((0, 1),))
    """

    space = SEQUENCE
    ordinary = Conv1d


@dataclass(frozen=True)
class ConvTranspose2d(ConvTransposeNd):
    """A transposed 2-D convolution; arguments, order, defaults and rules are those of `torch.nn.ConvTranspose2d`.

    `kernel_size`, `stride`, `padding`, `output_padding` and `dilation` are a whole number or a pair (rows, columns).
    Each input value times the kernel is stamped on the output, `stride` cells from the one before; `padding` is what
    is cropped off every side of the output, `output_padding` the rows and columns added at the bottom and right before
    that. `padding` is also `((top, bottom), (left, right))`, `"valid"` (none), or `"same_upper"` or `"same_lower"`: the
    output is size * stride, of an odd surplus the extra cell is cropped at the end, as Keras's "same" does, or at the
    start, and what is missing where the stride is larger than the kernel is added at the end. Lists become tuples;
    otherwise the fields keep what the caller wrote. LayerError where a value is impossible.

    PyTorch takes two things this refuses: no input channels, and True for a number. It has no sides and no names.

    >>> layer = ConvTranspose2d(3, 4, kernel_size=3, stride=2, padding=1, output_padding=1)
    >>> layer.output_size(3, 5), layer.weight_shape
    ((6, 10), (3, 4, 3, 3))
    >>> same = ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding="same_upper")
    >>> same.output_size(4, 5), same.cropping
    ((8, 10), ((0, 1), (0, 1)))
    """

    space = IMAGE
    ordinary = Conv2d


@dataclass(frozen=True)
class ConvTranspose3d(ConvTransposeNd):
    """A transposed 3-D convolution; arguments, order, defaults and rules are those of `torch.nn.ConvTranspose3d`.

    As ConvTranspose2d over (channels, depth, height, width), with threes (slices, rows, columns) for its pairs;
    `padding` is also `((front, back), (top, bottom), (left, right))`.

    >>> layer = ConvTranspose3d(3, 4, kernel_size=3, stride=(1, 2, 2), padding=1, output_padding=(0, 1, 1))
    >>> layer.output_size(4, 3, 5), layer.weight_shape
    ((4, 6, 10), (3, 4, 3, 3, 3))
    """

    space = VOLUME
    ordinary = Conv3d


@lru_cache(maxsize=256)
def _axes(layer: ConvTransposeNd, size: Numbers) -> tuple[TransposedAxis, ...]:
    axes = _plans(layer, size)
    for axis, direction in zip(axes, layer.space.directions, strict=True):
        check_output_is_left(axis, direction)
    return axes


def _plans(layer: ConvTransposeNd, size: Numbers) -> tuple[TransposedAxis, ...]:
    """The plan for each direction, whether anything of the output is left or not."""
    cropping, output_padding = layer.cropping, layer.output_paddings
    return tuple(
        TransposedAxis(length, *cropping[i], layer.kernel[i], layer.strides[i], layer.dilations[i], output_padding[i])
        for i, length in enumerate(size)
    )
