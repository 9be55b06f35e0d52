"""What is said of a transposed layer: its size, the ordinary convolution that makes the same output, and its cost."""

from engine import TransposedAxis, TransposedTrace, cost
from engine.messages import Templates, fill
from kinds.shared import layer_words
from kinds.shared.program_text import squared_sides
from kinds.shared.window_words import by_direction, sizes
from kinds.transposed.state import TransposedState, TransposedView

VIEW_LABELS = {
    TransposedView.ALL: "All three",
    TransposedView.STAMP: "Stamps",
    TransposedView.ZERO_INSERTED: "Zeros inserted",
    TransposedView.MATRIX: "Matrix",
}

TEMPLATES: Templates = {
    "in_short": (
        "kernel {kernel}, stride {stride}, padding {padding}, output padding {output_padding}"
        ", dilation {dilation}, groups {groups}"
    ),
    "summary": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: every input value stamps {taps:,product|products} on the output, {macs:,} in "
        "all."
    ),
    "summary.cropped": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: every input value stamps {taps:,product|products} on the output, {macs:,} in "
        "all, of which padding crops {cropped:,}."
    ),
    "summary.maps": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: every input value stamps {taps:,product|products} on each of {maps} maps, "
        "{macs:,} in all."
    ),
    "summary.maps.cropped": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: every input value stamps {taps:,product|products} on each of {maps} maps, "
        "{macs:,} in all, of which padding crops {cropped:,}."
    ),
    "spans": "{formula}, where a stamp spans {dilation}·({kernel} − 1) + 1 = {extent}",
    "size": ("**Output size** = (input − 1)·stride − 2·padding + dilation·(kernel − 1) + output_padding + 1"),
    "size.sides": (
        "**Output size** = (input − 1)·stride − padding before − padding after + dilation·(kernel − 1) + "
        "output_padding + 1"
    ),
    "same_upper": (
        "**same_upper** makes input·stride outputs, as Keras's same does. What a stamp spans more than the stride is "
        "cropped: half of it before, and the odd cell after"
    ),
    "same_lower": (
        "**same_lower** makes input·stride outputs, as ONNX's SAME_LOWER does. What a stamp spans more than the stride "
        "is cropped: half of it after, and the odd cell before"
    ),
    "same.cropped": "{extent} − {stride} = {total}: {before} cropped before, {after} after",
    "same.added": "{stride} − {extent} = {total} added at the end, where no stamp reaches",
    "equivalent": (
        "**The same as an ordinary convolution** of stride 1, its kernel flipped (turned by half a turn): this layer's "
        "i inputs with s − 1 zeros between them make i′, the padding is p′ = d·(k − 1) − p, and a = output_padding "
        "more rows and columns stand at the bottom and right"
    ),
    "equivalent_size": "{inserted}, p′ = {own} = {padding}, a = {output_padding}: {output}",
    "equivalent_size.crops": (
        "{inserted}, p′ = {own} = {padding} (below 0, so it crops), a = {output_padding}: {output}"
    ),
    "equivalent_size.sides": (
        "{inserted}, p′ before = {own} = {padding}, p′ after = {own_after} = {after}, a = {output_padding}: {output}"
    ),
    "equivalent_size.sides.crops": (
        "{inserted}, p′ before = {own} = {padding}, p′ after = {own_after} = {after} (below 0, so it crops), "
        "a = {output_padding}: {output}"
    ),
    "plain.size": "**Output size**",
    "cost": (
        "{channels} → {out_channels} channels on {height}×{width} inputs: {weights:,} weights and {macs:,} multiplies, "
        "counted over the inputs."
    ),
    "cost.cropped": (
        "{channels} → {out_channels} channels on {height}×{width} inputs: {weights:,} weights and {macs:,} multiplies, "
        "counted over the inputs, of which padding crops {cropped:,}."
    ),
}
"""The English catalogue."""


def transposed_size(axis: TransposedAxis) -> str:
    """The output size of one direction with every number in it.

    >>> transposed_size(TransposedAxis(3, before=1, after=1, kernel=3, stride=2, dilation=1, output_padding=1))
    '(3 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 6'
    """
    cropped = f"2·{axis.before}" if axis.before == axis.after else f"{axis.before} − {axis.after}"
    stamps = f"({axis.length} − 1)·{axis.stride} − {cropped}"
    return f"{stamps} + {axis.dilation}·({axis.kernel} − 1) + {axis.output_padding} + 1 = {axis.output}"


def equivalent_size(axis: TransposedAxis) -> str:
    """The zeros, the padding and the extra cells of the equivalent convolution in one direction, and what they make.

    >>> equivalent_size(TransposedAxis(3, before=1, after=1, kernel=3, stride=2, dilation=1, output_padding=1))
    'i′ = 3 + (3 − 1)·(2 − 1) = 5, p′ = 3 − 1 − 1 = 1, a = 1: 5 + 2·1 + 1 − (3 − 1) = 6'
    """
    before, after = axis.extent - 1 - axis.before, axis.extent - 1 - axis.after
    reach = f"({axis.kernel} − 1)" if axis.dilation == 1 else f"{axis.dilation}·({axis.kernel} − 1)"
    both = f"2·{_factor(before)}" if before == after else f"{_factor(before)} + {_factor(after)}"
    places = {
        "inserted": f"i′ = {axis.length} + ({axis.length} − 1)·({axis.stride} − 1) = {axis.inserted}",
        "own": _own_padding(axis, axis.before, reach),
        "own_after": _own_padding(axis, axis.after, reach),
        "padding": _signed(before),
        "after": _signed(after),
        "output_padding": axis.output_padding,
        "output": f"{axis.inserted} + {both} + {axis.output_padding} − {reach} = {axis.output}",
    }
    variants = ["sides"] * (before != after) + ["crops"] * (min(before, after) < 0)
    return fill(TEMPLATES[".".join(("equivalent_size", *variants))], places)


