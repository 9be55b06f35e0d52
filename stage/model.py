"""What the stage is given: grids, where they stand, and what is played on them, as typed values.

`stage.wire` makes JSON of it for the browser; everything else in Python reads it as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.mistakes import CornerMistake, PoolMistake, SizeMistake, SumMistake
from stage.scene import Caption, Chart, GridRole, Sign, Strip, Wire

Indices = NDArray[np.int64]
Kinds = NDArray[np.int8]
Size = tuple[int, int]
"""Rows and columns."""


class CellKind(IntEnum):
    """What a cell of a padded input is."""

    INPUT = 0
    PADDING = 1
    INSERTED = 2  # a zero put between two inputs
    EXTRA = 3  # one of the rows and columns added at the end, beyond the padding


CELL_NAMES = {CellKind.PADDING: "padding", CellKind.INSERTED: "inserted", CellKind.EXTRA: "extra"}
"""The kinds of cells that are drawn in a neutral colour of their own, by the name of that colour."""


class Arithmetic(StrEnum):
    """What is made of a window."""

    PRODUCTS = "products"
    MAX = "max"
    MEAN = "mean"


class ViewKind(StrEnum):
    """How a layer is played."""

    WINDOWS = "windows"  # each output reads a window, and is the sum of its products
    POOLING = "pooling"  # each output reads a window, and nothing is multiplied
    SCATTER = "scatter"  # each input is multiplied by the kernel and added into the output


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells, wherever it stands.

    `group` tells groups of channels apart where a layer has more than one. `layer` is the index of the layer that it
    belongs to. `values` names the array that it shows all the time; without one, what it shows changes with the step.
    From one cell of a row to the next it is `column_step`, and what is between them is no cell. The rows are those of
    all its `slices`, where it is of a volume: they stand apart, and an arrangement says how many beside each other.
    """

    role: GridRole
    channel: int
    rows: int
    columns: int
    label: str
    group: int | None
    layer: int
    values: str | None
    column_step: int = 1
    slices: int = 1

    @property
    def slice_rows(self) -> int:
        """How many rows each slice has."""
        return self.rows // self.slices

    @property
    def width(self) -> int:
        """How many columns of the canvas it takes, or each of its slices does."""
        return (self.columns - 1) * self.column_step + 1


@dataclass(frozen=True)
class Arrangement:
    """One way to place the grids on a canvas of `width` by `height` cells.

    `positions` has the top-left corner (x, y) of each grid, in cells, and `across` how many of its slices stand beside
    each other. A label above a grid is `label_rows` cells high. `chart` is where lines are drawn, if they are.
    """

    width: int
    height: float
    label_rows: float
    positions: tuple[tuple[int, float], ...]
    across: tuple[int, ...]
    signs: tuple[Sign, ...]
    captions: tuple[Caption, ...]
    wires: tuple[Wire, ...]
    chart: Chart | None = None


@dataclass(frozen=True)
class WindowLoops:
    """How often each loop of a layer runs: filters, positions of the window, channels of a filter, taps."""

    filters: int
    positions: int
    channels: int
    taps: int


@dataclass(frozen=True)
class ScatterLoops(WindowLoops):
    """The loops of a transposed layer; a position is an input cell. `outputs` counts the cells of an output map."""

    outputs: int


