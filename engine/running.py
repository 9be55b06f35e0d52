"""What it takes to run or to train a layer or a stack: numbers of other sizes, batches, memory, and a bound on time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from engine.cost import BYTES_A_NUMBER, Cost
from engine.devices import Device, NumberFormat
from engine.merging import Add, Concat, Multiply
from engine.modules import Activation, Dropout, Flatten, ReLU
from engine.resampling import PixelShuffle, Upsample
from engine.stack import Applied

BACKWARD = 2
"""Flops of the backward pass for each of the forward one: the gradient of the input, and that of the weights."""
ADAM = 2
"""Numbers that Adam keeps for each parameter, in float32: the means of its gradient and of the square of that."""

BYTES: dict[NumberFormat, int] = {
    NumberFormat.FP32: 4,
    NumberFormat.FP16: 2,
    NumberFormat.BF16: 2,
    NumberFormat.INT8: 1,
}
"""Bytes of a number of each format."""


@dataclass(frozen=True)
class Running:
    """What one pass over a batch takes: flops, and the bytes of weights and of values that must move at least once."""

    flops: int
    weight_bytes: int
    activation_bytes: int

    @property
    def moved_bytes(self) -> int:
        """All that must move."""
        return self.weight_bytes + self.activation_bytes

    def least_seconds(self, device: Device, numbers: NumberFormat) -> float | None:
        """Return the time that no program can beat on a device, by its roofline; None where it has no such numbers.

        It is the longer of two: for the arithmetic at the printed peak, and for the memory at the printed bandwidth.
        Source: Williams et al., "Roofline" (2009).

        >>> from engine.devices import own_device
        >>> Running(2 * 10**9, 10**6, 10**6).least_seconds(own_device(1000, 100), NumberFormat.FP32)
        0.002
        """
        peak = device.peaks.get(numbers)
        return None if peak is None else max(self.flops / peak, self.moved_bytes / device.bandwidth)


def running(counted: Cost, batch: int = 1, numbers: NumberFormat = NumberFormat.FP32) -> Running:
    """Return what a layer of a cost takes to run on a batch; its weights are read once for all of it.

    >>> from engine import Conv2d, cost
    >>> running(cost(Conv2d(3, 8, 3, padding=1), 8, 8), batch=2, numbers=NumberFormat.FP16)
    Running(flops=55296, weight_bytes=448, activation_bytes=2816)
    """
    size = BYTES[numbers]
    return Running(
        flops=batch * counted.flops,
        weight_bytes=size * counted.params,
        activation_bytes=batch * size * ((counted.input_bytes + counted.output_bytes) // BYTES_A_NUMBER),
    )


@dataclass(frozen=True)
class Training:
    """What one step of training takes: flops, and the bytes that are held, each kind apart."""

    forward_flops: int
    backward_flops: int
    weight_bytes: int
    gradient_bytes: int
    adam_bytes: int
    saved_bytes: int

    @property
    def flops(self) -> int:
        """Those of both passes."""
        return self.forward_flops + self.backward_flops

    @property
    def held_bytes(self) -> int:
        """All that is held at the end of the forward pass."""
        return self.weight_bytes + self.gradient_bytes + self.adam_bytes + self.saved_bytes


def training(counted: Cost, saved_values: int, batch: int = 1, numbers: NumberFormat = NumberFormat.FP32) -> Training:
    """Return what a step of training takes for a cost, with so many values of each image saved for the way back.

    >>> from engine import Conv2d, cost
    >>> training(cost(Conv2d(3, 8, 3, padding=1), 8, 8), saved_values=192).flops
    82944
    """
    size = BYTES[numbers]
    return Training(
        forward_flops=batch * counted.flops,
        backward_flops=batch * BACKWARD * counted.flops,
        weight_bytes=size * counted.params,
        gradient_bytes=size * counted.params,
        adam_bytes=ADAM * BYTES_A_NUMBER * counted.params,
        saved_bytes=batch * size * saved_values,
    )


def saved_values(done: Sequence[Applied]) -> int:
    """Return how many values of each image the layers of a stack keep for the backward pass, each tensor once.

    By PyTorch's rules: a layer with weights, a norm, a pooling and a product keep what they read; ReLU, sigmoid, tanh
    and softmax what they make; what adds, joins, enlarges or reshapes keeps nothing. What a max pooling or a dropout
    notes besides, where values came from or were dropped, is left out.

    >>> from engine import Conv2d, ReLU, stack
    >>> saved_values(stack([Conv2d(3, 8, 3), ReLU(), Conv2d(8, 4, 3)], (3, 8, 8)))
    480
    """
    kept: dict[int, int] = {}
    for one in done:
        match one.layer:
            case ReLU() | Activation(function="sigmoid" | "tanh" | "softmax"):
                kept[id(_tensor(one))] = prod(one.outputs)
            case Add() | Concat() | Upsample() | PixelShuffle() | Flatten() | Dropout():
                pass
            case Multiply():
                for read in (one.before, *one.others):
                    if read is not None:
                        kept[id(_tensor(read))] = prod(read.outputs)
            case _:
                kept[id(_tensor(one.before)) if one.before else 0] = prod(one.inputs)
    return sum(kept.values())


def peak_values(done: Sequence[Applied]) -> int:
    """Return the most values of each image that are held at once while a stack runs.

    While a layer runs, what it reads and what it makes are held, and what a later one reads; nothing is overwritten.

    >>> from engine import Conv2d, ReLU, stack
    >>> peak_values(stack([Conv2d(3, 8, 3, padding=1), ReLU(), Conv2d(8, 4, 3)], (3, 8, 8)))
    1024
    """
    last_read: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for at, one in enumerate(done):
        for read in (one.before, *one.others):
            key = id(_tensor(read)) if read else 0
            last_read[key] = at
            sizes[key] = prod(read.outputs if read else one.inputs)
        sizes[id(_tensor(one))] = prod(one.outputs)
    live: set[int] = {key for key in last_read if key not in {id(_tensor(one)) for one in done}}
    peak = 0
    for at, one in enumerate(done):
        live.add(id(_tensor(one)))
        peak = max(peak, sum(sizes[key] for key in live))
        live = {key for key in live if last_read.get(key, -1) > at}
    return peak


def _tensor(one: Applied) -> Applied:
    """The layer that made the values of another's output, which are its own but where it only reshapes them."""
    while isinstance(one.layer, Flatten) and one.before is not None:
        one = one.before
    return one
