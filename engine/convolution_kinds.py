"""One job for every kind of convolution: the layer that each kind makes of it and its cost, or the error."""

from dataclasses import dataclass
from enum import StrEnum

from engine.checks import Padding, Pair
from engine.cost import Cost, cost
from engine.errors import LayerCode, LayerError, use
from engine.layers import Conv2d, as_pair
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d

ConvolutionLayer = Conv2d | ConvTranspose2d | SeparableConv2d


class ConvolutionKind(StrEnum):
    """The kinds of convolution, in the order in which they are compared."""

    STANDARD = "standard"
    GROUPED = "grouped"
    DEPTHWISE = "depthwise"
    POINTWISE = "pointwise"
    SEPARABLE = "separable"
    TRANSPOSED = "transposed"


@dataclass(frozen=True)
class Job:
    """The size of an input, the channels to make of it, and the arguments of the layers that are compared.

    Each kind takes the arguments it has: `groups` are the grouped and the transposed layer's, `output_padding` is the
    transposed one's, `depth_multiplier` that of the depthwise and the separable layer; the pointwise layer has a kernel
    of 1x1, no padding and no dilation.
    """

    height: int
    width: int
    in_channels: int
    out_channels: int
    kernel_size: int | Pair = 3
    stride: int | Pair = 1
    padding: Padding = 0
    dilation: int | Pair = 1
    groups: int = 1
    depth_multiplier: int = 1
    bias: bool = True
    output_padding: int | Pair = 0

    @property
    def kernel(self) -> Pair:
        """Rows and columns of the kernel."""
        return as_pair(self.kernel_size)


class Shortfall(StrEnum):
    """What a kind of layer leaves out of the job that the standard layer does."""

    MIXES_NO_CHANNELS = "mixes no channels"
    READS_ONE_PIXEL = "reads one pixel"
    MAKES_ANOTHER_SIZE = "makes another size"


@dataclass(frozen=True)
class Costed:
    """A layer that does the job, its output's (height, width), and its cost."""

    layer: ConvolutionLayer
    output_size: tuple[int, ...]
    cost: Cost


def make(kind: ConvolutionKind, job: Job) -> ConvolutionLayer:
    """Return the layer that a kind makes of a job; LayerError where there is none.

    >>> make(ConvolutionKind.GROUPED, Job(12, 12, 256, 32, padding=1, groups=8)).weight_shape
    (32, 32, 3, 3)
    """
    channels = job.in_channels, job.out_channels
    match kind:
        case ConvolutionKind.STANDARD:
            return _convolution(job, groups=1)
        case ConvolutionKind.GROUPED:
            return _convolution(job, job.groups)
        case ConvolutionKind.DEPTHWISE:
            _check_depthwise_channels(job)
            return _convolution(job, groups=job.in_channels)
        case ConvolutionKind.POINTWISE:
            return Conv2d(*channels, 1, job.stride, bias=job.bias)
        case ConvolutionKind.SEPARABLE:
            return SeparableConv2d(
                *channels,
                kernel_size=job.kernel_size,
                stride=job.stride,
                padding=job.padding,
                dilation=job.dilation,
                bias=job.bias,
                depth_multiplier=job.depth_multiplier,
            )
        case ConvolutionKind.TRANSPOSED:
            return ConvTranspose2d(
                *channels,
                kernel_size=job.kernel_size,
                stride=job.stride,
                padding=job.padding,
                output_padding=job.output_padding,
                groups=job.groups,
                bias=job.bias,
                dilation=job.dilation,
            )


def _convolution(job: Job, groups: int) -> Conv2d:
    return Conv2d(
        job.in_channels,
        job.out_channels,
        kernel_size=job.kernel_size,
        stride=job.stride,
        padding=job.padding,
        dilation=job.dilation,
        groups=groups,
        bias=job.bias,
    )


def every_kind(job: Job) -> dict[ConvolutionKind, Costed | LayerError]:
    """Return what each kind makes of a job: a layer and its cost, or the error that says why it cannot do it.

    >>> done = every_kind(Job(14, 14, 256, 256, padding=1))
    >>> done[ConvolutionKind.STANDARD].cost.macs, done[ConvolutionKind.SEPARABLE].cost.macs
    (115605504, 13296640)
    >>> str(every_kind(Job(12, 12, 3, 256, kernel_size=5))[ConvolutionKind.DEPTHWISE]).partition(":")[0]
    'out_channels is 256, but a depthwise layer makes 1 of each of its 3 input channels, which is 3'
    """
    return {kind: _costed(kind, job) for kind in ConvolutionKind}


def shortfall(kind: ConvolutionKind, job: Job) -> Shortfall | None:
    """Return what a kind leaves out of a job, or None where it is an alternative to the standard layer.

    A grouped layer mixes channels inside its groups, so it is one, unless each group has one channel.
    LayerError where the kind or the standard layer cannot be made.

    >>> shortfall(ConvolutionKind.DEPTHWISE, Job(14, 14, 256, 256, padding=1))
    <Shortfall.MIXES_NO_CHANNELS: 'mixes no channels'>
    >>> shortfall(ConvolutionKind.SEPARABLE, Job(14, 14, 256, 256, padding=1)) is None
    True
    """
    layer, standard = make(kind, job), make(ConvolutionKind.STANDARD, job)
    if isinstance(layer, Conv2d | ConvTranspose2d) and layer.groups == layer.in_channels > 1:
        return Shortfall.MIXES_NO_CHANNELS
    if kind is ConvolutionKind.POINTWISE and job.kernel != (1, 1):
        return Shortfall.READS_ONE_PIXEL
    if layer.output_size(job.height, job.width) != standard.output_size(job.height, job.width):
        return Shortfall.MAKES_ANOTHER_SIZE
    return None


def _costed(kind: ConvolutionKind, job: Job) -> Costed | LayerError:
    try:
        layer = make(kind, job)
        return Costed(layer, layer.output_size(job.height, job.width), cost(layer, job.height, job.width))
    except LayerError as error:
        return error


def _check_depthwise_channels(job: Job) -> None:
    """LayerError unless the output channels are the depth multiplier's number of each input channel."""
    made = job.in_channels * job.depth_multiplier
    if made == job.out_channels:
        return
    other, rest = divmod(job.out_channels, job.in_channels)
    by_channels, by_multiplier = use("out_channels", made), use("depth_multiplier", other)
    raise LayerError(
        LayerCode.DEPTHWISE_CHANNELS,
        "out_channels",
        job.out_channels,
        "" if rest else "multiplied",
        choices=by_channels if rest else (*by_channels, *by_multiplier),
        multiplier=job.depth_multiplier,
        in_channels=job.in_channels,
        other=other,
        beside="depth_multiplier",
    )
