"""What common tools would print for a layer, worked out from its counts by the rule that each of them follows.

The rules are those of the source of each version that is named.
"""

from dataclasses import dataclass

from engine.convolution_kinds import ConvolutionLayer
from engine.cost import cost
from engine.layers import Conv2d
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d

_NAMED_IN_TORCH = ("same", "valid")
"""The paddings that a torch.nn.Conv2d takes by name, and then runs as another operation."""


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


def printed_by_tools(layer: ConvolutionLayer, height: int, width: int) -> tuple[Printed, ...]:
    """Return what each tool prints for a layer on one input; LayerError where the layer does not fit it.

    >>> from engine import Conv2d
    >>> [printed.number for printed in printed_by_tools(Conv2d(3, 256, 5), 12, 12)]
    [1245184, 1228800, 1228800, 1228800, 1245184, 2457600]
    >>> [one.number for one in printed_by_tools(ConvTranspose2d(3, 1, 2, stride=2), 2, 2) if not one.is_right]
    [208, 192]
    """
    counted = cost(layer, height, width)
    adds = counted.flops_with_bias - counted.flops
    over_outputs, torchinfo = _over_outputs(layer, height, width)
    is_transposed = isinstance(layer, ConvTranspose2d)
    over = "output positions, which a transposed layer does not have to pay"
    for_biases, for_macs = "parameters times positions: a bias counts as a mult-add", "mult-adds, no bias"
    if is_transposed:
        for_biases = f"parameters times {over}; a bias counts as a mult-add"
        for_macs = f"mult-adds over {over}; no bias"
    over_inputs = ", over input positions" if is_transposed else ""
    unknown = _named_macs(layer, height, width)
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


def _over_outputs(layer: ConvolutionLayer, height: int, width: int) -> tuple[int, int]:
    """Return weights times output positions, and parameters times output positions."""
    if isinstance(layer, SeparableConv2d):
        between = layer.depthwise.output_size(height, width)
        first, second = _over_outputs(layer.depthwise, height, width), _over_outputs(layer.pointwise, *between)
        return first[0] + second[0], first[1] + second[1]
    rows, columns = layer.output_size(height, width)
    counted = cost(layer, height, width)
    return counted.weights * rows * columns, counted.params * rows * columns


def _named_macs(layer: ConvolutionLayer, height: int, width: int) -> int:
    """Return the mult-adds of the part of a layer whose padding is given to torch by name."""
    if isinstance(layer, SeparableConv2d):
        return _named_macs(layer.depthwise, height, width)
    is_named = isinstance(layer, Conv2d) and layer.padding in _NAMED_IN_TORCH
    return cost(layer, height, width).macs if is_named else 0
