"""What is said of a layer over a volume: what it does and costs, its output size, and what is never read."""

from engine import Axis, Conv3d, Trace, cost
from engine.messages import Templates, fill
from engine.space_and_time import space_then_time
from kinds.shared.window_words import SIZE_FORMULA, number_of, plain_size, same_sides, size_formula, terms
from kinds.three_dimensional.state import VolumeState

TEMPLATES: Templates = {
    "summary": (
        "{channels:channel|channels} of {depth}×{height}×{width} in, {out_channels:channel|channels} of "
        "{out_depth}×{out_height}×{out_width} out: {terms:,product|products} for every output, {products:,} in all."
    ),
    "summary.bias": (
        "{channels:channel|channels} of {depth}×{height}×{width} in, {out_channels:channel|channels} of "
        "{out_depth}×{out_height}×{out_width} out: {terms:,product|products} and a bias for every output, "
        "{products:,} in all."
    ),
    "cost": (
        "{channels} → {out_channels} channels on {depth}×{height}×{width} inputs: {weights:,} weights and {macs:,} "
        "multiplies."
    ),
    "cost.parted": (
        "{channels} → {out_channels} channels on {depth}×{height}×{width} inputs: {weights:,} weights and {macs:,} "
        "multiplies. As (2+1)-D, {in_space} and then {in_time} with {between:channel|channels} between, the most that "
        "need no more weights (Tran et al., 2018): {parted_weights:,} weights and {parted_macs:,} multiplies. The aim "
        "is not fewer of them, but an activation between the two."
    ),
    "size": "**Output size** = {formula}",
    "plain.size": "**Output size**",
    "all": "slices, rows and columns: {formula}",
    "slices": "slices: {formula}",
    "rows": "rows: {formula}",
    "columns": "columns: {formula}",
    "same": "How much padding that is: what the windows need beyond the volume, half of it on each side.",
    "unused": "Every cell of the padded volume is read.",
    "unused.slice": "Never read: slice {cells:and} of the padded volume is hatched on the stage (counted from 0).",
    "unused.slices": "Never read: slices {cells:and} of the padded volume are hatched on the stage (counted from 0).",
    "unused.row": "Never read: row {cells:and} of each padded slice is hatched on the stage (counted from 0).",
    "unused.rows": "Never read: rows {cells:and} of each padded slice are hatched on the stage (counted from 0).",
    "unused.column": "Never read: column {cells:and} of each padded slice is hatched on the stage (counted from 0).",
    "unused.columns": (
        "Never read: columns {cells:and} of each padded slice are hatched on the stage (counted from 0)."
    ),
}
"""The English catalogue."""

_DIRECTIONS = ("slices", "rows", "columns")


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    names = "channels", "depth", "height", "width"
    given = dict(zip(names, trace.input.shape, strict=True))
    made = {f"out_{name}": length for name, length in zip(names, trace.output.shape, strict=True)}
    key = "summary" if trace.bias is None else "summary.bias"
    return fill(TEMPLATES[key], given | made | {"terms": terms(trace), "products": trace.products.size})


def cost_sentence(state: VolumeState) -> str:
    """The weights and multiplies of a layer over a volume, beside those of two that look at space and then at time.

    A kernel of one slice, or of one row and column, is only one of the two.

    >>> cost_sentence(VolumeState("", 4, 4, 4, kernel_depth=1))
    '1 → 1 channels on 4×4×4 inputs: 9 weights and 144 multiplies.'
    """
    size = state.depth, state.height, state.width
    layer = state.make_layer()
    ours = cost(layer, *size)
    places = {
        "channels": state.in_channels,
        "out_channels": state.out_channels,
        "depth": state.depth,
        "height": state.height,
        "width": state.width,
        "weights": ours.weights,
        "macs": ours.macs,
    }
    slices, *area = layer.kernel
    if slices == 1 or area == [1, 1]:
        return fill(TEMPLATES["cost"], places)
    in_space, in_time = space_then_time(layer, *size)
    both = cost(in_space, *size) + cost(in_time, *in_space.output_size(*size))
    parted = {
        "in_space": _written(in_space),
        "in_time": _written(in_time),
        "between": in_space.out_channels,
        "parted_weights": both.weights,
        "parted_macs": both.macs,
    }
    return fill(TEMPLATES["cost.parted"], places | parted)


def _written(layer: Conv3d) -> str:
    return "×".join(map(str, layer.kernel))


def plain_size_text(trace: Trace) -> list[str]:
    """The output size in the layer's own numbers, what is never read, and how SAME was padded, as paragraphs."""
    sizes = _by_direction(*map(plain_size, trace.axes))
    paragraphs = ["  \n".join([TEMPLATES["plain.size"], *sizes, *_unused(trace.axes)])]
    if trace.layer.padding in ("same_upper", "same_lower"):
        paragraphs.append("  \n".join([TEMPLATES["same"], *_by_direction(*map(same_sides, trace.axes))]))
    return paragraphs


def size_text(trace: Trace | None) -> list[str]:
    """The general formula of the output size as a paragraph; for a layer that works, with its numbers."""
    lines = [fill(TEMPLATES["size"], {"formula": SIZE_FORMULA})]
    if trace is not None:
        lines += _apart(*map(size_formula, trace.axes))
    return ["  \n".join(lines)]


def _by_direction(*formulas: str) -> list[str]:
    """A formula for each direction, in one line where all are the same."""
    if len(set(formulas)) == 1:
        return [fill(TEMPLATES["all"], {"formula": formulas[0]})]
    return _apart(*formulas)


def _apart(*formulas: str) -> list[str]:
    return [fill(TEMPLATES[name], {"formula": formula}) for name, formula in zip(_DIRECTIONS, formulas, strict=True)]


def _unused(axes: tuple[Axis, ...]) -> list[str]:
    """What no window reads, a line for each direction in which there is such; else that all is read."""
    lines = []
    for name, axis in zip(_DIRECTIONS, axes, strict=True):
        for number in number_of(axis.unused_cells, name.removesuffix("s"), name):
            lines.append(fill(TEMPLATES[f"unused.{number}"], {"cells": axis.unused_cells}))
    return lines or [TEMPLATES["unused"]]
