"""The views of the layers that make the gradients: the correlation's, and that of the transposed layer."""

from dataclasses import replace

import numpy as np

from kinds.gradients.backward import Backward
from kinds.gradients.roles import GRADIENT
from kinds.gradients.state import Loss
from sharing.roles import INPUT, KERNEL
from stage.labels import Label, channel_label, label_of
from stage.model import LayerNames, ScatterView, WindowsView
from stage.scatter_view import scatter_view
from stage.windows_view import convolution_view


def correlation_view(recorded: Backward) -> WindowsView:
    """The view of the correlation, without the places that a stride leaves room for and the kernel has not."""
    layer, trace = recorded.layer, recorded.correlation
    # where the input has one channel, the kernels are the maps of the gradient in their order
    is_given = recorded.loss is Loss.GIVEN and layer.in_channels == 1
    editable = {"input": INPUT.name} | ({"kernel": GRADIENT.name} if is_given else {})
    view = convolution_view(trace, editable)
    rows, columns = layer.kernel
    kept = np.add.outer(np.arange(rows) * view.output_size[1], np.arange(columns)).ravel()
    arrays = view.arrays
    return replace(
        view,
        loops=replace(view.loops, positions=len(kept)),
        output_size=(rows, columns),
        unused_cells=_unread(recorded),
        names=_names_of_correlation(recorded),
        arrays=replace(
            arrays,
            filters=None,
            reads=arrays.reads[kept],
            products=np.ascontiguousarray(arrays.products[..., kept]),
            partial_sums=np.ascontiguousarray(arrays.partial_sums[..., :rows, :columns]),
            running_sums=np.ascontiguousarray(arrays.running_sums[..., :rows, :columns]),
            output=np.ascontiguousarray(arrays.output[..., :rows, :columns]),
        ),
    )


def stamp_view(recorded: Backward) -> ScatterView:
    """The view of the transposed layer, with the gradient of the output for its input."""
    view = scatter_view(recorded.stamped)
    given = {"input": GRADIENT.name} if recorded.loss is Loss.GIVEN else {}
    return replace(
        view,
        editable={**given, "kernel": KERNEL.name},
        arrays=replace(view.arrays, filters=None),
        names=_names_of_stamps(recorded),
    )


def _unread(recorded: Backward) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The padded rows and columns that no window of the layer reads: the correlation has no other use for them."""
    rows, columns = recorded.forward.axes
    return rows.unused_cells, columns.unused_cells


def _names_of_correlation(recorded: Backward) -> LayerNames:
    layer = recorded.layer
    filters, depth = layer.out_channels // layer.groups, layer.in_channels // layer.groups
    pairs = [
        (channel // depth * filters + one, channel % depth)
        for channel in range(layer.in_channels)
        for one in range(filters)
    ]
    inputs = tuple(channel_label(Label.INPUT, one, layer.in_channels) for one in range(layer.in_channels))
    return LayerNames(
        input=inputs,
        kernel=tuple(channel_label(Label.OUTPUT_GRADIENT, one, layer.out_channels) for one, _ in pairs),
        output=tuple(_weight_name(one, channel, len(pairs)) for one, channel in pairs),
        wholes={"kernel": label_of(Label.OUTPUT_GRADIENT), "output": label_of(Label.WEIGHT_GRADIENT)},
        factor=label_of(Label.GRADIENT),
        made=label_of(Label.WEIGHT_GRADIENT),
        groups=inputs,
    )


def _weight_name(filter_number: int, channel: int, kernels: int) -> str:
    if kernels == 1:
        return label_of(Label.WEIGHT_GRADIENT)
    return label_of(Label.WEIGHT_GRADIENT_OF, filter=filter_number, channel=channel)


def _names_of_stamps(recorded: Backward) -> LayerNames:
    layer = recorded.layer
    made = Label.PADDED_GRADIENT if recorded.copies_cells else Label.INPUT_GRADIENT
    return LayerNames(
        input=tuple(channel_label(Label.OUTPUT_GRADIENT, one, layer.out_channels) for one in range(layer.out_channels)),
        kernel=tuple(channel_label(Label.KERNEL_OF_INPUT, one, layer.in_channels) for one in range(layer.in_channels)),
        output=tuple(channel_label(made, one, layer.in_channels) for one in range(layer.in_channels)),
        wholes={"input": label_of(Label.OUTPUT_GRADIENT), "output": label_of(made)},
        factor=label_of(Label.WEIGHT),
        made=label_of(Label.INPUT_GRADIENT),
    )
