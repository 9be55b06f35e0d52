"""How a layer and its gradients are recorded, and each part of the way there and back shown, or all of it."""

from engine.messages import Templates, fill
from kinds.gradients.backward import Backward, there_and_back
from kinds.gradients.scene import AllSizes, CorrelationSizes, arrange_all, arrange_stamps
from kinds.gradients.state import GradientsState, GradientsView
from kinds.gradients.views import correlation_view, stamp_view
from stage.channels import arrange
from stage.model import ScatterView, Stage, WindowsView
from stage.scene import OVER_HIGH_STRIP, SCREENS
from stage.stages import layer_sizes, stage_of, windows_stage
from stage.stamp_scene import Captions, StampSizes
from stage.windows_view import convolution_view

TEMPLATES: Templates = {
    "cropped": "of the padding: it is in no input",
    "padded": "each copy’s gradient is added to its cell",
}
"""The English catalogue: the lines of text under the gradient of the input."""


def play(state: GradientsState) -> tuple[Backward, Stage]:
    """Record a state's layer there and back, and make the stage of the part chosen; LayerError where there is none."""
    recorded = there_and_back(state)
    match state.view:
        case GradientsView.ALL:
            return recorded, all_stage(recorded)
        case GradientsView.FORWARD:
            return recorded, windows_stage(recorded.forward)
        case GradientsView.WEIGHT:
            return recorded, weight_stage(recorded)
        case GradientsView.INPUT:
            return recorded, input_stage(recorded)


def all_stage(recorded: Backward) -> Stage:
    """The stage of the whole way as one timeline: forward, the gradient of the weight, and that of the input."""
    views = convolution_view(recorded.forward), correlation_view(recorded), stamp_view(recorded)
    forward, correlation, stamped = views
    sizes = AllSizes(
        layer_sizes(forward), _correlation_sizes(correlation), _stamp_sizes(stamped, recorded), _captions(recorded)
    )
    return stage_of(arrange_all(sizes), views, recorded.layer.padding_mode)


def weight_stage(recorded: Backward) -> Stage:
    """The stage of the gradient of the weight: the input, correlated with the gradient of the output."""
    view = correlation_view(recorded)
    scenes = arrange(_correlation_sizes(view), (*SCREENS, OVER_HIGH_STRIP))
    return stage_of(scenes, (view,), recorded.layer.padding_mode)


def input_stage(recorded: Backward) -> Stage:
    """The stage of the gradient of the input: the gradient of the output through the transposed layer."""
    view = stamp_view(recorded)
    return stage_of(arrange_stamps(_stamp_sizes(view, recorded), _captions(recorded)), (view,))


def _correlation_sizes(view: WindowsView) -> CorrelationSizes:
    return CorrelationSizes(**vars(layer_sizes(view)))


def _stamp_sizes(view: ScatterView, recorded: Backward) -> StampSizes:
    return StampSizes(
        input=view.input_size,
        kernel=view.kernel_size,
        uncropped=view.uncropped_size,
        in_channels=recorded.layer.out_channels,
        out_channels=recorded.layer.in_channels,
        groups=recorded.layer.groups,
    )


def _captions(recorded: Backward) -> Captions:
    """What the cells are that are cropped, or that copies of the input have a gradient too."""
    if any(map(any, recorded.stamped.layer.cropping)):
        return (("cropped", fill(TEMPLATES["cropped"], {})),)
    if recorded.copies_cells:
        return (("", fill(TEMPLATES["padded"], {})),)
    return ()
