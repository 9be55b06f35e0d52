"""One direction of a layer whose windows are not all alike: of adaptive pooling, and of what enlarges an image."""

from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True)
class UnevenAxis:
    """One direction over an input of `length` cells, with `output` windows of which the first few repeat.

    `pattern` has the first and the last cell of each of those, counted from the first cell of the input; the windows
    after them are the same `shift` cells further on. A window that reaches beyond the input is cut off there.

    >>> UnevenAxis.adaptive(5, 3).windows, UnevenAxis.bilinear(3, 2).windows
    (((0, 1), (1, 3), (3, 4)), ((0, 0), (0, 1), (0, 1), (1, 2), (1, 2), (2, 2)))
    """

    length: int
    output: int
    pattern: tuple[tuple[int, int], ...]
    shift: int

    @classmethod
    def adaptive(cls, length: int, output: int) -> "UnevenAxis":
        """Return the windows of `torch.nn.AdaptiveAvgPool2d`: from floor(i * length / output) to before the ceiling
        of (i + 1) * length / output."""  # fmt: skip
        common = gcd(length, output)
        cells, windows = length // common, output // common
        pattern = tuple((i * cells // windows, -(-(i + 1) * cells // windows) - 1) for i in range(windows))
        return cls(length, output, pattern, cells)

    @classmethod
    def nearest(cls, length: int, scale: int) -> "UnevenAxis":
        """Return the windows of what repeats each cell `scale` times."""
        return cls(length, length * scale, ((0, 0),) * scale, 1)

    @classmethod
    def bilinear(cls, length: int, scale: int) -> "UnevenAxis":
        """Return the windows of `torch.nn.Upsample(mode="bilinear")`, whose align_corners is False.

        Output number i stands at (i + 1/2) / scale - 1/2, and reads the cells beside that, or the one at it.
        """
        places = [(2 * i + 1 - scale, 2 * scale) for i in range(scale)]
        pattern = tuple((above // below, -(-above // below)) for above, below in places)
        return cls(length, length * scale, pattern, 1)

    def window(self, output: int) -> tuple[int, int]:
        """Return the first and the last cell of a window, as if the input went on beyond its borders."""
        around, at = divmod(output, len(self.pattern))
        first, last = self.pattern[at]
        return first + around * self.shift, last + around * self.shift

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """The first and the last cell of every window, on the input."""
        end = self.length - 1
        found = map(self.window, range(self.output))
        return tuple((min(max(first, 0), end), min(last, end)) for first, last in found)