@dataclass(frozen=True, eq=False, kw_only=True)
class WindowsArrays:
    """The arrays of a layer whose windows are read: F filters, c channels each, T taps, P positions.

    - `reads` (P, T): the padded cell under each tap; `sources` (padded cells,): the input cell that each one holds, or
      -1; `cell_kinds` (padded cells,): a `CellKind` each;
    - `input` (channels, padded rows, padded columns); `output` (F, rows, columns);
    - `products` (F, c, T, P); of a pooling layer the values read, NaN where one does not count;
    - `partial_sums` and `running_sums` (F, c, rows, columns), as in a Trace;
    - `kernel` (F, c, rows, columns) and `bias` (F,), where there are any;
    - `filters` (F, rows, c * columns): the kernels of each filter beside each other, where a view shows them all;
    - `columns` (c * T, P), `matrix` (outputs, inputs) and `flat_input` (inputs,), where a view shows them;
    - `slice_sums` (F, c, S, P): the sum of the products of each of the S slices of a kernel, of a volume;
    - `chosen` (F, P): the tap that holds each maximum; `divisors` (P,): over how many values each mean is.
    """

    columns: Floats | None = None
    matrix: Floats | None = None
    flat_input: Floats | None = None
    filters: Floats | None = None
    slice_sums: Floats | None = None
    chosen: Indices | None = None
    divisors: NDArray[Any] | None = None
    reads: Indices
    sources: Indices
    cell_kinds: Kinds
    input: Floats
    products: Floats
    partial_sums: Floats
    running_sums: Floats
    output: Floats
    kernel: Floats | None = None
    bias: Floats | None = None


@dataclass(frozen=True, eq=False)
class WrongSums:
    """What a mistake makes of the outputs: `values` (F, rows, columns), NaN where it makes no difference."""

    mistake: SumMistake | PoolMistake
    values: Floats


@dataclass(frozen=True)
class SizeChoice:
    """A size that the output may be thought to have, in each direction, and by which mistake; None is the right one."""

    size: tuple[int, ...]
    mistake: SizeMistake | None


@dataclass(frozen=True, eq=False)
class WrongCorners:
    """Where a mistake puts the first of each window's padded `cells`, or a stamp's uncropped ones (P,); -1: right."""

    mistake: CornerMistake
    cells: Indices


@dataclass(frozen=True)
class Questions:
    """What can be asked of a layer before it is shown, and how wrong answers come about.

    Sums of many products are not asked, nor the sums, or the windows or stamps, of a large layer: then `sums`, or
    `corners`, is None.
    """

    sizes: tuple[SizeChoice, ...]
    sums: tuple[WrongSums, ...] | None = None
    corners: tuple[WrongCorners, ...] | None = None


@dataclass(frozen=True)
class LayerNames:
    """What the arrays of a layer are called where they are not an input, a kernel and an output.

    A name for each channel of the input, for each filter's kernel and for each map; `wholes` are those of
    whole arrays, by what every layer calls them, `factor` is what one number of a kernel is, and `made` what comes
    out, as short as a button wants it. `groups` are the names of its groups, where they are not called so.
    """

    input: tuple[str, ...]
    kernel: tuple[str, ...]
    output: tuple[str, ...]
    wholes: Mapping[str, str]
    factor: str
    made: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slices:
    """How many slices there are in what a layer over a volume has: the rows of all of them are one under another."""

    padded: int
    input: int
    kernel: int
    output: int


@dataclass(frozen=True, eq=False)
class WindowsView:
    """A layer whose windows are read one after the other: a convolution or a pooling layer.

    - `group_offsets`: for each filter the first channel that it reads;
    - `padded_size`, `input_size` (without its padding), `kernel_size` and `output_size` are (rows, columns);
    - `output_offset`: the rows and columns that the next layer's padding puts before the output;
    - `unused_cells`: the padded rows, and the padded columns, that no window reads;
    - `dimensions`: how many numbers say where in its channel a cell is: 1 for a sequence, 3 for a volume;
    - `slices`: how many of the rows' slices there are, of a volume; all sizes count the rows of all slices;
    - `color_limits`: for each array the value at the end of its colour scale, which is symmetric about zero;
    - `editable`: what the page calls each array that a person can edit;
    - `questions`: what a person can predict of it, where that is offered;
    - `names`: what its arrays are called, where that is not what they are to every layer.
    """

    kind: Literal[ViewKind.WINDOWS, ViewKind.POOLING]
    loops: WindowLoops
    group_offsets: tuple[int, ...]
    padded_size: Size
    input_size: Size
    kernel_size: Size
    output_size: Size
    output_offset: Size
    unused_cells: tuple[tuple[int, ...], tuple[int, ...]]
    dimensions: int
    color_limits: Mapping[str, float]
    arithmetic: Arithmetic
    editable: Mapping[str, str]
    arrays: WindowsArrays
    questions: Questions | None = None
    names: LayerNames | None = None
    slices: Slices | None = None

    @property
    def lines(self) -> int:
        """How many lines of arithmetic an output has, beside what they come to: one for each slice of a kernel."""
        return self.loops.channels * (1 if self.slices is None else self.slices.kernel)

    @property
    def groups(self) -> int:
        """How many groups the channels fall into."""
        return len(self.arrays.input) // self.loops.channels

    def cell_kinds_of(self, name: str) -> Kinds | None:
        """What each cell of an array is, where not all of them are the layer's own values."""
        return self.arrays.cell_kinds if name == "input" else None


