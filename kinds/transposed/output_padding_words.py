"""What is said of output_padding: which of two sizes comes back, beside each other."""

from dataclasses import dataclass, replace

from engine import TransposedTrace, forward
from engine.arrays import Floats
from engine.checks import SAME_PADDINGS
from engine.messages import Templates, fill

TEMPLATES: Templates = {
    "heading": "**What output_padding chooses**",
    "either": (
        "An ordinary layer with these numbers makes {height}×{width} of {rows}×{columns} and of {more_rows}×"
        "{more_columns}. On the way back output_padding says which of the two it was. What it adds stands at the "
        "bottom and right, and is computed like all the rest: only cells that no stamp reaches are 0, or the bias."
    ),
    "map": "output_padding {amount}: {rows}×{columns}",
    "map.first": "output_padding {amount}: {rows}×{columns}, output 0",
}
"""The English catalogue."""


@dataclass(frozen=True, eq=False)
class OutputPaddings:
    """The output map of a layer without output_padding and with 1 of it, by what they are called; and what that is."""

    maps: dict[str, Floats]
    sentence: str


def output_paddings(trace: TransposedTrace) -> OutputPaddings | None:
    """Both outputs of a layer, or None where there is no choice.

    There is none with a stride of 1, where the padding says how large the output is, or where one would be empty.

    >>> from engine import ConvTranspose2d, record
    >>> layer = ConvTranspose2d(1, 1, 2, stride=2, bias=False)
    >>> list(output_paddings(record(layer, [[[5.0]]], [[[[1, 2], [3, 4]]]])).maps)
    ['output_padding 0: 2×2', 'output_padding 1: 3×3']
    """
    down, across = trace.axes
    one = int(down.stride > 1), int(across.stride > 1)
    if (
        not any(one)
        or trace.layer.padding in SAME_PADDINGS
        or any(axis.output <= axis.output_padding for axis in trace.axes)
    ):
        return None
    outputs = [
        forward(replace(trace.layer, output_padding=amount), trace.input, trace.weight, trace.bias)
        for amount in ((0, 0), one)
    ]
    name = "map.first" if len(trace.output) > 1 else "map"
    (rows, columns), (more_rows, more_columns) = (output.shape[1:] for output in outputs)
    names = [
        fill(TEMPLATES[name], {"amount": amount, "rows": output.shape[1], "columns": output.shape[2]})
        for amount, output in enumerate(outputs)
    ]
    places = {
        "height": trace.axes[0].length,
        "width": trace.axes[1].length,
        "rows": rows,
        "columns": columns,
        "more_rows": more_rows,
        "more_columns": more_columns,
    }
    maps = {name: output[0] for name, output in zip(names, outputs, strict=True)}
    return OutputPaddings(maps, fill(TEMPLATES["either"], places))
