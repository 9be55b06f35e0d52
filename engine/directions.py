"""What layers move over, a sequence, an image or a volume, and the directions in which they do."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Direction:
    """One direction of an input: its name, its two sides, which of the axes it is, and the input's size along it."""

    name: str
    before: str
    after: str
    axis: int
    size: str


@dataclass(frozen=True)
class Space:
    """What a layer moves over: its directions, in the order of the array's axes.

    `variant` is that of sentences which speak of all of them; `kernel_axes` are the kernel's, as sentences name them.
    """

    variant: str
    directions: tuple[Direction, ...]
    kernel_axes: str

    @cached_property
    def dims(self) -> int:
        """How many directions there are.

        >>> [space.dims for space in (SEQUENCE, IMAGE, VOLUME)]
        [1, 2, 3]
        """
        return len(self.directions)

    @cached_property
    def size(self) -> tuple[str, ...]:
        """What the size of an input is made of.

        >>> VOLUME.size
        ('depth', 'height', 'width')
        """
        return tuple(direction.size for direction in self.directions)


SEQUENCE = Space("sequence", (Direction("values", "start", "end", 0, "length"),), "kernel values")
IMAGE = Space(
    "",
    (Direction("rows", "top", "bottom", 0, "height"), Direction("columns", "left", "right", 1, "width")),
    "kernel rows, kernel columns",
)
VOLUME = Space(
    "volume",
    (
        Direction("slices", "front", "back", 0, "depth"),
        Direction("rows", "top", "bottom", 1, "height"),
        Direction("columns", "left", "right", 2, "width"),
    ),
    "kernel slices, kernel rows, kernel columns",
)