@dataclass(frozen=True, eq=False, kw_only=True)
class ScatterArrays:
    """The arrays of a transposed layer: F filters, c channels each, T taps, P positions (input cells).

    - `input` (channels, rows, columns); `kernel` (F, c, T), and `weight_index` of that shape, where each of its
      weights stands in the layer's own weight;
    - `products` (F, c, T, P); `scattered_sums`, of that shape: what the cell of each product holds once it was added;
    - `partial_sums` (F, c, rows, columns); `uncropped` (F, uncropped rows, uncropped columns); `output`;
    - `scatter_index` (P, T): the uncropped cell that each product is added to; `gather_index` (uncropped cells, T):
      the position whose product a tap adds to a cell, or -1;
    - `output_cells` (outputs,): the uncropped cell of each output; `cell_outputs` (uncropped cells,): the output of
      each one, or -1 where it is cropped;
    - `bias` (F,), where there is one; `filters` as in `WindowsArrays`;
    - `zero_inserted` (channels, rows, columns): the padded input of the equivalent convolution; `cell_kinds`,
      `sources` and `reads` are of it, as in `WindowsArrays`; `inserted_cells` (P,): where each input cell stands in it;
    - `matrix` (outputs, inputs), NaN where no tap lands, and `flat_input`, where a view shows them.
    """

    input: Floats
    kernel: Floats
    weight_index: Indices
    products: Floats
    scattered_sums: Floats
    partial_sums: Floats
    uncropped: Floats
    output: Floats
    scatter_index: Indices
    output_cells: Indices
    cell_outputs: Indices
    gather_index: Indices
    bias: Floats | None = None
    filters: Floats | None = None
    zero_inserted: Floats | None = None
    cell_kinds: Kinds | None = None
    sources: Indices | None = None
    reads: Indices | None = None
    inserted_cells: Indices | None = None
    matrix: Floats | None = None
    flat_input: Floats | None = None


@dataclass(frozen=True, eq=False)
class ScatterView:
    """A transposed layer: each input is multiplied by the kernel and added into the output, which is then cropped.

    - `input_size`, `kernel_size`, `uncropped_size` and `output_size` are (rows, columns);
    - `crop`: the rows and columns cropped before the output; `output_padding`: those added after it;
    - `group_offsets`, `color_limits`, `editable`, `questions` and `names` as in `WindowsView`.
    """

    kind: Literal[ViewKind.SCATTER]
    loops: ScatterLoops
    group_offsets: tuple[int, ...]
    input_size: Size
    kernel_size: Size
    uncropped_size: Size
    output_size: Size
    crop: Size
    output_padding: Size
    color_limits: Mapping[str, float]
    editable: Mapping[str, str]
    arrays: ScatterArrays
    questions: Questions | None = None
    names: LayerNames | None = None

    @property
    def lines(self) -> int:
        """How many lines of arithmetic an output has, beside what they come to."""
        return self.loops.channels

    def cell_kinds_of(self, name: str) -> Kinds | None:
        """What each cell of an array is, where not all of them are the layer's own values."""
        return self.arrays.cell_kinds if name == "zero_inserted" else None


