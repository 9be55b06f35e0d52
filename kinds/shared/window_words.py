"""What is said of a layer that slides windows: the output-size formula with its numbers, and what is never read."""

from collections.abc import Sequence

from engine import Axis, PoolingTrace, Trace
from engine.checks import Padding
from engine.messages import Templates, fill

SIZE_FORMULA = "⌊(input + padding before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1"

TEMPLATES: Templates = {
    "summary": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: {terms:,product|products} for every output, {products:,} in all."
    ),
    "summary.bias": (
        "{channels:channel|channels} of {height}×{width} in, {out_channels:channel|channels} of "
        "{out_height}×{out_width} out: {terms:,product|products} and a bias for every output, {products:,} in all."
    ),
    "size": "**Output size** = {formula}",
    "plain.size": "**Output size**",
    "same_upper": (
        "**same_upper** makes ⌈input / stride⌉ outputs, as TensorFlow's SAME does. The padding is what the windows "
        "need beyond the input, (output − 1)·stride + span − input, if that is more than 0: half of it before, and the "
        "odd cell after"
    ),
    "same_lower": (
        "**same_lower** makes ⌈input / stride⌉ outputs, as ONNX's SAME_LOWER does. The padding is what the windows "
        "need beyond the input, (output − 1)·stride + span − input, if that is more than 0: half of it after, and the "
        "odd cell before"
    ),
    "same_sides": "{need}: {before} before, {after} after",
    "both": "rows and columns: {formula}",
    "spans": "{formula}, where the window spans {dilation}·({kernel} − 1) + 1 = {extent}",
    "rows": "rows: {formula}",
    "columns": "columns: {formula}",
    "unused": "Every row and column of the padded input is read.",
    "unused.row": "Never read: row {rows:and} of the padded input is hatched on the stage (counted from 0).",
    "unused.rows": "Never read: rows {rows:and} of the padded input are hatched on the stage (counted from 0).",
    "unused.column": "Never read: column {columns:and} of the padded input is hatched on the stage (counted from 0).",
    "unused.columns": (
        "Never read: columns {columns:and} of the padded input are hatched on the stage (counted from 0)."
    ),
    "unused.row.column": (
        "Never read: row {rows:and} and column {columns:and} of the padded input are hatched on the stage "
        "(counted from 0)."
    ),
    "unused.row.columns": (
        "Never read: row {rows:and} and columns {columns:and} of the padded input are hatched on the stage "
        "(counted from 0)."
    ),
    "unused.rows.column": (
        "Never read: rows {rows:and} and column {columns:and} of the padded input are hatched on the stage "
        "(counted from 0)."
    ),
    "unused.rows.columns": (
        "Never read: rows {rows:and} and columns {columns:and} of the padded input are hatched on the stage "
        "(counted from 0)."
    ),
}
"""The English catalogue."""


def size_formula(axis: Axis) -> str:
    """The output size of one direction, every number substituted and the floor shown.

    >>> from engine import PaddingMode
    >>> size_formula(Axis(5, 1, 1, 2, 2, 1, PaddingMode.ZEROS))
    '⌊(5 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3'
    """
    span = f"{axis.length} + {axis.before} + {axis.after} − {axis.dilation}·({axis.kernel} − 1) − 1"
    room = axis.padded - axis.extent
    quotient = f"⌊{room} / {axis.stride}⌋ + 1 = ⌊{room / axis.stride:g}⌋ + 1"
    return f"⌊({span}) / {axis.stride}⌋ + 1 = {quotient} = {axis.output}"


def plain_size(axis: Axis) -> str:
    """The output size of one direction without what does not change it: no padding of 0, no floor of a whole number.

    >>> from engine import Conv2d
    >>> [plain_size(Conv2d(1, 1, 2, stride=stride).axes(4, 4)[0]) for stride in (1, 2)]
    ['(4 − 2) / 1 + 1 = 3', '(4 − 2) / 2 + 1 = 2']
    >>> plain_size(Conv2d(1, 1, 3, stride=2, padding=1, dilation=2).axes(8, 8)[0])
    '⌊(8 + 1 + 1 − 5) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = 3, where the window spans 2·(3 − 1) + 1 = 5'
    """
    room = axis.padded - axis.extent
    divided = f"({plain_span(axis.length, axis.before, axis.after)} − {axis.extent}) / {axis.stride}"
    if room % axis.stride == 0:
        formula = f"{divided} + 1 = {axis.output}"
    else:
        formula = f"⌊{divided}⌋ + 1 = ⌊{room} / {axis.stride}⌋ + 1 = {axis.output}"
    return with_span(axis, formula)


