"""What common tools would print for a layer, worked out from its counts by the rule that each of them follows.

The rules are those of the source of torchinfo 1.8.0, fvcore 0.1.5, thop 0.1.1, ptflops 0.7.5 and torch 2.13.
"""

from dataclasses import dataclass

from engine.convolution_kinds import ConvolutionLayer
from engine.cost import cost
from engine.separable import SeparableConv2d
from engine.transposed import ConvTranspose2d


@dataclass(frozen=True)
class Printed:
    """What one tool prints: under which name, which number, and by what rule."""

    tool: str
    label: str
    number: int
    rule: str


def printed_by_tools(layer: ConvolutionLayer, height: int, width: int) -> tuple[Printed, ...]:
    """Return what each tool prints for a layer on one input; LayerError where the layer does not fit it.

    >>> from engine import Conv2d
    >>> [printed.number for printed in printed_by_tools(Conv2d(3, 256, 5), 12, 12)]
    [1245184, 1228800, 1228800, 1245184, 2457600]
    """
    counted = cost(layer, height, width)
    adds = counted.flops_with_bias - counted.flops
    over_outputs, torchinfo = _over_outputs(layer, height, width)
    is_transposed = isinstance(layer, ConvTranspose2d)
    over = " over output positions, which a transposed layer does not have to pay" if is_transposed else ""
    over_inputs = ", over input positions" if is_transposed else ""
    return (
        Printed("torchinfo", "mult-adds", torchinfo, f"parameters times positions: a bias counts as a mult-add{over}"),
        Printed("fvcore", "flops", counted.macs, f"one flop a mult-add, no bias{over_inputs}"),
        Printed("thop", "MACs", over_outputs, f"mult-adds, no bias{over}"),
        Printed("ptflops", "MACs", counted.macs + adds, f"mult-adds, and one more for each bias add{over_inputs}"),
        Printed("torch.utils.flop_counter", "FLOPs", counted.flops, f"two flops a mult-add, no bias{over_inputs}"),
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
