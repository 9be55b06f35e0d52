"""What a layer costs, in whole numbers: parameters, multiply-adds, bytes, each count apart from the others."""

from dataclasses import dataclass
from functools import singledispatch
from math import prod
from operator import add

from engine.layers import Convolution
from engine.pooling import Pooling
from engine.separable import SeparableConv2d

BYTES_A_NUMBER = 4  # Networks run in float32, whatever the engine calculates in.


@dataclass(frozen=True)
class Cost:
    """The cost of one layer on one input. `macs` are multiply-adds; memory is counted in bytes of float32.

    - `params` are what the layer learns, the bias included where it has one; `weights` are those without the bias;
    - `macs` counts taps on padding too, as papers do; `valid_macs` only the taps that touch the input, as XLA does,
      which is also the number of non-zeros of the layer's Toeplitz matrix;
    - `flops` is 2 * macs, `flops_with_bias` one add an output more where there is a bias;
    - `input_bytes`, `weight_bytes` (all the params: the bias is read too) and `output_bytes` are what must move.
    """

    params: int = 0
    weights: int = 0
    macs: int = 0
    valid_macs: int = 0
    flops: int = 0
    flops_with_bias: int = 0
    input_bytes: int = 0
    weight_bytes: int = 0
    output_bytes: int = 0

    @property
    def intensity(self) -> float:
        """Arithmetic intensity: flops for each byte that must move at least once (Williams et al., Roofline, 2009)."""
        return self.flops / (self.input_bytes + self.weight_bytes + self.output_bytes)

    def __add__(self, other: "Cost") -> "Cost":
        """Return what two layers cost that run one after the other."""
        return Cost(*map(add, vars(self).values(), vars(other).values()))

    def __mul__(self, count: int) -> "Cost":
        """Return what so many of these layers cost, such as one for each channel."""
        return Cost(*(count * number for number in vars(self).values()))


def cost(layer: Convolution | SeparableConv2d | Pooling, *size: int) -> Cost:
    """Return the Cost of the layer on an input of this size; LayerError where it does not fit.

    The multiply-adds of a transposed layer are those of its stamps, one for each weight at each input position;
    `valid_macs` leaves out the taps that its padding crops off. A separable layer costs what its two layers cost
    together: what lies between them is written and read. A pooling layer multiplies nothing, and what it costs, which
    is memory, is that of one channel.

    >>> from engine.layers import Conv2d
    >>> counted = cost(Conv2d(1, 1, 3, stride=2, padding=1, dilation=2), 9, 9)
    >>> counted.params, counted.macs, counted.valid_macs
    (10, 144, 100)
    """
    return _cost(layer, *size)


@singledispatch
def _cost(layer: object, *size: int) -> Cost:
    raise TypeError(f"{layer!r} is not a layer")


@_cost.register
def _(layer: Convolution, *size: int) -> Cost:
    cells = positions = outputs = valid_taps = 1
    for axis in layer.axes(*size):
        cells *= axis.length
        positions *= axis.windows
        outputs *= axis.output
        valid_taps *= axis.valid_taps
    shape = layer.weight_shape
    weights, outputs = prod(shape), outputs * layer.out_channels
    params = weights + (layer.out_channels if layer.bias else 0)
    macs = weights * positions
    return Cost(
        params=params,
        weights=weights,
        macs=macs,
        valid_macs=shape[0] * shape[1] * valid_taps,
        flops=2 * macs,
        flops_with_bias=2 * macs + (outputs if layer.bias else 0),
        input_bytes=BYTES_A_NUMBER * layer.in_channels * cells,
        weight_bytes=BYTES_A_NUMBER * params,
        output_bytes=BYTES_A_NUMBER * outputs,
    )


@_cost.register
def _(layer: SeparableConv2d, *size: int) -> Cost:
    between = layer.depthwise.output_size(*size)
    return _cost(layer.depthwise, *size) + _cost(layer.pointwise, *between)


@_cost.register
def _(layer: Pooling, *size: int) -> Cost:
    axes = layer.axes(*size)
    return Cost(
        input_bytes=BYTES_A_NUMBER * prod([axis.length for axis in axes]),
        output_bytes=BYTES_A_NUMBER * prod([axis.output for axis in axes]),
    )
