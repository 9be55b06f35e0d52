"""What a scene is made of, in cells: no pixels, no Plotly, no arrays.

One canvas holds the whole stage, and its unit is one cell, so a 3x3 kernel is as large as the window it is laid on.
"""

from dataclasses import dataclass
from enum import StrEnum

SCREENS = ((948, 345), (948, 250), (1240, 430), (600, 430), (350, 520))
"""Rooms in pixels that arrangements are made for: beside the controls, over a strip, full width, a tablet, a phone."""

OVER_HIGH_STRIP = (948, 120)
"""The room over a strip whose kernels have as many rows as a map."""

LABEL_PIXELS = 15
"""Height of a line of label text: a label takes as many rows of cells as that needs, one of `LABEL_ROWS`."""

LABEL_ROWS = (0.5, 1.0, 2.0, 3.0, 4.0)

BEFORE_MAP = 0.5
"""How many columns before an output map the arrow to it stands."""


class GridRole(StrEnum):
    """What a grid of the stage shows."""

    INPUT = "input"
    KERNEL = "kernel"
    PRODUCTS = "products"
    PARTIAL = "partial"
    SUM = "sum"
    BIAS = "bias"
    OUTPUT = "output"
    MIDDLE = "middle"  # one layer's output, which is the next one's input
    FILTER = "filter"  # all weights of one filter: the kernels of its channels beside each other
    WEIGHTS = "weights"  # every filter as a row
    COLUMNS = "columns"  # what each window reads, as a column (im2col)
    MAPS = "maps"  # every output map as a row
    MATRIX = "matrix"  # the whole layer
    FLAT_INPUT = "flat_input"  # every input value in one column
    FLAT_OUTPUT = "flat_output"
    UNCROPPED = "uncropped"  # what the products are added into, before padding crops it
    ZERO_INSERTED = "zero_inserted"  # the input of the convolution that equals a transposed one
    FLIPPED_KERNEL = "flipped_kernel"  # its kernel: the layer's, turned by half a turn
    FLIPPED_PRODUCTS = "flipped_products"


SLICE_GAP = 1
"""Cells between the slices of a volume: columns beside each, and rows under it, in which its number stands."""


def slice_corner(number: int, across: int, rows: int, columns: int) -> tuple[int, int]:
    """Where a slice of so many rows and columns stands, (x, y) in its grid, where so many stand beside each other.

    >>> [slice_corner(number, across=2, rows=3, columns=4) for number in range(3)]
    [(0, 0), (5, 0), (0, 4)]
    """
    down, beside = divmod(number, across)
    return beside * (columns + SLICE_GAP), down * (rows + SLICE_GAP)


def sliced_size(slices: int, across: int, rows: int, columns: int) -> tuple[int, int]:
    """The rows and columns of the canvas that so many slices take.

    >>> sliced_size(slices=3, across=2, rows=3, columns=4)
    (8, 9)
    """
    lines = -(-slices // across)
    return lines * (rows + SLICE_GAP), across * (columns + SLICE_GAP) - SLICE_GAP


def group_of(channel: int, channels: int, groups: int) -> int | None:
    """Return the group of one of so many channels, or None where there is only one group.

    >>> group_of(2, channels=4, groups=2), group_of(2, channels=4, groups=1)
    (1, None)
    """
    return channel * groups // channels if groups > 1 else None


@dataclass(frozen=True)
class PlacedGrid:
    """A rectangle of cells: what it shows, for which channel, its size, and its top-left corner (y in half cells).

    `group` tells groups of channels apart where a layer has more than one; `layer` is the index of the layer it
    belongs to where several are played one after the other. From one cell of a row to the next it is `column_step`.
    The rows are those of all its `slices`, where it is of a volume: so many of them stand `across`.
    """

    role: GridRole
    channel: int
    rows: int
    columns: int
    x: int
    y: float
    label: str
    group: int | None = None
    layer: int = 0
    column_step: int = 1
    slices: int = 1
    across: int = 1


@dataclass(frozen=True)
class Sign:
    """An operator standing between two grids, centred on (x, y).

    One that stands `before` the first of several maps, of a role, a layer and maybe a group, goes from map to map: it
    always stands before the one that is written.
    """

    text: str
    x: float
    y: float
    before: GridRole | None = None
    layer: int = 0
    group: int | None = None


@dataclass(frozen=True)
class Caption:
    """A line of text from (x, y) on, up to `width` cells wide: a title, or what cells drawn as `mark` are."""

    text: str
    x: int
    y: float
    width: int
    mark: str


@dataclass(frozen=True)
class Chart:
    """Room for a sequence and what is made of it as lines, in cells: each point stands in the column of its cell."""

    x: int
    y: float
    width: int
    height: float


Point = tuple[float, float]
"""Columns and rows from the top left corner, in cells."""


@dataclass(frozen=True)
class Wire:
    """The lines from the sums of a group to the outputs that its filters make: each the points where it turns."""

    group: int
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class StripPiece:
    """A grid of a strip after its sign: its rows and columns, and how many letters its longest number takes up.

    The rows are those of all its `slices`, which stand beside each other, where it is of a volume.
    """

    role: GridRole
    size: tuple[int, int]
    letters: int
    sign: str
    label: str
    slices: int = 1


@dataclass(frozen=True)
class Strip:
    """The arithmetic of one step: what each of the channels has in it, and what all of them have together."""

    channels: int
    of_channel: tuple[StripPiece, ...]
    together: tuple[StripPiece, ...]


@dataclass(frozen=True)
class Scene:
    """One arrangement: its size in cells, its grids, the operators between them, the lines of groups, and captions.

    A `chart` it has where the values of a sequence are drawn as lines too.
    """

    width: int
    height: float
    label_rows: float
    grids: tuple[PlacedGrid, ...]
    signs: tuple[Sign, ...]
    wires: tuple[Wire, ...] = ()
    captions: tuple[Caption, ...] = ()
    chart: Chart | None = None
