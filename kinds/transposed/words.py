"""What is said of a transposed layer: its size, the ordinary convolution that makes the same output, and its cost."""

from collections.abc import Callable

from engine import TransposedAxis, TransposedTrace, cost
from kinds.shared.window_words import sized
from kinds.transposed.state import TransposedState

_FORMULA = "(input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1"


def transposed_size(axis: TransposedAxis) -> str:
    """The output size of one direction with every number in it.

    >>> transposed_size(TransposedAxis(length=3, padding=1, kernel=3, stride=2, dilation=1, output_padding=1))
    '(3 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 6'
    """
    stamps = f"({axis.length} − 1)·{axis.stride} − 2·{axis.padding}"
    return f"{stamps} + {axis.dilation}·({axis.kernel} − 1) + {axis.output_padding} + 1 = {axis.output}"


def equivalent_size(axis: TransposedAxis) -> str:
    """The zeros, the padding and the extra cells of the equivalent convolution in one direction, and what they make.

    >>> equivalent_size(TransposedAxis(length=3, padding=1, kernel=3, stride=2, dilation=1, output_padding=1))
    'i′ = 3 + (3 − 1)·(2 − 1) = 5, p′ = 3 − 1 − 1 = 1, a = 1: 5 + 2·1 + 1 − (3 − 1) = 6'
    """
    padding = axis.extent - 1 - axis.padding
    shown = f"{padding}" if padding >= 0 else f"(−{-padding})"
    reach = f"({axis.kernel} − 1)" if axis.dilation == 1 else f"{axis.dilation}·({axis.kernel} − 1)"
    own = f"{axis.kernel} − {axis.padding} − 1" if axis.dilation == 1 else f"{reach} − {axis.padding}"
    crops = "" if padding >= 0 else " (below 0, so it crops)"
    inserted = f"i′ = {axis.length} + ({axis.length} − 1)·({axis.stride} − 1) = {axis.inserted}"
    output = f"{axis.inserted} + 2·{shown} + {axis.output_padding} − {reach} = {axis.output}"
    return f"{inserted}, p′ = {own} = {shown.strip('()')}{crops}, a = {axis.output_padding}: {output}"


def by_direction(written: Callable[[TransposedAxis], str], trace: TransposedTrace) -> list[str]:
    """What is written of the rows and of the columns, in one line where it is the same."""
    rows, columns = map(written, trace.axes)
    return [f"rows and columns: {rows}"] if rows == columns else [f"rows: {rows}", f"columns: {columns}"]


def summary(trace: TransposedTrace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    counted = cost(trace.layer, *trace.input.shape[1:])
    maps, taps = trace.products.shape[0] // trace.layer.groups, trace.products.shape[2]
    cropped = counted.macs - counted.valid_macs
    on = f"each of {maps} maps" if maps > 1 else "the output"
    products = f"{taps:,} products" if taps > 1 else "1 product"
    return (
        f"{sized(trace.input.shape)} in, {sized(trace.output.shape)} out: every input value stamps {products} on {on}, "
        f"{counted.macs:,} in all{f', of which padding crops {cropped:,}' if cropped else ''}."
    )


def size_text(trace: TransposedTrace | None) -> list[str]:
    """The output-size formula and the equivalent convolution, with the numbers of a layer that works."""
    size = f"**Output size** = {_FORMULA}"
    if trace is None:
        return [size]
    relation = (
        "**The same as an ordinary convolution** of stride 1, its kernel turned by half a turn: the i inputs with "
        "s − 1 zeros between them make i′, the padding is p′ = d·(k − 1) − p, and a = output_padding more rows and "
        "columns stand at the bottom and right"
    )
    return [
        "  \n".join([size, *by_direction(transposed_size, trace)]),
        "  \n".join([relation, *by_direction(equivalent_size, trace)]),
    ]


def cost_sentence(state: TransposedState) -> str:
    """The weights and multiplies of a transposed layer, whose stamps are one for every input position.

    >>> cost_sentence(TransposedState("", 2, 2, kernel_height=2, kernel_width=2))
    '1 → 1 channels on 2×2 inputs: 4 weights and 16 multiplies, counted over the inputs.'
    """
    ours = cost(state.make_layer(), state.height, state.width)
    cropped = ours.macs - ours.valid_macs
    crops = f", of which padding crops {cropped:,}" if cropped else ""
    return (
        f"{state.in_channels} → {state.out_channels} channels on {state.height}×{state.width} inputs: "
        f"{ours.weights:,} weights and {ours.macs:,} multiplies, counted over the inputs{crops}."
    )
