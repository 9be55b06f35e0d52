"""The formula of each count of a layer's cost, in words and with the layer's numbers."""

from dataclasses import dataclass

from engine.convolution_kinds import ConvolutionLayer
from engine.cost import BYTES_A_NUMBER, Cost, cost
from engine.layers import Conv2d
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d


@dataclass(frozen=True)
class Formula:
    """One count: its name, its formula in words, the same with numbers, and its value."""

    quantity: str
    words: str
    numbers: str
    value: int | float


def formulas(layer: ConvolutionLayer, height: int, width: int) -> tuple[Formula, ...]:
    """Return the formula of every count of `cost(layer, height, width)`; LayerError where the layer does not fit.

    A separable layer has those of its two layers, and then the sums.

    >>> from engine import Conv2d
    >>> print(formulas(Conv2d(3, 256, 5), 12, 12)[0].numbers)
    256 · 3 · 5 · 5 + 256
    """
    counted = cost(layer, height, width)
    if not isinstance(layer, SeparableConv2d):
        return (*_counts(layer, height, width, "", counted), *_traffic(counted))
    between_height, between_width = layer.depthwise.output_size(height, width)
    depthwise = cost(layer.depthwise, height, width)
    pointwise = cost(layer.pointwise, between_height, between_width)
    return (
        *_counts(layer.depthwise, height, width, "depthwise ", depthwise),
        *_counts(layer.pointwise, between_height, between_width, "pointwise ", pointwise),
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


def _counts(layer: Conv2d | ConvTranspose2d, height: int, width: int, part: str, counted: Cost) -> tuple[Formula, ...]:
    """The formulas of one layer's parameters and mult-adds; `part` says of which layer, where there are two."""
    rows, columns = layer.axes(height, width)
    if isinstance(layer, ConvTranspose2d):
        filters, positions = "in_channels · out_channels", "input height · input width"
        pair = f"{layer.in_channels:,} · {layer.out_channels:,}"
        taps = "taps that land on the output's rows · taps that land on its columns"
    else:
        filters, positions = "out_channels · in_channels", "output height · output width"
        pair = f"{layer.out_channels:,} · {layer.in_channels:,}"
        taps = "taps on real rows · taps on real columns"
    if layer.groups > 1:
        filters += " / groups"
        pair += f" / {layer.groups:,}"
    window = "kernel²" if layer.kernel[0] == layer.kernel[1] else "kernel height · kernel width"
    weights = f"{filters} · {window}", f"{pair} · {layer.kernel[0]} · {layer.kernel[1]}"
    bias = (" + out_channels", f" + {layer.out_channels:,}") if layer.bias else ("", "")
    return (
        Formula(f"{part}parameters", weights[0] + bias[0], weights[1] + bias[1], counted.params),
        Formula(
            f"{part}mult-adds",
            f"{weights[0]} · {positions}",
            f"{weights[1]} · {rows.windows:,} · {columns.windows:,}",
            counted.macs,
        ),
        Formula(
            f"{part}real-data mult-adds",
            f"{filters} · {taps}",
            f"{pair} · {rows.valid_taps:,} · {columns.valid_taps:,}",
            counted.valid_macs,
        ),
    )


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
