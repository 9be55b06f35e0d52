"""What is said of a separable layer: what it does, its sizes, and what it costs beside the ordinary layer."""

from engine import Conv2d, Cost, Trace, cost
from engine.messages import Templates, fill
from kinds.separable.state import SeparableState
from kinds.shared import layer_words, window_words
from kinds.shared.window_words import sizes, terms

TEMPLATES: Templates = {
    "in_short": (
        "kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, depth multiplier {depth_multiplier}"
    ),
    "summary": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: {depthwise:,product|products} for every value between the two layers, "
        "{pointwise:,product|products} for every output, {products:,} products in all."
    ),
    "summary.bias": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: {depthwise:,product|products} and a bias for every value between the two "
        "layers, {pointwise:,product|products} and a bias for every output, {products:,} products in all."
    ),
    "size_between": "**Size between the two layers** = {formula}",
    "plain.size_between": "**Size between the two layers**",
    "cost.more": (
        "{channels} → {out_channels} channels: {depthwise:,} + {pointwise:,} = {weights:,} weights and {macs:,} "
        "multiplies; the ordinary layer has {ordinary_weights:,} weights ({times}× as many) and {ordinary_macs:,} "
        "multiplies."
    ),
    "cost.hardly_more": (
        "{channels} → {out_channels} channels: {depthwise:,} + {pointwise:,} = {weights:,} weights and {macs:,} "
        "multiplies; the ordinary layer has {ordinary_weights:,} weights (hardly more) and {ordinary_macs:,} "
        "multiplies."
    ),
    "cost.same": (
        "{channels} → {out_channels} channels: {depthwise:,} + {pointwise:,} = {weights:,} weights and {macs:,} "
        "multiplies; the ordinary layer has {ordinary_weights:,} weights (just as many) and {ordinary_macs:,} "
        "multiplies."
    ),
    "cost.fewer": (
        "{channels} → {out_channels} channels: {depthwise:,} + {pointwise:,} = {weights:,} weights and {macs:,} "
        "multiplies; the ordinary layer has {ordinary_weights:,} weights (fewer: here separable is dearer) and "
        "{ordinary_macs:,} multiplies."
    ),
}
"""The English catalogue."""


def in_short(state: SeparableState) -> str:
    """The layer in a line."""
    return layer_words.in_short(state, TEMPLATES["in_short"])


def summary(traces: tuple[Trace, Trace]) -> str:
    """What the two layers do in one sentence, for a layer that no preset describes."""
    depthwise, pointwise = traces
    places = sizes(depthwise.input.shape, pointwise.output.shape) | {
        "depthwise": terms(depthwise),
        "pointwise": terms(pointwise),
        "products": depthwise.products.size + pointwise.products.size,
    }
    return fill(TEMPLATES["summary" if pointwise.bias is None else "summary.bias"], places)


def plain_size_text(traces: tuple[Trace, Trace]) -> list[str]:
    """The output sizes of the one layer and of the other in their own numbers, and what is never read."""
    depthwise, pointwise = traces
    between = window_words.plain_size_text(depthwise, TEMPLATES["plain.size_between"])
    return [*between, *window_words.plain_size_text(pointwise)]


def size_text(traces: tuple[Trace, Trace] | None) -> list[str]:
    """The output-size formula as a paragraph; for layers that work, with the numbers of the one and of the other."""
    if traces is None:
        return window_words.size_text(None)
    depthwise, pointwise = traces
    return [*window_words.size_text(depthwise, TEMPLATES["size_between"]), *window_words.size_text(pointwise)]


def cost_sentence(state: SeparableState) -> str:
    """The weights and multiplies of a separable layer beside those of the ordinary layer of the same size."""
    layer = state.make_layer()
    ours, ordinary = cost(layer, state.height, state.width), standard_cost(state)
    middle = layer.depthwise.output_size(state.height, state.width)
    times = f"{ordinary.weights / ours.weights:.3g}"
    places = {
        "channels": state.in_channels,
        "out_channels": state.out_channels,
        "depthwise": cost(layer.depthwise, state.height, state.width).weights,
        "pointwise": cost(layer.pointwise, *middle).weights,
        "weights": ours.weights,
        "macs": ours.macs,
        "ordinary_weights": ordinary.weights,
        "ordinary_macs": ordinary.macs,
        "times": times,
    }
    if ordinary.weights == ours.weights:
        return fill(TEMPLATES["cost.same"], places)
    if ordinary.weights < ours.weights:
        return fill(TEMPLATES["cost.fewer"], places)
    return fill(TEMPLATES["cost.hardly_more" if times == "1" else "cost.more"], places)


def standard_cost(state: SeparableState) -> Cost:
    """What the ordinary layer from the same input to as many channels costs."""
    return cost(Conv2d(**state.layer_arguments()), state.height, state.width)
