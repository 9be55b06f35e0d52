"""What is said of the cells that stamps of a transposed layer reach: how often, how evenly, and which none reaches."""

from engine import TransposedAxis, TransposedTrace, periodic_overlaps, shows_period
from kinds.shared.window_words import listed

MOST_LISTED = 12
"""With more rows or columns that no stamp reaches, only the first ones, the last, and their number are given."""


def verdict(axis: TransposedAxis) -> str:
    """Say whether the stamps of one direction meet evenly away from the border, why, and whether that can be seen.

    >>> verdict(TransposedAxis(length=5, padding=0, kernel=3, stride=2, dilation=1, output_padding=0))
    '3 is not divisible by 2: away from the border the counts go 2, 1, 2, 1 …, a checkerboard.'
    >>> verdict(TransposedAxis(length=5, padding=0, kernel=4, stride=2, dilation=1, output_padding=0))
    '4 is divisible by 2: away from the border every cell is stamped 2 times.'
    >>> verdict(TransposedAxis(length=2, padding=0, kernel=3, stride=1, dilation=1, output_padding=0))
    '3 is divisible by 1: away from the border every cell is stamped 3 times. This input is too small to get there.'
    """
    counts = periodic_overlaps(axis.kernel, axis.stride, axis.dilation)
    pattern = _pattern(axis, counts)
    return pattern if shows_period(axis) else f"{pattern} This input is too small to get there."


def _pattern(axis: TransposedAxis, counts: tuple[int, ...]) -> str:
    kernel, stride = axis.kernel, axis.stride
    divides = f"{kernel} is {'not ' if kernel % stride else ''}divisible by {stride}"
    if len(set(counts)) == 1:
        times = "once" if counts[0] == 1 else f"{counts[0]} times"
        return f"{divides}: away from the border every cell is stamped {times}."
    why = divides if kernel % stride else f"{divides}, but the taps stand {axis.dilation} apart"
    again = ", ".join(map(str, counts * 2))
    return f"{why}: away from the border the counts go {again} …, a checkerboard{' with holes' * (0 in counts)}."


def unreached_sentence(trace: TransposedTrace) -> str:
    """Say which rows and columns of the output no stamp reaches, counted from 0, and what they hold; '' for none.

    >>> from engine import ConvTranspose2d, record
    >>> layer = ConvTranspose2d(1, 1, 2, stride=2, output_padding=(1, 0), bias=False)
    >>> unreached_sentence(record(layer, [[[5.0]]], [[[[1, 2], [3, 4]]]]))
    'No stamp reaches row 2 of the output (counted from 0): without a bias the output is 0 there.'
    """
    holds = "without a bias the output is 0 there" if trace.bias is None else "the output is only the bias there"
    if not trace.overlap_counts.any():
        return f"No stamp reaches any cell of the output: {holds}."
    rows, columns = (axis.unreached for axis in trace.axes)
    found = [_listed(rows, "row", "rows")] if rows else []
    found += [_listed(columns, "column", "columns")] if columns else []
    return f"No stamp reaches {' and '.join(found)} of the output (counted from 0): {holds}." if found else ""


def _listed(cells: tuple[int, ...], one: str, many: str) -> str:
    if len(cells) > MOST_LISTED:
        return f"{many} {', '.join(map(str, cells[:3]))}, …, {cells[-1]} ({len(cells)} in all)"
    return listed(cells, one, many)
