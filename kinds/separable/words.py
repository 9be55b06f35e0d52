"""What is said of a separable layer: what it does, its sizes, and what it costs beside the ordinary layer."""

from engine import Conv2d, Cost, Trace, cost
from kinds.separable.state import SeparableState
from kinds.shared import window_words
from kinds.shared.window_words import sized, terms_of


def summary(traces: tuple[Trace, Trace]) -> str:
    """What the two layers do in one sentence, for a layer that no preset describes."""
    depthwise, pointwise = traces
    multiplies = depthwise.products.size + pointwise.products.size
    sizes = f"{sized(depthwise.input.shape)} in, {sized(pointwise.output.shape)} out"
    return (
        f"{sizes}: {terms_of(depthwise)} for every value "
        f"between the two layers, {terms_of(pointwise)} for every output, {multiplies:,} products in all."
    )


def size_text(traces: tuple[Trace, Trace] | None) -> list[str]:
    """The output-size formula as a paragraph; for layers that work, with the numbers of the one and of the other."""
    if traces is None:
        return window_words.size_text(None)
    depthwise, pointwise = traces
    return [*window_words.size_text(depthwise, "Size between the two layers"), *window_words.size_text(pointwise)]


def cost_sentence(state: SeparableState) -> str:
    """The weights and multiplies of a separable layer beside those of the ordinary layer of the same size."""
    layer = state.make_layer()
    ours = cost(layer, state.height, state.width)
    parts = (
        cost(layer.depthwise, state.height, state.width),
        cost(layer.pointwise, *layer.depthwise.output_size(state.height, state.width)),
    )
    whole = standard_cost(state)
    return (
        f"{state.in_channels} → {state.out_channels} channels: {parts[0].weights:,} + {parts[1].weights:,} = "
        f"{ours.weights:,} weights and {ours.macs:,} multiplies; the ordinary layer has {whole.weights:,} weights "
        f"({_beside(whole.weights, ours.weights)}) and {whole.macs:,} multiplies."
    )


def _beside(ordinary: int, separable: int) -> str:
    """How the weights of the ordinary layer compare with those of the separable one."""
    if ordinary <= separable:
        return "just as many" if ordinary == separable else "fewer: here separable is dearer"
    times = f"{ordinary / separable:.3g}"
    return f"{times}× as many" if times != "1" else "hardly more"


def standard_cost(state: SeparableState) -> Cost:
    """What the ordinary layer from the same input to as many channels costs."""
    return cost(Conv2d(**state.layer_arguments()), state.height, state.width)
