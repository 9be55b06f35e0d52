"""A layer there and back: the record of its output, of the gradient of that, and of the layers that make the others."""

from dataclasses import dataclass
from typing import cast

import numpy as np

from engine import (
    Conv2d,
    ConvTranspose2d,
    Gradients,
    PaddingMode,
    Trace,
    TransposedTrace,
    gradients,
    input_gradient_layer,
    record,
    weight_gradient_layer,
)
from engine.arrays import Floats
from kinds.gradients.roles import GRADIENT
from kinds.gradients.state import OUTPUT_FIELDS, GradientsState, Loss
from sharing.roles import BIAS, INPUT, KERNEL, WANTED
from sharing.values import Operands, operands


@dataclass(frozen=True, eq=False)
class Backward:
    """A layer's way there and back.

    - `forward` is the layer's own record, and `grad_output` the gradient of its output;
    - `correlation` is the record of the layer that makes that of the weight, and `stamped` of what makes the input's;
    - `found` are all gradients, and `wanted` is the output that is wanted, or None where the loss is another.
    """

    forward: Trace
    loss: Loss
    wanted: Floats | None
    grad_output: Floats
    correlation: Trace
    stamped: TransposedTrace
    found: Gradients

    @property
    def layer(self) -> Conv2d:
        """The layer itself."""
        return cast(Conv2d, self.forward.layer)

    @property
    def copies_cells(self) -> bool:
        """Whether the padding of the input is made of copies of its cells."""
        return PaddingMode(self.layer.padding_mode).copies and self.forward.padded.shape != self.forward.input.shape

    @property
    def loss_value(self) -> float | None:
        """The squared error, or the output that the loss is; None where the gradient is given and not of a loss."""
        match self.loss:
            case Loss.GIVEN:
                return None
            case Loss.SQUARED_ERROR:
                return float(((self.forward.output - cast(Floats, self.wanted)) ** 2).sum())
            case Loss.ONE_OUTPUT:
                return float(self.forward.output[self.grad_output == 1].item())


def there_and_back(state: GradientsState) -> Backward:
    """Record the layer of a state and the layers that make its gradients; LayerError where there is none."""
    layer, numbers = state.layer(), operands(state)
    x, weight = numbers[INPUT], numbers[KERNEL]
    forward = record(layer, x, weight, numbers.get(BIAS))
    grad_output = _grad_output(state, numbers, forward.output)
    roles = weight_gradient_layer(layer, *x.shape[1:])
    back = cast(ConvTranspose2d, input_gradient_layer(layer, *x.shape[1:]))
    return Backward(
        forward=forward,
        loss=state.loss,
        wanted=numbers.get(WANTED),
        grad_output=grad_output,
        correlation=record(roles.correlation, x, roles.kernels(grad_output)),
        stamped=record(back, grad_output, weight),
        found=gradients(layer, x, weight, grad_output),
    )


def program_numbers(state: GradientsState) -> Operands:
    """The numbers that a program of a state is given: where the loss is one output, its gradient too."""
    numbers = operands(state)
    if state.loss is not Loss.ONE_OUTPUT:
        return numbers
    size = state.layer().output_size(state.height, state.width)
    return numbers | {GRADIENT: _one_output(state, (state.out_channels, *size))}


def _grad_output(state: GradientsState, numbers: Operands, output: Floats) -> Floats:
    match state.loss:
        case Loss.GIVEN:
            return numbers[GRADIENT]
        case Loss.SQUARED_ERROR:
            return 2 * (output - numbers[WANTED])
        case Loss.ONE_OUTPUT:
            return _one_output(state, output.shape)


def _one_output(state: GradientsState, shape: tuple[int, ...]) -> Floats:
    """A 1 for the output that the loss is, and 0 for all others."""
    found = np.zeros(shape)
    found[tuple(getattr(state, name) for name in OUTPUT_FIELDS)] = 1
    return found
