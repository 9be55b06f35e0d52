"""What common tools would print for a layer, worked out from its counts by the rule that each of them follows.

The rules are those of the source of each version that is named.
"""

from dataclasses import dataclass
from math import prod

from engine.cost import cost
from engine.layers import ConvNd, Convolution
from engine.separable import SeparableConv2d
from engine.transposed import ConvTransposeNd

_NAMED_IN_TORCH = ("same", "valid")
"""The paddings that a convolution of torch takes by name, and then runs as another operation."""


@dataclass(frozen=True)
class Printed:
    """What one version of a tool prints: under which name, which number, and by what rule.

    `is_right` tells whether it counts what the layer multiplies, be it with biases or twice; where not, what the rule
    counts is more, or less, than the layer does.
    """

    tool: str
    version: str
    label: str
    number: int
    rule: str
    is_right: bool = True


def printed_by_tools(layer: Convolution | SeparableConv2d, *size: int) -> tuple[Printed, ...]:
    """Return what each tool prints for a layer on one input; LayerError where the layer does not fit it.

    >>> from engine import Conv2d, ConvTranspose2d
    >>> [printed.number for printed in printed_by_tools(Conv2d(3, 256, 5), 12, 12)]
    [1245184, 1228800, 1228800, 1228800, 1245184, 2457600]
    >>> [one.number for one in printed_by_tools(ConvTranspose2d(3, 1, 2, stride=2), 2, 2) if not one.is_right]
    [208, 192]
    """
    counted = cost(layer, *size)
    adds = counted.flops_with_bias - counted.flops
    over_outputs, torchinfo = _over_outputs(layer, *size)
    is_transposed = isinstance(layer, ConvTransposeNd)
    over = "output positions, which a transposed layer does not have to pay"
    for_biases, for_macs = "parameters times positions: a bias counts as a mult-add", "mult-adds, no bias"
    if is_transposed:
        for_biases = f"parameters times {over}; a bias counts as a mult-add"
        for_macs = f"mult-adds over {over}; no bias"
    over_inputs = ", over input positions" if is_transposed else ""
    unknown = _named_macs(layer, *size)
    skips = "leaves out a convolution whose padding is a name, an operation that it does not know"
    fvcore = skips if unknown else f"one flop a mult-add, no bias{over_inputs}"
    return (
        Printed("torchinfo", "1.8.0", "mult-adds", torchinfo, for_biases, not is_transposed),
        Printed("fvcore", "0.1.5", "flops", counted.macs - unknown, fvcore, not unknown),
        Printed("thop", "0.1.1", "MACs", over_outputs, for_macs, not is_transposed),
        Printed("ultralytics-thop", "2.2.3", "MACs", counted.macs, f"mult-adds, no bias{over_inputs}"),
        Printed(
            "ptflops", "0.7.5", "MACs", counted.macs + adds, f"mult-adds, and one more for each bias add{over_inputs}"
        ),
        Printed(
            "torch.utils.flop_counter",
            "2.13",
            "FLOPs",
            counted.flops,
            f"two flops a mult-add, no bias{over_inputs}",
        ),
    )


def _over_outputs(layer: Convolution | SeparableConv2d, *size: int) -> tuple[int, int]:
    """Return weights times output positions, and parameters times output positions."""
    if isinstance(layer, SeparableConv2d):
        between = layer.depthwise.output_size(*size)
        first, second = _over_outputs(layer.depthwise, *size), _over_outputs(layer.pointwise, *between)
        return first[0] + second[0], first[1] + second[1]
    counted, positions = cost(layer, *size), prod(layer.output_size(*size))
    return counted.weights * positions, counted.params * positions


def _named_macs(layer: Convolution | SeparableConv2d, *size: int) -> int:
    """Return the mult-adds of the part of a layer whose padding is given to torch by name."""
    if isinstance(layer, SeparableConv2d):
        return _named_macs(layer.depthwise, *size)
    is_named = isinstance(layer, ConvNd) and layer.padding in _NAMED_IN_TORCH
    return cost(layer, *size).macs if is_named else 0