def _own_padding(axis: TransposedAxis, cropped: int, reach: str) -> str:
    """The padding of the equivalent convolution on a side, from what this layer crops there."""
    return f"{axis.kernel} − {cropped} − 1" if axis.dilation == 1 else f"{reach} − {cropped}"


def _signed(amount: int) -> str:
    return f"{amount}" if amount >= 0 else f"−{-amount}"


def _factor(amount: int) -> str:
    return _signed(amount) if amount >= 0 else f"({_signed(amount)})"


def plain_size(axis: TransposedAxis) -> str:
    """The output size of one direction without what does not change it: no padding of 0, no dilation of 1.

    >>> plain_size(TransposedAxis(length=2, before=0, after=0, kernel=2, stride=1, dilation=1, output_padding=0))
    '(2 − 1)·1 + 2 = 3'
    >>> plain_size(TransposedAxis(length=3, before=1, after=1, kernel=3, stride=2, dilation=1, output_padding=1))
    '(3 − 1)·2 + 3 − 2·1 + 1 = 6'
    """
    sides = [f" − 2·{axis.before}"] if axis.before == axis.after else [f" − {axis.before}", f" − {axis.after}"]
    cropped = "".join(side for side in sides if not side.endswith((" 0", "·0")))
    more = f" + {axis.output_padding}" if axis.output_padding else ""
    formula = f"({axis.length} − 1)·{axis.stride} + {axis.extent}{cropped}{more} = {axis.output}"
    if axis.dilation == 1 or axis.kernel == 1:
        return formula
    places = {"formula": formula, "dilation": axis.dilation, "kernel": axis.kernel, "extent": axis.extent}
    return fill(TEMPLATES["spans"], places)


def plain_size_text(trace: TransposedTrace) -> list[str]:
    """The output size in the layer's own numbers, and the equivalent convolution, as paragraphs."""
    return [
        "  \n".join([TEMPLATES["plain.size"], *by_direction(*map(plain_size, trace.axes))]),
        *_same_text(trace),
        "  \n".join([TEMPLATES["equivalent"], *by_direction(*map(equivalent_size, trace.axes))]),
    ]


def _same_text(trace: TransposedTrace) -> list[str]:
    """What "same_upper" and "same_lower" crop, or add, in numbers, as a paragraph; none for other paddings."""
    padding = trace.layer.padding
    if padding not in ("same_upper", "same_lower"):
        return []
    return ["  \n".join([TEMPLATES[str(padding)], *by_direction(*map(_same_sides, trace.axes))])]


def _same_sides(axis: TransposedAxis) -> str:
    key = "same.added" if axis.extent < axis.stride else "same.cropped"
    places = {"extent": axis.extent, "stride": axis.stride, "total": abs(axis.extent - axis.stride)}
    return fill(TEMPLATES[key], places | {"before": axis.before, "after": axis.after})


def in_short(state: TransposedState) -> str:
    """The layer in a line."""
    return layer_words.in_short(state, TEMPLATES["in_short"])


def summary(trace: TransposedTrace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    counted = cost(trace.layer, *trace.input.shape[1:])
    maps, cropped = trace.products.shape[0] // trace.layer.groups, counted.macs - counted.valid_macs
    places = sizes(trace.input.shape, trace.output.shape) | {
        "taps": trace.products.shape[2],
        "maps": maps,
        "macs": counted.macs,
        "cropped": cropped,
    }
    key = ".".join(("summary", *(["maps"] if maps > 1 else []), *(["cropped"] if cropped else [])))
    return fill(TEMPLATES[key], places)


def size_text(trace: TransposedTrace | None) -> list[str]:
    """The general formula of the output size as a paragraph; for a layer that works, with its numbers."""
    if trace is None:
        return [TEMPLATES["size"]]
    key = "size" if squared_sides(trace.layer.cropping) is not None else "size.sides"
    return ["  \n".join([TEMPLATES[key], *by_direction(*map(transposed_size, trace.axes))])]


def cost_sentence(state: TransposedState) -> str:
    """The weights and multiplies of a transposed layer, whose stamps are one for every input position.

    >>> cost_sentence(TransposedState("", 2, 2, kernel_height=2, kernel_width=2))
    '1 → 1 channels on 2×2 inputs: 4 weights and 16 multiplies, counted over the inputs.'
    """
    ours = cost(state.make_layer(), state.height, state.width)
    cropped = ours.macs - ours.valid_macs
    places = {
        "channels": state.in_channels,
        "out_channels": state.out_channels,
        "height": state.height,
        "width": state.width,
        "weights": ours.weights,
        "macs": ours.macs,
        "cropped": cropped,
    }
    return fill(TEMPLATES["cost.cropped" if cropped else "cost"], places)
