"""The lines of a layer in groups, from the sums of each group to the output maps that its filters make.

They pass through lanes that nothing else stands in: one under each row of channels, one under each row of output maps,
and a trunk that joins the two. In a lane each group has a track of its own, so that no line lies on another one.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil

from stage.scene import GridRole, PlacedGrid, Point, Wire

_TRACKS_PER_CELL = 4


def lane_rows(groups: int) -> float:
    """How many rows, in half cells, a lane needs for the tracks of so many groups.

    >>> [lane_rows(groups) for groups in (0, 1, 2, 4)]
    [0.0, 0.5, 1.0, 1.5]
    """
    return ceil(2 * (groups + 1) / _TRACKS_PER_CELL) / 2 if groups else 0.0


def trunk_columns(groups: int, gap: int) -> int:
    """How many columns the trunk needs where grids stand so far apart; there is none where there is one group.

    >>> [trunk_columns(groups, gap=1) for groups in (1, 2, 4, 8)]
    [0, 1, 1, 2]
    """
    return ceil(groups / _TRACKS_PER_CELL) + gap - 1 if groups > 1 else 0


@cache
def most_groups(channels: int, groups: int, columns: int, besides: int = 0) -> int:
    """Of how many groups there are channels in one row of so many columns, in the row that has most of them.

    The last channels of a row, `besides` of them, do not count. Without groups there are none.

    >>> most_groups(channels=4, groups=2, columns=4), most_groups(4, 2, 2), most_groups(4, 2, 1, besides=1)
    (2, 1, 0)
    """
    if groups == 1:
        return 0
    rows = (range(start, min(start + columns, channels)) for start in range(0, channels, columns))
    return max(len({channel * groups // channels for channel in row[: len(row) - besides]}) for row in rows)


def wires(
    grids: Sequence[PlacedGrid], groups: int, trunk: range, channel_columns: int, output_columns: int
) -> tuple[Wire, ...]:
    """The lines of each group between grids that stand in rows of so many columns; `trunk` has the trunk's columns."""
    if groups == 1:
        return ()
    inputs = [grid for grid in grids if grid.role is GridRole.INPUT]
    outputs = [grid for grid in grids if grid.role is GridRole.OUTPUT]
    sums = [grid for grid in grids if grid.role is GridRole.PARTIAL]
    first = trunk.stop - ceil(groups / _TRACKS_PER_CELL) + 0.4  # labels of sums reach into the trunk on its left
    found = []
    for group in range(groups):
        x = first + group * (trunk.stop - 0.1 - first) / (groups - 1)
        ins = [
            _from_sum(grid, inputs, grids, channel_columns, x) for grid in sums if inputs[grid.channel].group == group
        ]
        outs = [_to_output(grid, outputs, output_columns, x) for grid in outputs if grid.group == group]
        found.append(Wire(group, (*((*line, *outs[0]) for line in ins), *((*ins[0], *line) for line in outs[1:]))))
    return tuple(found)


def _from_sum(
    total: PlacedGrid, inputs: Sequence[PlacedGrid], grids: Sequence[PlacedGrid], columns: int, x: float
) -> tuple[Point, ...]:
    """From a sum to the trunk at x: to its right where it is the last of its row, else under the channels after it."""
    row = _row(inputs, columns, total.channel)
    if inputs[total.channel] is row[-1]:
        return (total.x + 1, total.y + 0.5), (x, total.y + 0.5)
    channels = {grid.channel for grid in row}
    besides = {GridRole.OUTPUT, GridRole.SUM, GridRole.BIAS}
    lane = max(grid.y + grid.rows for grid in grids if grid.channel in channels and grid.role not in besides)
    # the groups on the left run below those on their right, whose lines come down beside them
    y = lane + (_track(row[-2::-1], inputs[total.channel].group) + 1) / _TRACKS_PER_CELL
    return (total.x + 0.5, total.y + 1), (total.x + 0.5, y), (x, y)


def _to_output(output: PlacedGrid, outputs: Sequence[PlacedGrid], columns: int, x: float) -> tuple[Point, ...]:
    """From the trunk at x to an output map, into its lower edge."""
    row = _row(outputs, columns, output.channel)
    bottom = output.y + output.rows
    # the groups beside the trunk run above those that are further from it; all between the tracks of channels, which
    # may come to the trunk at the same height
    y = bottom + (_track(row if x < output.x else row[::-1], output.group) + 1.5) / _TRACKS_PER_CELL
    middle = output.x + output.columns / 2
    return (x, y), (middle, y), (middle, bottom)


def _row(grids: Sequence[PlacedGrid], columns: int, channel: int) -> Sequence[PlacedGrid]:
    start = channel // columns * columns
    return grids[start : start + columns]


def _track(row: Sequence[PlacedGrid], group: int | None) -> int:
    """The number of a group among those of a row, in its order."""
    return list(dict.fromkeys(grid.group for grid in row)).index(group)
