"""The comparison page's state: a job for every kind of convolution, a network, a stack of layers, and what is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Annotated, Any, ClassVar

from engine import ConvolutionKind, Job
from engine.checks import Padding
from engine.devices import DEVICES, Device, DeviceName, NumberFormat, own_device
from engine.modules import Shape
from engine.networks import NetworkName
from engine.running import BYTES
from sharing.fields import Limits, check_number, limits

Side = Annotated[int, Limits(1, 4096)]
ManyChannels = Annotated[int, Limits(1, 2048)]
WideKernel = Annotated[int, Limits(1, 31)]
LongStep = Annotated[int, Limits(1, 32)]
MuchPadding = Annotated[int, Limits(0, 32)]


class ComparisonView(StrEnum):
    """What the comparison page shows."""

    LAYER = "layer"
    COUNTS = "counts"
    NETWORKS = "networks"
    STACK = "stack"
    MACHINE = "machine"


class JobPadding(StrEnum):
    """How the padding of a job is given: as numbers, or by a name that says how many cells it is."""

    NUMBERS = "numbers"
    VALID = "valid"
    SAME = "same"
    SAME_UPPER = "same_upper"
    SAME_LOWER = "same_lower"


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

    While `apart`, the job's rows, columns and sides are given each by itself, in the fields that `apart_fields` has for
    an argument, and else in the field of the argument's name. `stack` is a text that `sharing.stack_text` reads, a
    layer after the other, on an input of the sizes before it.
    """

    page: ClassVar[str] = "comparison"
    side_fields: ClassVar[tuple[str, ...]] = ("padding_top", "padding_bottom", "padding_left", "padding_right")
    apart_fields: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "kernel_size": ("kernel_height", "kernel_width"),
        "stride": ("stride_height", "stride_width"),
        "padding": side_fields,
        "dilation": ("dilation_height", "dilation_width"),
        "output_padding": ("output_padding_height", "output_padding_width"),
    }
    """For each argument of a job that has rows and columns, or sides, the fields of these."""

    view: ComparisonView = ComparisonView.LAYER
    height: Side = 14
    width: Side = 14
    in_channels: ManyChannels = 256
    out_channels: ManyChannels = 256
    kernel_size: WideKernel = 3
    stride: LongStep = 1
    padding: MuchPadding = 1
    dilation: LongStep = 1
    groups: ManyChannels = 8
    depth_multiplier: Annotated[int, Limits(1, 32)] = 1
    bias: bool = True
    output_padding: MuchPadding = 0
    padding_given: JobPadding = JobPadding.NUMBERS
    apart: bool = False
    kernel_height: WideKernel = 3
    kernel_width: WideKernel = 3
    stride_height: LongStep = 1
    stride_width: LongStep = 1
    padding_top: MuchPadding = 1
    padding_bottom: MuchPadding = 1
    padding_left: MuchPadding = 1
    padding_right: MuchPadding = 1
    dilation_height: LongStep = 1
    dilation_width: LongStep = 1
    output_padding_height: MuchPadding = 0
    output_padding_width: MuchPadding = 0
    measure: Measure = Measure.MACS
    scale: Scale = Scale.LOG
    kind: ConvolutionKind = ConvolutionKind.STANDARD
    network: NetworkName = NetworkName.MOBILENET_V1
    other_network: NetworkName = NetworkName.FULL_MOBILENET
    network_measure: NetworkMeasure = NetworkMeasure.MACS
    input_channels: ManyChannels = 1
    input_height: Side = 28
    input_width: Side = 28
    numbers: NumberFormat = NumberFormat.FP32
    batch: Annotated[int, Limits(1, 65_536)] = 1
    device: DeviceName = DeviceName.A100
    own_gigaflops: Annotated[int, Limits(1, 10_000_000)] = 1000
    own_gigabytes: Annotated[int, Limits(1, 100_000)] = 100
    stack: str = "conv 16 3 p1; relu; maxpool 2; conv 32 3 p1; relu; maxpool 2; linear 1568>10"

    def job(self) -> Job:
        """Return the job that all kinds are compared for; LayerError where a number is out of the page's bounds.

        >>> ComparisonState(out_channels=512).job().out_channels
        512
        """
        own = [name for name in Job.__dataclass_fields__ if name not in self.apart_fields]
        both = self.apart_fields if self.apart else {name: (name,) for name in self.apart_fields}
        self._check(name for name in (*own, *chain.from_iterable(both.values())) if name not in self.idle())
        given = {argument: self._given(names) for argument, names in both.items()}
        return Job(**{name: getattr(self, name) for name in own}, **given | {"padding": self._padding(given)})

    def processor(self) -> Device:
        """Return the processor that time is reckoned for; LayerError where a number of how it runs is out of bounds.

        >>> ComparisonState(device=DeviceName.OWN).processor().bandwidth
        100000000000
        """
        is_own = self.device is DeviceName.OWN
        self._check(("batch", *(("own_gigaflops", "own_gigabytes") if is_own else ())))
        return own_device(self.own_gigaflops, self.own_gigabytes) if is_own else DEVICES[self.device]

    def number_bytes(self) -> int:
        """Return the bytes of a number of the format that it runs in."""
        return BYTES[self.numbers]

    def idle(self) -> set[str]:
        """The names of the fields of a job that have no effect at present: they have no control and are not checked.

        >>> sorted(ComparisonState(padding_given=JobPadding.SAME).idle())[-3:]
        ['padding_top', 'stride_height', 'stride_width']
        """
        idle = {*self.apart_fields} if self.apart else {*chain.from_iterable(self.apart_fields.values())}
        if self.device is not DeviceName.OWN:
            idle |= {"own_gigaflops", "own_gigabytes"}
        return idle if self.padding_given is JobPadding.NUMBERS else idle | {"padding", *self.side_fields}

    def _given(self, names: tuple[str, ...]) -> Any:
        """The argument that fields say: a number, a pair, or the pairs of rows and of columns."""
        numbers = tuple(getattr(self, name) for name in names)
        match numbers:
            case (number,):
                return number
            case (top, bottom, left, right):
                return (top, bottom), (left, right)
        return numbers

    def _padding(self, given: Mapping[str, Any]) -> Padding:
        if self.padding_given is not JobPadding.NUMBERS:
            return self.padding_given.value
        padding: Padding = given["padding"]
        return padding

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
