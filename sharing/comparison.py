"""The comparison page's state: a job for every kind of convolution, a network, a stack of layers, and what is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from engine import ConvolutionKind, Job
from engine.modules import Shape
from engine.networks import NetworkName
from sharing.fields import Limits, check_number, limits

Side = Annotated[int, Limits(1, 1024)]
ManyChannels = Annotated[int, Limits(1, 2048)]


class ComparisonView(StrEnum):
    """What the comparison page shows."""

    LAYER = "layer"
    COUNTS = "counts"
    NETWORKS = "networks"
    STACK = "stack"
    MACHINE = "machine"


class Measure(StrEnum):
    """The count that the chart of the kinds compares."""

    MACS = "mult-adds"
    VALID_MACS = "real-data mult-adds"
    FLOPS = "flops"
    FLOPS_WITH_BIAS = "flops with bias"
    PARAMS = "parameters"
    WEIGHT_BYTES = "weight bytes"
    ACTIVATION_BYTES = "activation bytes"
    INTENSITY = "intensity"


class Scale(StrEnum):
    """The scale of an axis."""

    LOG = "log"
    LINEAR = "linear"


class NetworkMeasure(StrEnum):
    """The count that the chart of the networks compares, layer by layer."""

    MACS = "mult-adds"
    PARAMS = "parameters"


@dataclass(frozen=True)
class ComparisonState:
    """Everything that can be chosen on the comparison page.

    `stack` is a text that `sharing.stack_text` reads, a layer after the other, on an input of the sizes before it.
    """

    page: ClassVar[str] = "comparison"

    view: ComparisonView = ComparisonView.LAYER
    height: Side = 14
    width: Side = 14
    in_channels: ManyChannels = 256
    out_channels: ManyChannels = 256
    kernel_size: Annotated[int, Limits(1, 31)] = 3
    stride: Annotated[int, Limits(1, 32)] = 1
    padding: Annotated[int, Limits(0, 32)] = 1
    dilation: Annotated[int, Limits(1, 32)] = 1
    groups: ManyChannels = 8
    depth_multiplier: Annotated[int, Limits(1, 32)] = 1
    bias: bool = True
    measure: Measure = Measure.MACS
    scale: Scale = Scale.LOG
    kind: ConvolutionKind = ConvolutionKind.STANDARD
    network: NetworkName = NetworkName.MOBILENET_V1
    other_network: NetworkName = NetworkName.FULL_MOBILENET
    network_measure: NetworkMeasure = NetworkMeasure.MACS
    input_channels: ManyChannels = 1
    input_height: Side = 28
    input_width: Side = 28
    stack: str = "conv 16 3 p1; relu; maxpool 2; conv 32 3 p1; relu; maxpool 2; linear 1568>10"

    def job(self) -> Job:
        """Return the job that all kinds are compared for; LayerError where a number is out of the page's bounds.

        >>> ComparisonState(out_channels=512).job().out_channels
        512
        """
        self._check(Job.__dataclass_fields__)
        return Job(**{name: getattr(self, name) for name in Job.__dataclass_fields__})

    def stack_input(self) -> Shape:
        """Return the stack's input shape, (channels, height, width); LayerError where a number is out of bounds.

        >>> ComparisonState().stack_input()
        (1, 28, 28)
        """
        self._check(("input_channels", "input_height", "input_width"))
        return self.input_channels, self.input_height, self.input_width

    def _check(self, names: Iterable[str]) -> None:
        bounds = limits(type(self))
        for name in names:
            if name in bounds:
                check_number(name, getattr(self, name), bounds[name], "compares")


OPENING = ComparisonState(scale=Scale.LINEAR)
"""What the page shows when it is opened without a link; in a link, a scale that is left out is the logarithmic one."""