LayerView = WindowsView | ScatterView


class LegendMark(StrEnum):
    """What a line of the legend explains; those of cells are called as their colours are."""

    SCALE = "scale"
    PADDING = "padding"
    INSERTED = "inserted"
    EXTRA = "extra"
    UNUSED = "unused"  # rows and columns that no window reads
    CHOSEN = "chosen"  # the cell of a window that is its maximum
    GROUP = "group"
    STEP = "step"  # what the step reads and writes
    PENDING = "pending"
    NONE = "none"


@dataclass(frozen=True)
class LegendEntry:
    """A mark, or a group's colour, and what it means."""

    mark: LegendMark
    text: str
    group: int | None = None


@dataclass(frozen=True, eq=False)
class Stage:
    """Everything that the player needs: layers that are played one after the other, on one of several arrangements.

    `standard_macs` is how many multiplies a standard layer takes, where the page compares with one. `shapes` are
    those of the arrays that a person can edit, by what the page calls them. `opening` is the granularity that it opens
    with, where that is not the first one. The player keeps its step while `id` stays the same. Each layer has one of
    the `strips`, for where the maps have no room for numbers.
    """

    grids: tuple[Grid, ...]
    arrangements: tuple[Arrangement, ...]
    padding_mode: str
    layers: tuple[LayerView, ...]
    strips: tuple[Strip, ...]
    legend: tuple[LegendEntry, ...] = ()
    standard_macs: int | None = None
    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    opening: str | None = None
    id: str = ""


@dataclass(frozen=True)
class Unplayable:
    """That there is nothing to play: why, in a sentence."""

    problem: str


@dataclass(frozen=True, kw_only=True)
class LinkedControl:
    """What a control of the page changes in its link: the parameter, and what that says now.

    `values` is what each of the control's labels is in a link; a control that shows the number itself has none, but the
    `least` and the `most` that a link may say.
    """

    parameter: str
    said: str
    values: Mapping[str, str] | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Asking:
    """What lets the player ask for the record of a changed control itself.

    - `address`: where records are asked for, relative to the page;
    - `link`: the parameters of the link of what the page shows;
    - `controls`: those of the page, by their keys.
    """

    address: str
    link: Mapping[str, str]
    controls: Mapping[str, LinkedControl]


@dataclass(frozen=True)
class Heading:
    """What stands over the stage in presenter view: a title, the layer in short, and what to look for."""

    title: str
    layer: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a stage is told of the page around it; what is None is not said.

    - `alone`: it has the page to itself, as in a frame of another page; `presenting`: it is in presenter view;
    - `press`: the last one that entered or left presenter view, as far as was heard;
    - `fixed`: no value can be edited; `refused`: how many edits were refused so far, where the last one was;
    - `offline`: there is no server, and no Plotly either;
    - `fragment`: what the player shows at first, where the address does not say;
    - `asking`: how it asks for records, where the page has controls;
    - `heading`: what stands over it in presenter view.
    """

    alone: bool | None = None
    presenting: bool | None = None
    press: int | None = None
    fixed: bool | None = None
    refused: int | None = None
    offline: bool | None = None
    fragment: str | None = None
    asking: Asking | None = None
    heading: Heading | None = None


def arrays_of(view: LayerView) -> dict[str, NDArray[Any]]:
    """The arrays that a view has, by name."""
    return {name: values for name, values in vars(view.arrays).items() if values is not None}


def largest(*arrays: NDArray[Any]) -> float:
    """The end of a colour scale symmetric about zero that holds every finite value (1 where all are zero).

    >>> largest(np.array([1.0, -3.0, np.nan])), largest(np.zeros(2))
    (3.0, 1.0)
    """
    return max(float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays) or 1.0
