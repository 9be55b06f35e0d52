"""The transposed convolution with its arguments, its plan, and the two ordinary convolutions that belong to it."""

from dataclasses import dataclass
from functools import lru_cache

from engine.checks import (
    SAME_PADDINGS,
    SIDED_PADDINGS,
    Padding,
    Pair,
    Sides,
    check_no_output_padding,
    check_output_padding,
    padding_argument,
    settle,
    whole_number,
    whole_pair,
)
from engine.geometry import TransposedAxis
from engine.layers import Conv2d, Convolution, as_pair
from engine.sides import cropped_sides
from engine.validate import COLUMNS, ROWS, check_output_is_left, check_output_size


@dataclass(frozen=True)
class ConvTranspose2d(Convolution):
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

    in_channels: int
    out_channels: int
    kernel_size: int | Pair
    stride: int | Pair = 1
    padding: Padding = 0
    output_padding: int | Pair = 0
    groups: int = 1
    bias: bool = True
    dilation: int | Pair = 1

    weight_axes = "(in_channels, out_channels // groups, kernel rows, kernel columns)"

    def __post_init__(self) -> None:
        """Check everything that does not need the size of the input."""
        self._settle_convolution()
        padding = padding_argument(self.padding, SIDED_PADDINGS)
        settle(self, {"padding": padding, "output_padding": whole_pair("output_padding", self.output_padding, 0)})
        check_no_output_padding(self.padding, self.output_padding)
        check_output_padding(self.output_padding, self.strides, self.dilations)

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """Shape of the weight: (in_channels, out_channels // groups, kernel rows, kernel columns)."""
        return (self.in_channels, self.out_channels // self.groups, *self.kernel)

    @property
    def cropping(self) -> Sides:
        """What is cropped off the output, ((top, bottom), (left, right)) in cells."""
        return cropped_sides(self.padding, self.extents, self.strides)

    @property
    def output_paddings(self) -> Pair:
        """Rows and columns added at the bottom and right, before anything is cropped.

        >>> ConvTranspose2d(1, 1, kernel_size=(1, 3), stride=2, padding="same_upper").output_paddings
        (1, 0)
        """
        if self.padding in SAME_PADDINGS:
            (rows, columns), (down, across) = self.extents, self.strides
            return max(0, down - rows), max(0, across - columns)
        return as_pair(self.output_padding)

    @property
    def forward_conv(self) -> Conv2d:
        """The ordinary layer from this one's output back to its input: its matrix is the transpose of this one's.

        That is its size where output_padding is smaller than the stride; with a larger one, which a dilation allows,
        it finds room for more windows than there were inputs.

        >>> layer = ConvTranspose2d(3, 3, kernel_size=4, stride=2, padding=1)
        >>> layer.output_size(32, 32), layer.forward_conv.output_size(64, 64)
        ((64, 64), (32, 32))
        """
        return Conv2d(
            in_channels=self.out_channels,
            out_channels=self.in_channels,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.cropping if isinstance(self.padding, str) else self.padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=False,
        )

    def equivalent(self, height: int, width: int) -> Conv2d:
        """Return the ordinary layer of stride 1 that makes the same output; `as_convolution` returns what it reads.

        >>> ConvTranspose2d(1, 1, kernel_size=3, stride=2, padding=1, output_padding=1).equivalent(3, 3).padding
        ((1, 2), (1, 2))
        """
        rows, columns = (axis.convolved for axis in self.axes(height, width))
        return Conv2d(
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            kernel_size=self.kernel_size,
            padding=((rows.before, rows.after), (columns.before, columns.after)),
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
        )

    def axes(self, height: int, width: int) -> tuple[TransposedAxis, TransposedAxis]:
        """Return the plan for an input of this size, (rows, columns); LayerError where nothing of the output is left.

        >>> rows, columns = ConvTranspose2d(1, 1, kernel_size=(4, 2), stride=(2, 1)).axes(3, 3)
        >>> rows.overlaps, columns.overlaps
        ((1, 1, 2, 2, 2, 2, 1, 1), (1, 2, 2, 1))
        """
        # Checked before the cache is asked, as Conv2d's are.
        return _axes(self, whole_number("height", height), whole_number("width", width))

    def output_padding_for(self, height: int, width: int, output_size: int | Pair) -> Pair:
        """Return the output_padding, (rows, columns), with which an input of this size becomes `output_size`.

        It replaces the layer's own, and is less than the stride: what torch works out of its `output_size`; 0 where the
        padding says how large the output is. LayerError, with the sizes that can be made, where none does it.

        >>> ConvTranspose2d(1, 1, kernel_size=16, stride=16, padding=7).output_padding_for(15, 13, (240, 200))
        (14, 6)
        """
        wanted = as_pair(whole_pair("output_size", output_size))
        sizes = whole_number("height", height), whole_number("width", width)
        rows, columns = _plans(self, *sizes)
        heights, widths = self.output_sizes(*sizes)
        check_output_size(rows, wanted[0], heights, ROWS)
        check_output_size(columns, wanted[1], widths, COLUMNS)
        own = as_pair(self.output_padding)
        return wanted[0] - rows.output + own[0], wanted[1] - columns.output + own[1]

    def output_sizes(self, height: int, width: int) -> tuple[range, range]:
        """Return the heights and the widths that some output_padding, less than the stride, makes of an input.

        Each height goes with each width. Where padding crops everything, whatever the output_padding, a range is empty;
        where the padding is "same_upper" or "same_lower" there is one size.

        >>> ConvTranspose2d(1, 1, kernel_size=16, stride=16, padding=7).output_sizes(15, 13)
        (range(226, 242), range(194, 210))
        """
        rows, columns = _plans(self, whole_number("height", height), whole_number("width", width))
        if self.padding in SAME_PADDINGS:
            return range(rows.output, rows.output + 1), range(columns.output, columns.output + 1)
        return rows.reachable, columns.reachable


@lru_cache(maxsize=256)
def _axes(layer: ConvTranspose2d, height: int, width: int) -> tuple[TransposedAxis, TransposedAxis]:
    rows, columns = _plans(layer, height, width)
    check_output_is_left(rows, ROWS)
    check_output_is_left(columns, COLUMNS)
    return rows, columns


def _plans(layer: ConvTranspose2d, height: int, width: int) -> tuple[TransposedAxis, TransposedAxis]:
    """The plans for rows and for columns, whether anything of the output is left or not."""
    cropping, output_padding = layer.cropping, layer.output_paddings
    rows, columns = (
        TransposedAxis(length, *cropping[i], layer.kernel[i], layer.strides[i], layer.dilations[i], output_padding[i])
        for i, length in enumerate((height, width))
    )
    return rows, columns
