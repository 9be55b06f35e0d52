"""What is said of a layer over a sequence: what it does, its output length, and which values are never read."""

from engine import Trace
from engine.messages import Templates, fill
from kinds.one_dimensional.state import SequenceState
from kinds.shared import layer_words
from kinds.shared.window_words import SIZE_FORMULA, number_of, plain_size, same_text, size_formula, sizes, terms

TEMPLATES: Templates = {
    "in_short": "kernel {kernel_size}, stride {stride}, padding {padding}, dilation {dilation}",
    "summary": (
        "{channels:channel|channels} of {width:value|values} in, {out_channels:channel|channels} of "
        "{out_width:value|values} out: {terms:,product|products} for every output, {products:,} in all."
    ),
    "summary.bias": (
        "{channels:channel|channels} of {width:value|values} in, {out_channels:channel|channels} of "
        "{out_width:value|values} out: {terms:,product|products} and a bias for every output, {products:,} in all."
    ),
    "length": "**Output length** = {formula}",
    "plain.length": "**Output length**",
    "unused": "Every value is read.",
    "unused.value": "Never read: value {values:and} of the padded input is hatched on the stage (counted from 0).",
    "unused.values": "Never read: values {values:and} of the padded input are hatched on the stage (counted from 0).",
}
"""The English catalogue."""


def unused_values_sentence(trace: Trace) -> str:
    """Which values of a padded sequence no window reads, counted from 0."""
    unused = trace.axes[1].unused_cells
    return fill(TEMPLATES[".".join(("unused", *number_of(unused, "value", "values")))], {"values": unused})


def in_short(state: SequenceState) -> str:
    """The layer in a line."""
    return layer_words.in_short(state, TEMPLATES["in_short"])


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    key = "summary" if trace.bias is None else "summary.bias"
    places = sizes(trace.input.shape, trace.output.shape) | {"terms": terms(trace), "products": trace.products.size}
    return fill(TEMPLATES[key], places)


def plain_size_text(trace: Trace) -> list[str]:
    """The output length in the layer's own numbers, and which values are never read, as a paragraph."""
    lines = [TEMPLATES["plain.length"], plain_size(trace.axes[1]), unused_values_sentence(trace)]
    return ["  \n".join(lines), *same_text(trace.layer.padding, trace.axes[1:])]


def size_text(trace: Trace | None) -> list[str]:
    """The general formula of the output length as a paragraph; for a layer that works, with its numbers."""
    lines = [fill(TEMPLATES["length"], {"formula": SIZE_FORMULA})]
    if trace is not None:
        lines.append(size_formula(trace.axes[1]))
    return ["  \n".join(lines)]
