"""Several layers for the job of one: the blocks that networks have in its place, and what each of them costs."""

from dataclasses import dataclass
from enum import StrEnum

from engine.convolution_kinds import Job
from engine.cost import Cost
from engine.errors import LayerError
from engine.layers import Conv2d
from engine.modules import Shape
from engine.resampling import Upsample
from engine.stack import StackLayer, stack
from engine.transposed import ConvTranspose2d


class Block(StrEnum):
    """The blocks, in the order in which they are compared."""

    ONE_LAYER = "one layer"
    SMALLER_KERNELS = "3×3 kernels"
    FACTORED = "k×1, then 1×k"
    BOTTLENECK = "bottleneck"
    INVERTED_RESIDUAL = "inverted residual"
    KERAS_SEPARABLE = "SeparableConv2D of Keras"
    TRANSPOSED = "transposed"
    UPSAMPLED = "upsample, then 3×3"


@dataclass(frozen=True)
class Built:
    """The layers of a block, the shape that they make, and what they cost together."""

    layers: tuple[StackLayer, ...]
    outputs: Shape
    cost: Cost


EXPANSION = 6
"""How many times as many channels an inverted residual has inside."""
SQUEEZE = 4
"""How many times fewer channels a bottleneck has inside."""


def build(block: Block, job: Job) -> tuple[StackLayer, ...]:
    """Return the layers of a block for a job whose kernel is square and odd and keeps the size, but for the stride.

    The kernel, the stride, the channels and the bias are the job's. Two 3x3 layers see what one 5x5 sees, three what a
    7x7 sees (Simonyan and Zisserman, arXiv 1409.1556); the stride is that of the first. A k x 1 and a 1 x k layer are
    Szegedy et al.'s (arXiv 1512.00567), the bottleneck He et al.'s (arXiv 1512.03385), the inverted residual Sandler et
    al.'s (arXiv 1801.04381). Keras's SeparableConv2D has one bias, behind its pointwise layer. The last two enlarge by
    the stride.

    >>> [layer.kernel for layer in build(Block.SMALLER_KERNELS, Job(14, 14, 64, 64, kernel_size=5))]
    [(3, 3), (3, 3)]
    """
    into, out, bias = job.in_channels, job.out_channels, job.bias
    kernel, stride = job.kernel[0], job.stride if isinstance(job.stride, int) else job.stride[0]
    half = kernel // 2
    match block:
        case Block.ONE_LAYER:
            return (Conv2d(into, out, kernel, stride, half, bias=bias),)
        case Block.SMALLER_KERNELS:
            first = Conv2d(into, out, 3, stride, 1, bias=bias)
            return first, *[Conv2d(out, out, 3, padding=1, bias=bias)] * max(0, half - 1)
        case Block.FACTORED:
            return (
                Conv2d(into, out, (kernel, 1), (stride, 1), (half, 0), bias=bias),
                Conv2d(out, out, (1, kernel), (1, stride), (0, half), bias=bias),
            )
        case Block.BOTTLENECK:
            inside = max(1, out // SQUEEZE)
            return (
                Conv2d(into, inside, 1, bias=bias),
                Conv2d(inside, inside, kernel, stride, half, bias=bias),
                Conv2d(inside, out, 1, bias=bias),
            )
        case Block.INVERTED_RESIDUAL:
            inside = EXPANSION * into
            return (
                Conv2d(into, inside, 1, bias=bias),
                Conv2d(inside, inside, kernel, stride, half, groups=inside, bias=bias),
                Conv2d(inside, out, 1, bias=bias),
            )
        case Block.KERAS_SEPARABLE:
            depthwise = Conv2d(into, into, kernel, stride, half, groups=into, bias=False)
            return depthwise, Conv2d(into, out, 1, bias=bias)
        case Block.TRANSPOSED:
            return (ConvTranspose2d(into, out, kernel, stride, "same_upper", bias=bias),)
        case Block.UPSAMPLED:
            return Upsample(stride), Conv2d(into, out, 3, padding=1, bias=bias)


def blocks(job: Job) -> dict[Block, Built | LayerError]:
    """Return every block for a job and what it costs, or the error that says why there is none.

    >>> {block: built.cost.macs for block, built in blocks(Job(14, 14, 64, 64, kernel_size=5)).items()}[Block.ONE_LAYER]
    20070400
    """
    return {block: _built(block, job) for block in Block}


def _built(block: Block, job: Job) -> Built | LayerError:
    try:
        layers = build(block, job)
        done = stack(layers, (job.in_channels, job.height, job.width))
    except LayerError as error:
        return error
    return Built(layers, done[-1].outputs, sum((one.cost for one in done), Cost()))


def takes_blocks(job: Job) -> bool:
    """Tell whether a job is one that blocks are made for: a square odd kernel of 3 or more, and one stride.

    >>> takes_blocks(Job(14, 14, 8, 8)), takes_blocks(Job(14, 14, 8, 8, kernel_size=2))
    (True, False)
    """
    rows, columns = job.kernel
    has_one_stride = isinstance(job.stride, int) or job.stride[0] == job.stride[1]
    return rows == columns >= 3 and rows % 2 == 1 and has_one_stride
