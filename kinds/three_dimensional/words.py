"""What is said of a layer over a volume: what it does, its output size, and what of the volume is never read."""

from engine import Axis, Trace
from engine.messages import Templates, fill
from kinds.shared.window_words import SIZE_FORMULA, number_of, plain_size, same_sides, size_formula, terms

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