def plain_span(length: int, before: int, after: int) -> str:
    """An input with the padding that it has.

    >>> plain_span(5, 0, 0), plain_span(5, 1, 2)
    ('5', '5 + 1 + 2')
    """
    return " + ".join(map(str, (length, *(amount for amount in (before, after) if amount))))


def with_span(axis: Axis, formula: str) -> str:
    """A formula, and where the taps stand apart how far the window goes."""
    if axis.dilation == 1 or axis.kernel == 1:
        return formula
    places = {"formula": formula, "dilation": axis.dilation, "kernel": axis.kernel, "extent": axis.extent}
    return fill(TEMPLATES["spans"], places)


def by_direction(rows: str, columns: str) -> list[str]:
    """A formula for the rows and one for the columns, in one line where they are the same."""
    if rows == columns:
        return [fill(TEMPLATES["both"], {"formula": rows})]
    return [fill(TEMPLATES["rows"], {"formula": rows}), fill(TEMPLATES["columns"], {"formula": columns})]


def plain_size_text(trace: Trace, heading: str = TEMPLATES["plain.size"]) -> list[str]:
    """The output size in the layer's own numbers, what is never read, and how SAME was padded, as paragraphs."""
    lines = [heading, *by_direction(*map(plain_size, trace.axes)), unused_cells_sentence(trace)]
    return ["  \n".join(lines), *same_text(trace.layer.padding, trace.axes)]


def same_text(padding: Padding, axes: Sequence[Axis]) -> list[str]:
    """How much padding "same_upper" and "same_lower" come to, in numbers, as a paragraph; none for other paddings."""
    if padding not in ("same_upper", "same_lower"):
        return []
    lines = [same_sides(axis) for axis in axes]
    return ["  \n".join([TEMPLATES[str(padding)], *(by_direction(*lines) if len(lines) == 2 else lines)])]


def same_sides(axis: Axis) -> str:
    """What windows need beyond the input in one direction, and how that is shared between its two sides.

    >>> from engine import Conv2d
    >>> [same_sides(axis) for axis in Conv2d(1, 1, (3, 1), stride=2, padding="same_upper").axes(6, 6)]
    ['(3 − 1)·2 + 3 − 6 = 1: 0 before, 1 after', '(3 − 1)·2 + 1 − 6 = −1: 0 before, 0 after']
    """
    total = (axis.output - 1) * axis.stride + axis.extent - axis.length
    need = f"({axis.output} − 1)·{axis.stride} + {axis.extent} − {axis.length} = {total}".replace("-", "−")
    return fill(TEMPLATES["same_sides"], {"need": need, "before": axis.before, "after": axis.after})


def number_of(cells: tuple[int, ...], one: str, several: str) -> tuple[str, ...]:
    """Which variant of a sentence fits so many rows, columns or values; none where there are none.

    >>> number_of((2,), "row", "rows"), number_of((2, 3), "row", "rows"), number_of((), "row", "rows")
    (('row',), ('rows',), ())
    """
    return ((one,) if len(cells) == 1 else (several,)) if cells else ()


def unused_cells_sentence(trace: Trace | PoolingTrace) -> str:
    """Which rows and columns of the padded input no window reads, counted from 0 at the top left."""
    rows, columns = (axis.unused_cells for axis in trace.axes)
    key = ".".join(("unused", *number_of(rows, "row", "rows"), *number_of(columns, "column", "columns")))
    return fill(TEMPLATES[key], {"rows": rows, "columns": columns})


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    key = "summary" if trace.bias is None else "summary.bias"
    places = sizes(trace.input.shape, trace.output.shape) | {"terms": terms(trace), "products": trace.products.size}
    return fill(TEMPLATES[key], places)


def terms(trace: Trace) -> int:
    """How many products are added up to one number of a layer's output."""
    _, channels, taps, *_ = trace.products.shape
    return int(channels * taps)


def sizes(given: tuple[int, ...], made: tuple[int, ...]) -> dict[str, int]:
    """The shapes (channels, rows, columns) of an input and an output, as the places of a sentence."""
    names = "channels", "height", "width"
    ours, theirs = zip(names, given, strict=True), zip(names, made, strict=True)
    return dict(ours) | {f"out_{name}": length for name, length in theirs}


def size_text(trace: Trace | None, heading: str = TEMPLATES["size"]) -> list[str]:
    """The general formula of the output size as a paragraph; for a layer that works, with its numbers."""
    lines = [fill(heading, {"formula": SIZE_FORMULA})]
    if trace is not None:
        rows, columns = (size_formula(axis) for axis in trace.axes)
        lines += [fill(TEMPLATES["rows"], {"formula": rows}), fill(TEMPLATES["columns"], {"formula": columns})]
    return ["  \n".join(lines)]
