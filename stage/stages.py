"""A stage: its grids in every arrangement, and what is played on them. Here are those that several kinds show."""

from collections.abc import Callable, Mapping

from engine import Trace, as_matrix
from stage.channels import LayerSizes, arrange
from stage.labels import Label
from stage.legend import legend_of
from stage.matrix_scenes import arrange_im2col, arrange_matrix
from stage.model import Arithmetic, Arrangement, Grid, LayerNames, LayerView, Stage, WindowsView
from stage.questions import ask, ask_of_matrices
from stage.scene import GridRole, PlacedGrid, Scene
from stage.sequence_scene import OutputSteps, arrange_charted, arrange_sequence
from stage.strip import strip_of
from stage.volume_scene import Cube, VolumeSizes, arrange_volume
from stage.windows_view import EDITABLE, convolution_view

SUMMARIES = {
    Arithmetic.PRODUCTS: Label.PARTIAL_SUM,
    Arithmetic.MAX: Label.PARTIAL_MAX,
    Arithmetic.MEAN: Label.PARTIAL_MEAN,
}
"""What is made of a window."""

ALWAYS_SHOWN = {
    GridRole.INPUT: "input",
    GridRole.MIDDLE: "input",
    GridRole.OUTPUT: "output",
    GridRole.FILTER: "filters",
    GridRole.WEIGHTS: "kernel",
    GridRole.COLUMNS: "columns",
    GridRole.MAPS: "output",
    GridRole.MATRIX: "matrix",
    GridRole.FLAT_INPUT: "flat_input",
    GridRole.FLAT_OUTPUT: "output",
    GridRole.UNCROPPED: "uncropped",
    GridRole.ZERO_INSERTED: "zero_inserted",
}
"""The array that a grid of each role shows all the time; what the others show changes with the step."""


def stage_of(scenes: tuple[Scene, ...], layers: tuple[LayerView, ...], padding_mode: str = "zeros") -> Stage:
    """The stage on which layers are played one after the other, in any of the scenes; all hold the same grids."""
    grids = tuple(
        Grid(
            one.role,
            one.channel,
            one.rows,
            one.columns,
            _label_of(one, layers[one.layer]),
            one.group,
            one.layer,
            ALWAYS_SHOWN.get(one.role),
            one.column_step,
            one.slices,
        )
        for one in scenes[0].grids
    )
    arrangements = tuple(map(_arrangement, scenes))
    legend = legend_of(grids, arrangements, layers)
    return Stage(grids, arrangements, padding_mode, layers, tuple(map(strip_of, layers)), legend)


def _label_of(grid: PlacedGrid, view: LayerView) -> str:
    """What a grid is called: by the layer where that has names of its own; a kernel by the first filter with it."""
    names, channel = view.names, grid.channel
    if names is None:
        return grid.label
    match grid.role:
        case GridRole.INPUT:
            return names.input[channel]
        case GridRole.KERNEL:
            return names.kernel[view.group_offsets.index(channel // view.loops.channels * view.loops.channels)]
        case GridRole.FILTER:
            return names.kernel[channel]
        case GridRole.OUTPUT | GridRole.UNCROPPED:
            return names.output[channel]
    return grid.label


def _arrangement(scene: Scene) -> Arrangement:
    positions = tuple((grid.x, grid.y) for grid in scene.grids)
    across = tuple(grid.across for grid in scene.grids)
    return Arrangement(
        scene.width,
        scene.height,
        scene.label_rows,
        positions,
        across,
        scene.signs,
        scene.captions,
        scene.wires,
        scene.chart,
    )


def layer_sizes(view: WindowsView) -> LayerSizes:
    """The grids that a view needs."""
    return LayerSizes(
        padded=view.padded_size,
        kernel=view.kernel_size,
        output=view.output_size,
        in_channels=len(view.arrays.input),
        out_channels=len(view.arrays.output),
        bias=view.arrays.bias is not None,
        groups=view.groups,
        summary=SUMMARIES[view.arithmetic],
        weighted=view.arrays.kernel is not None,
        length=view.input_size if view.arrays.matrix is not None else (0, 0),
    )


def windows_stage(trace: Trace, names: LayerNames | None = None) -> Stage:
    """The stage of a convolution: its windows over the input, all channels on one canvas."""
    view = ask(convolution_view(trace, names=names), trace)
    return stage_of(arrange(layer_sizes(view)), (view,), trace.layer.padding_mode)


def sequence_stage(trace: Trace) -> Stage:
    """The stage of a convolution along a sequence: each output stands under the last input that it reads."""
    return _sequence_stage(trace, arrange_sequence)


def charted_stage(trace: Trace) -> Stage:
    """The same stage over a chart, in which the sequence and what is made of it are lines."""
    return _sequence_stage(trace, arrange_charted)


def _sequence_stage(trace: Trace, arranged: Callable[[LayerSizes, OutputSteps], tuple[Scene, ...]]) -> Stage:
    view = ask(convolution_view(trace, dimensions=1), trace)
    steps = OutputSteps(first=int(view.arrays.reads[0, -1]), stride=trace.layer.strides[1])
    return stage_of(arranged(layer_sizes(view), steps), (view,), trace.layer.padding_mode)


def volume_stage(trace: Trace) -> Stage:
    """The stage of a convolution over a volume: its windows over the slices, depth beside depth."""
    view, axes = ask(convolution_view(trace), trace), trace.axes
    sizes = VolumeSizes(
        padded=Cube(*(axis.padded for axis in axes)),
        kernel=Cube(*(axis.kernel for axis in axes)),
        output=Cube(*(axis.output for axis in axes)),
        rest=layer_sizes(view),
    )
    return stage_of(arrange_volume(sizes), (view,), trace.layer.padding_mode)


def im2col_stage(trace: Trace, names: LayerNames | None = None, editable: Mapping[str, str] = EDITABLE) -> Stage:
    """The stage of a convolution as one product of matrices: filters as rows times windows as columns."""
    columns = trace.columns.reshape(-1, trace.columns.shape[-1])
    view = ask_of_matrices(convolution_view(trace, editable, columns=columns, names=names), trace)
    return stage_of(arrange_im2col(layer_sizes(view)), (view,), trace.layer.padding_mode)


def matrix_stage(trace: Trace, names: LayerNames | None = None) -> Stage:
    """The stage of a convolution as one sparse matrix times the flattened input."""
    matrix = as_matrix(trace.layer, trace.weight, *trace.input.shape[1:]).masked
    view = ask_of_matrices(convolution_view(trace, matrix=matrix, names=names), trace)
    return stage_of(arrange_matrix(layer_sizes(view)), (view,), trace.layer.padding_mode)
