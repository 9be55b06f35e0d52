"""The formula of each count of a layer's cost, in words and with the layer's numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.checks import Numbers
from engine.cost import BYTES_A_NUMBER, Cost, cost
from engine.layers import Convolution
from engine.separable import SeparableConv2d
from engine.transposed import ConvTransposeNd

_POWERS = {1: "", 2: "²", 3: "³"}


@dataclass(frozen=True)
class Formula:
    """One count: its name, its formula in words, the same with numbers, and its value."""

    quantity: str
    words: str
    numbers: str
    value: int | float


def formulas(layer: Convolution | SeparableConv2d, *size: int) -> tuple[Formula, ...]:
    """Return the formula of every count of `cost(layer, *size)`; LayerError where the layer does not fit.

    A separable layer has those of its two layers, and then the sums.

    >>> from engine import Conv1d, Conv2d
    >>> print(formulas(Conv2d(3, 256, 5), 12, 12)[0].numbers)
    256 · 3 · 5 · 5 + 256
    >>> print(formulas(Conv1d(3, 256, 5), 12)[1].words)
    out_channels · in_channels · kernel · output length
    """
    counted = cost(layer, *size)
    if not isinstance(layer, SeparableConv2d):
        return (*_counts(layer, size, "", counted), *_traffic(counted))
    between = layer.depthwise.output_size(*size)
    depthwise, pointwise = cost(layer.depthwise, *size), cost(layer.pointwise, *between)
    return (
        *_counts(layer.depthwise, size, "depthwise ", depthwise),
        *_counts(layer.pointwise, between, "pointwise ", pointwise),
        *(
            Formula(name, f"depthwise + pointwise {name}", f"{one:,} + {other:,}", one + other)
            for name, one, other in (
                ("parameters", depthwise.params, pointwise.params),
                ("mult-adds", depthwise.macs, pointwise.macs),
                ("real-data mult-adds", depthwise.valid_macs, pointwise.valid_macs),
            )
        ),
        *_traffic(counted),
    )


def _counts(layer: Convolution, size: Numbers, part: str, counted: Cost) -> tuple[Formula, ...]:
    """The formulas of one layer's parameters and mult-adds; `part` says of which layer, where there are two."""
    axes, directions = layer.axes(*size), layer.space.directions
    if isinstance(layer, ConvTransposeNd):
        filters, positions = "in_channels · out_channels", _times(f"input {one.size}" for one in directions)
        pair = f"{layer.in_channels:,} · {layer.out_channels:,}"
        first, *others = (one.name for one in directions)
        taps = _times([f"taps that land on the output's {first}", *(f"taps that land on its {one}" for one in others)])
    else:
        filters, positions = "out_channels · in_channels", _times(f"output {one.size}" for one in directions)
        pair = f"{layer.out_channels:,} · {layer.in_channels:,}"
        taps = _times(f"taps on real {one.name}" for one in directions)
    if layer.groups > 1:
        filters += " / groups"
        pair += f" / {layer.groups:,}"
    is_even = len(set(layer.kernel)) == 1
    window = f"kernel{_POWERS[len(size)]}" if is_even else _times(f"kernel {one.size}" for one in directions)
    weights = f"{filters} · {window}", f"{pair} · {_times(map(str, layer.kernel))}"
    bias = (" + out_channels", f" + {layer.out_channels:,}") if layer.bias else ("", "")
    return (
        Formula(f"{part}parameters", weights[0] + bias[0], weights[1] + bias[1], counted.params),
        Formula(
            f"{part}mult-adds",
            f"{weights[0]} · {positions}",
            f"{weights[1]} · {_times(f'{axis.windows:,}' for axis in axes)}",
            counted.macs,
        ),
        Formula(
            f"{part}real-data mult-adds",
            f"{filters} · {taps}",
            f"{pair} · {_times(f'{axis.valid_taps:,}' for axis in axes)}",
            counted.valid_macs,
        ),
    )


def _times(factors: Iterable[str]) -> str:
    return " · ".join(factors)


def _traffic(counted: Cost) -> tuple[Formula, ...]:
    """The formulas of a layer's flops, bytes and intensity."""
    adds = counted.flops_with_bias - counted.flops
    values = counted.params, counted.input_bytes // BYTES_A_NUMBER, counted.output_bytes // BYTES_A_NUMBER
    moved = BYTES_A_NUMBER * sum(values)
    with_bias = "flops + outputs" if adds else "flops + 0, without a bias"
    return (
        Formula("flops", "2 · mult-adds", f"2 · {counted.macs:,}", counted.flops),
        Formula("flops with the bias", with_bias, f"{counted.flops:,} + {adds:,}", counted.flops_with_bias),
        Formula("weight bytes", "4 · parameters", f"4 · {values[0]:,}", counted.weight_bytes),
        Formula(
            "activation bytes",
            "4 · (values read + values written)",
            f"4 · ({values[1]:,} + {values[2]:,})",
            counted.input_bytes + counted.output_bytes,
        ),
        Formula("intensity", "flops / bytes", f"{counted.flops:,} / {moved:,}", counted.intensity),
    )
