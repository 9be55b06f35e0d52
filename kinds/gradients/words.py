"""What is said of a layer there and back: where its gradients come from, and which layers make them."""

import numpy as np

from engine.arrays import Floats
from engine.messages import Templates, fill
from kinds.gradients.backward import Backward
from kinds.gradients.state import GradientsView, Loss
from kinds.shared import window_words
from kinds.shared.program_text import squared, squared_sides
from stage.labels import Label, channel_label
from stage.number_text import write_number

MOST_TERMS = 16
"""So many numbers of a sum are written out."""

VIEW_LABELS = {
    GradientsView.ALL: "All",
    GradientsView.FORWARD: "Forward",
    GradientsView.WEIGHT: "dL/dW",
    GradientsView.INPUT: "dL/dX",
}

TEMPLATES: Templates = {
    "summary": (
        "Each weight is moved by a sum of {pairs:,pair|pairs} of an input and a gradient, and each input gets back "
        "what the outputs that read it send: {weights:,weight|weights}, {inputs:,input|inputs}."
    ),
    "loss.given": "**dL/dY** The gradient of the output is given: what a layer behind this one would hand back.",
    "loss.squared-error": (
        "**dL/dY** The loss is the squared error, Σ (Y − wanted)² = {loss}, so the gradient of each output is "
        "2·(Y − wanted):"
    ),
    "loss.one-output": (
        "**dL/dY** The loss is one output, {name} = {loss}: its gradient is 1, and that of all others 0. What is left "
        "of dL/dW is the window that it reads, and of dL/dX the kernel, laid there."
    ),
    "weight": (
        "**dL/dW** The input, correlated with dL/dY: a kernel of {kernel}, stride {stride} (the layer’s dilation), "
        "dilation {dilation} (the layer’s stride), and the layer’s padding."
    ),
    "weight.depthwise": (
        "**dL/dW** The input, correlated with dL/dY: a kernel of {kernel}, stride {stride} (the layer’s dilation), "
        "dilation {dilation} (the layer’s stride), and the layer’s padding. Nothing is added up over channels: each of "
        "{in_channels:input channel|input channels} meets each of the maps of dL/dY that it has a part in, "
        "{pairs:pair|pairs}, and each pair makes one kernel."
    ),
    "weight.left_out": (
        "With such a stride there is room for {made} places of dL/dY: {kept} of them are the kernel’s, and the others "
        "no weight of it."
    ),
    "input": (
        "**dL/dX** dL/dY through the transposed layer with the same weights: ConvTranspose2d with stride {stride}, "
        "padding {padding}, output_padding {output_padding}, dilation {dilation}."
    ),
    "input.sides": (
        "**dL/dX** dL/dY through the transposed layer with the same weights: stride {stride}, dilation {dilation}, "
        "output_padding {output_padding}, and the padding of each side cropped."
    ),
    "input.copies": (
        "**dL/dX** dL/dY through the transposed layer with the same weights makes the gradient of the padded input. "
        "Its padding is copies of cells, so each copy’s gradient is added to the cell that it copies:"
    ),
    "bias": "**dL/db** Each bias is in every output of its map once, so its gradient is the sum of the map’s:",
    "bias.sum": "dL/db[{channel}] = {sum}",
    "bias.many": "dL/db[{channel}] = the sum of {count} numbers = {total}",
    "bias.none": "**dL/db** This layer has no bias; the gradient of one would be the sum of each map of dL/dY:",
}
"""The English catalogue."""


def summary(recorded: Backward) -> str:
    """What moves a weight, in one sentence, for a layer that no preset describes."""
    places = {
        "weights": recorded.forward.weight.size,
        "pairs": recorded.grad_output[0].size,
        "inputs": recorded.forward.input.size,
    }
    return fill(TEMPLATES["summary"], places)


def plain_size_text(recorded: Backward) -> list[str]:
    """The output size in the layer's own numbers, and what is never read, as paragraphs."""
    return window_words.plain_size_text(recorded.forward)


def size_text(recorded: Backward | None) -> list[str]:
    """The general formula of the output size as a paragraph; for a layer that works, with its numbers."""
    return window_words.size_text(None if recorded is None else recorded.forward)


def loss_sentence(recorded: Backward) -> str:
    """Where the gradient of the output comes from."""
    key = f"loss.{recorded.loss}"
    if recorded.loss is Loss.GIVEN:
        return TEMPLATES[key]
    places = {"loss": write_number(recorded.loss_value or 0.0), "name": _one_output(recorded)}
    return fill(TEMPLATES[key], places)


def _one_output(recorded: Backward) -> str:
    if recorded.loss is not Loss.ONE_OUTPUT:
        return ""
    channel, row, column = map(int, np.argwhere(recorded.grad_output)[0])
    return f"{channel_label(Label.OUTPUT, channel, recorded.layer.out_channels)}[{row}, {column}]"


def weight_sentence(recorded: Backward) -> str:
    """Which layer makes the gradient of the weight: stride and dilation change roles."""
    layer, correlation = recorded.layer, recorded.correlation.layer
    places = {
        "kernel": "×".join(map(str, correlation.kernel)),
        "stride": squared(correlation.strides),
        "dilation": squared(correlation.dilations),
        "in_channels": layer.in_channels,
        "pairs": correlation.out_channels,
    }
    said = fill(TEMPLATES["weight" if correlation.out_channels == 1 else "weight.depthwise"], places)
    made = tuple(axis.output for axis in recorded.correlation.axes)
    if made == layer.kernel:
        return said
    sizes = {"made": "×".join(map(str, made)), "kept": "×".join(map(str, layer.kernel))}
    return f"{said} {fill(TEMPLATES['weight.left_out'], sizes)}"


def input_sentence(recorded: Backward) -> str:
    """Which layer makes the gradient of the input."""
    if recorded.copies_cells:
        return TEMPLATES["input.copies"]
    back = recorded.stamped.layer
    padding = squared_sides(back.cropping)
    places = {
        "stride": squared(back.strides),
        "padding": padding,
        "output_padding": squared(back.output_paddings),
        "dilation": squared(back.dilations),
    }
    return fill(TEMPLATES["input" if padding is not None else "input.sides"], places)


def bias_lines(recorded: Backward) -> list[str]:
    """What the gradient of the bias is, and the sums that it is, a line each."""
    sums = [_bias_sum(channel, values) for channel, values in enumerate(recorded.grad_output)]
    return [TEMPLATES["bias" if recorded.layer.bias else "bias.none"], *sums]


def _bias_sum(channel: int, values: Floats) -> str:
    total = write_number(float(values.sum()))
    if values.size > MOST_TERMS:
        return fill(TEMPLATES["bias.many"], {"channel": channel, "count": values.size, "total": total})
    first, *others = (float(value) for value in values.ravel())
    terms = write_number(first) + "".join(
        f" − {write_number(-value)}" if value < 0 else f" + {write_number(value)}" for value in others
    )
    return fill(TEMPLATES["bias.sum"], {"channel": channel, "sum": f"{terms} = {total}"})
