"""How a layer and its gradients are recorded, and each part of the way there and back shown."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine import PaddingMode
from engine.messages import Templates, fill
from kinds.gradients.backward import Backward, there_and_back
from kinds.gradients.roles import GRADIENT
from kinds.gradients.state import GradientsState, GradientsView, Loss
from sharing.roles import INPUT, KERNEL
from stage.blocks import Block
from stage.channels import LayerSizes, arrange
from stage.labels import Label, channel_label, label_of
from stage.model import LayerNames, Stage, WindowsView
from stage.scatter_view import scatter_view
from stage.scene import SCREENS, Scene
from stage.stages import layer_sizes, stage_of, windows_stage
from stage.stamp_scene import Captions, Ruler, StampSizes, captioned_scene, stamps, worthwhile
from stage.windows_view import convolution_view

TEMPLATES: Templates = {
    "cropped": "of the padding: it is in no input",
    "padded": "each copy’s gradient is added to its cell",
}
"""The English catalogue: the lines of text under the gradient of the input."""


@dataclass(frozen=True, kw_only=True)
class CorrelationSizes(LayerSizes):
    """The grids of the correlation: no filter stands by itself, for each is the gradient of one of the maps."""

    @property
    def filters_apart(self) -> int:
        """How many filters stand by themselves."""
        return 0


def play(state: GradientsState) -> tuple[Backward, Stage]:
    """Record a state's layer there and back, and make the stage of the part chosen; LayerError where there is none."""
    recorded = there_and_back(state)
    match state.view:
        case GradientsView.FORWARD:
            return recorded, windows_stage(recorded.forward)
        case GradientsView.WEIGHT:
            return recorded, weight_stage(recorded)
        case GradientsView.INPUT:
            return recorded, input_stage(recorded)


def weight_stage(recorded: Backward) -> Stage:
    """The stage of the gradient of the weight: the input, correlated with the gradient of the output."""
    view = _correlation_view(recorded)
    sizes = CorrelationSizes(**vars(layer_sizes(view)))
    return stage_of(arrange(sizes), (view,), recorded.layer.padding_mode)


def input_stage(recorded: Backward) -> Stage:
    """The stage of the gradient of the input: the gradient of the output through the transposed layer."""
    view = scatter_view(recorded.stamped)
    given = {"input": GRADIENT.name} if recorded.loss is Loss.GIVEN else {}
    view = replace(
        view,
        editable={**given, "kernel": KERNEL.name},
        arrays=replace(view.arrays, filters=None),
        names=_names_of_stamps(recorded),
    )
    sizes = StampSizes(
        input=view.input_size,
        kernel=view.kernel_size,
        uncropped=view.uncropped_size,
        in_channels=recorded.layer.out_channels,
        out_channels=recorded.layer.in_channels,
        groups=recorded.layer.groups,
    )
    return stage_of(_arrange_stamps(sizes, _captions(recorded)), (view,))


def _correlation_view(recorded: Backward) -> WindowsView:
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
        groups=inputs,
    )


def _weight_name(filter_number: int, channel: int, kernels: int) -> str:
    if kernels == 1:
        return label_of(Label.WEIGHT_GRADIENT)
    return label_of(Label.WEIGHT_GRADIENT_OF, filter=filter_number, channel=channel)


def _names_of_stamps(recorded: Backward) -> LayerNames:
    layer = recorded.layer
    is_padded = (
        layer.padding_mode != PaddingMode.ZEROS and recorded.forward.padded.shape != recorded.forward.input.shape
    )
    made = Label.PADDED_GRADIENT if is_padded else Label.INPUT_GRADIENT
    return LayerNames(
        input=tuple(channel_label(Label.OUTPUT_GRADIENT, one, layer.out_channels) for one in range(layer.out_channels)),
        kernel=tuple(channel_label(Label.KERNEL_OF_INPUT, one, layer.in_channels) for one in range(layer.in_channels)),
        output=tuple(channel_label(made, one, layer.in_channels) for one in range(layer.in_channels)),
        wholes={"input": label_of(Label.OUTPUT_GRADIENT), "output": label_of(made)},
        factor=label_of(Label.WEIGHT),
    )


def _captions(recorded: Backward) -> Captions:
    """What the cells are that are cropped, or that copies of the input have a gradient too."""
    if any(map(any, recorded.stamped.layer.cropping)):
        return (("cropped", fill(TEMPLATES["cropped"], {})),)
    if recorded.forward.padded.shape != recorded.forward.input.shape:
        return (("", fill(TEMPLATES["padded"], {})),)
    return ()


@lru_cache(maxsize=256)
def _arrange_stamps(sizes: StampSizes, captions: Captions) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""

    def arranged(ruler: Ruler) -> list[Block]:
        return worthwhile(stamps(sizes, ruler, captions))

    return tuple(dict.fromkeys(captioned_scene(arranged, screen) for screen in SCREENS))
