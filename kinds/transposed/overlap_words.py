"""What is said of the cells that stamps of a transposed layer reach: how often, how evenly, and which none reaches."""

from dataclasses import replace

from engine import (
    TransposedAxis,
    TransposedTrace,
    TransposedUpsampling,
    checkerboard,
    periodic_overlaps,
    phase_sums,
    shows_period,
)
from engine.arrays import Floats
from engine.messages import Templates, fill
from kinds.shared.window_words import number_of
from stage.number_text import write_short

TEMPLATES: Templates = {
    "even": "{kernel} is divisible by {stride}: away from the border every cell is stamped {times} times.",
    "even.once": "{kernel} is divisible by {stride}: away from the border every cell is stamped once.",
    "uneven": ("{kernel} is not divisible by {stride}: away from the border the counts go {counts:list} …, unevenly."),
    "uneven.holes": (
        "{kernel} is not divisible by {stride}: away from the border the counts go {counts:list} …, unevenly "
        "and with holes."
    ),
    "uneven.dilated": (
        "{kernel} is divisible by {stride}, but the taps stand {dilation} apart: away from the border the counts go "
        "{counts:list} …, unevenly and with holes."
    ),
    "too_small": "This input is too small to get there.",
    "unreached": ("No stamp reaches {cells} of the output (counted from 0): without a bias the output is 0 there."),
    "unreached.bias": "No stamp reaches {cells} of the output (counted from 0): the output is only the bias there.",
    "unreached.all": "No stamp reaches any cell of the output: without a bias the output is 0 there.",
    "unreached.all.bias": "No stamp reaches any cell of the output: the output is only the bias there.",
    "condition": (
        "**Whether it shows is up to the weights.** Cells that are a stride apart have one phase, and those of a phase "
        "get the same weights. Where the sums of these differ, an even input becomes a checkerboard."
    ),
    "sums.same": "In each phase the weights add up to {sum}: **no checkerboard**, however the stamps overlap.",
    "sums.differ": (
        "The weights add up to {least} in one phase and to {most} in another: **a checkerboard of {number}**, the "
        "largest sum less the smallest."
    ),
    "sums.map": "sum of weights by phase",
    "sums.map.of": "sum of weights by phase, output map {channel} of {count}",
    "cells.row": "row {cells:and}",
    "cells.rows": "rows {cells:and}",
    "cells.rows.many": "rows {first:list}, …, {last} ({count} in all)",
    "cells.column": "column {cells:and}",
    "cells.columns": "columns {cells:and}",
    "cells.columns.many": "columns {first:list}, …, {last} ({count} in all)",
    "cells.both": "{rows} and {columns}",
}
"""The English catalogue."""

MOST_LISTED = 12
"""With more rows or columns that no stamp reaches, only the first ones, the last, and their number are given."""


def verdict(axis: TransposedAxis) -> str:
    """Say whether the stamps of one direction meet evenly away from the border, why, and whether that can be seen.

    >>> verdict(TransposedAxis(length=5, before=0, after=0, kernel=3, stride=2, dilation=1, output_padding=0))
    '3 is not divisible by 2: away from the border the counts go 2, 1, 2, 1 …, unevenly.'
    >>> verdict(TransposedAxis(length=5, before=0, after=0, kernel=4, stride=2, dilation=1, output_padding=0))
    '4 is divisible by 2: away from the border every cell is stamped 2 times.'
    >>> verdict(TransposedAxis(length=2, before=0, after=0, kernel=3, stride=1, dilation=1, output_padding=0))
    '3 is divisible by 1: away from the border every cell is stamped 3 times. This input is too small to get there.'
    """
    counts = periodic_overlaps(axis.kernel, axis.stride, axis.dilation)
    pattern = _pattern(axis, counts)
    return pattern if shows_period(axis) else f"{pattern} {TEMPLATES['too_small']}"


def _pattern(axis: TransposedAxis, counts: tuple[int, ...]) -> str:
    if len(set(counts)) == 1:
        key = "even.once" if counts[0] == 1 else "even"
    elif axis.kernel % axis.stride == 0:  # by the dilation, which then leaves cells out
        key = "uneven.dilated"
    else:
        key = "uneven.holes" if 0 in counts else "uneven"
    places = {"kernel": axis.kernel, "stride": axis.stride, "dilation": axis.dilation, "times": counts[0]}
    return fill(TEMPLATES[key], places | {"counts": counts * 2})


def phases(trace: TransposedTrace) -> Floats:
    """The sums of weights by phase, (out_channels, *stride): what an input of ones becomes far from the border.

    >>> from engine import ConvTranspose2d, record
    >>> phases(record(ConvTranspose2d(1, 1, 2, stride=(1, 2), bias=False), [[[5.0]]], [[[[1, 2], [3, 4]]]])).tolist()
    [[[4.0, 6.0]]]
    """
    return phase_sums([TransposedUpsampling(replace(trace.layer, bias=False), trace.weight)])


def sums_sentence(sums: Floats) -> str:
    """Say whether one map of sums by phase makes a checkerboard.

    >>> import numpy as np
    >>> sums_sentence(np.array([[4.0, 6.0]]))[:65]
    'The weights add up to 4 in one phase and to 6 in another: **a che'
    """
    number = checkerboard(sums)
    if not number:
        return fill(TEMPLATES["sums.same"], {"sum": write_short(round(float(sums.flat[0]), 9))})
    least, most, spread = (write_short(round(float(one), 9)) for one in (sums.min(), sums.max(), number))
    return fill(TEMPLATES["sums.differ"], {"least": least, "most": most, "number": spread})


def unreached_sentence(trace: TransposedTrace) -> str:
    """Say which rows and columns of the output no stamp reaches, counted from 0, and what they hold; '' for none.

    >>> from engine import ConvTranspose2d, record
    >>> layer = ConvTranspose2d(1, 1, 2, stride=2, output_padding=(1, 0), bias=False)
    >>> unreached_sentence(record(layer, [[[5.0]]], [[[[1, 2], [3, 4]]]]))
    'No stamp reaches row 2 of the output (counted from 0): without a bias the output is 0 there.'
    """
    bias = [] if trace.bias is None else ["bias"]
    if not trace.overlap_counts.any():
        return TEMPLATES[".".join(("unreached", "all", *bias))]
    rows, columns = (axis.unreached for axis in trace.axes)
    if not rows and not columns:
        return ""
    cells = _named(rows, "row", "rows") or _named(columns, "column", "columns")
    if rows and columns:
        cells = fill(TEMPLATES["cells.both"], {"rows": cells, "columns": _named(columns, "column", "columns")})
    return fill(TEMPLATES[".".join(("unreached", *bias))], {"cells": cells})


def _named(cells: tuple[int, ...], one: str, several: str) -> str:
    """Rows or columns in words, '' where there are none."""
    if not cells:
        return ""
    many = ["many"] if len(cells) > MOST_LISTED else []
    places = {"cells": cells, "first": cells[:3], "last": cells[-1], "count": len(cells)}
    return fill(TEMPLATES[".".join(("cells", *number_of(cells, one, several), *many))], places)
