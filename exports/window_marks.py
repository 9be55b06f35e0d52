"""What moves at a step of a layer whose windows are read: window, kernel, products, sums, and the outputs so far."""

from collections.abc import Iterator

from exports.marks import ByRole, Fill, Frame, Grid, Label, Mark, Ring
from exports.steps import Place, Windows


def window_marks(act: Windows, grids: ByRole, place: Place, is_now: bool) -> Iterator[Mark]:
    """What an act shows at a place; `is_now` while it is the one that plays."""
    for number, source in enumerate(grids.get("input", ())):
        channel = act.channel_of(place, number)
        yield from _arithmetic(act, grids, place, number, channel)
        if is_now and channel >= 0:
            yield from _window(act, place, source, "later" if channel > place.channel else "now")
    yield from _totals(act, grids, place)
    made = act.made(place)
    for filter_, grid in enumerate(grids.get("output", ())):
        yield from _output(act, grid, filter_, made)
    yield from _matrices(act, grids, place, made, is_now)
    if not is_now:
        return
    for grid in grids.get("output", ())[place.filter : place.filter + 1]:
        yield Frame(grid, _output_cell(act, grid, place.position), "now")
    if place.grain == "tap":
        number = act.firsts[place.filter] + place.channel
        for role, cell in (("kernel", place.tap), ("input", int(act.reads[place.position, place.tap]))):
            yield from (Frame(grid, cell, "now") for grid in grids.get(role, ())[number : number + 1])
    yield from _chosen(act, grids, place)


def _window(act: Windows, place: Place, source: Grid, kind: str) -> Iterator[Mark]:
    reads = act.reads[place.position]
    first, last = divmod(int(reads[0]), source.columns), divmod(int(reads[-1]), source.columns)
    yield from (Frame(source, int(cell), "tap") for cell in reads)
    yield Frame(source, int(reads[0]), kind, last[0] - first[0] + 1, last[1] - first[1] + 1)


def _arithmetic(act: Windows, grids: ByRole, place: Place, number: int, channel: int) -> Iterator[Mark]:
    """The kernel, the products and the sum of one channel; nothing where the filter does not read it."""
    is_read = channel >= 0
    for grid in grids.get("kernel", ())[number : number + 1]:
        if act.filters > 1:
            yield Label(grid, f"filter {place.filter}" if is_read else "kernel")
        for tap in range(act.taps):
            weight = float(act.kernel[place.filter, channel, tap]) if is_read and act.kernel is not None else None
            yield Fill(grid, tap, weight, act.ends["kernel"])
    for grid in grids.get("products", ())[number : number + 1]:
        for tap in range(act.taps):
            is_done = is_read and act.is_done(place, channel, tap)
            value = float(act.products[place.filter, channel, tap, place.position]) if is_done else None
            yield Fill(grid, tap, value, act.ends["products"])
    for grid in grids.get("partial", ())[number : number + 1]:
        is_done = is_read and act.is_channel_done(place, channel)
        partial = act.arrays["partial"].reshape(act.filters, act.channels, act.positions)
        yield Fill(
            grid, 0, float(partial[place.filter, channel, place.position]) if is_done else None, act.ends["sums"]
        )


def _totals(act: Windows, grids: ByRole, place: Place) -> Iterator[Mark]:
    bias = None if act.bias is None else float(act.bias[place.filter])
    for role, value in (("sum", act.sum_so_far(place)), ("bias", bias)):
        cells = grids.get(role, [])
        for index, grid in enumerate(cells):
            yield Fill(grid, 0, value if len(cells) == 1 or index == act.group(place) else None, act.ends["sums"])


def _output_cell(act: Windows, grid: Grid, position: int) -> int:
    row, column = divmod(position, act.columns)
    cell: int = (row + act.top) * grid.columns + act.left + column
    return cell


def _output(act: Windows, grid: Grid, filter_: int, made: int) -> Iterator[Mark]:
    values = act.flat("output")[filter_]
    for position in range(act.positions):
        is_made = filter_ * act.positions + position < made
        cell = _output_cell(act, grid, position)
        yield Fill(grid, cell, float(values[position]) if is_made else None, act.ends["output"])


def _matrices(act: Windows, grids: ByRole, place: Place, made: int, is_now: bool) -> Iterator[Mark]:
    """The row and the column of the step in the matrices of the layer, and what no step has reached."""
    out = place.filter * act.positions + place.position
    across = act.channels * act.taps
    output = act.arrays["output"].reshape(-1)
    for role in ("maps", "flat_output"):
        for grid in grids.get(role, ()):
            for cell, value in enumerate(output):
                yield Fill(grid, cell, float(value) if cell < made else None, act.ends["output"])
            if is_now:
                yield Frame(grid, out, "now")
    for grid in grids.get("columns", ()):
        seen = act.positions if place.filter else place.position + 1
        for cell, value in enumerate(act.arrays["columns"].reshape(-1)):
            yield Fill(grid, cell, float(value) if cell % act.positions < seen else None, act.ends["columns"])
        if is_now:
            yield Frame(grid, place.position, "now", grid.rows)
    if not is_now:
        return
    yield from (Frame(grid, place.filter * grid.columns, "now", 1, across) for grid in grids.get("weights", ()))
    yield from (Frame(grid, out * grid.columns, "now", 1, grid.columns) for grid in grids.get("matrix", ()))


def _chosen(act: Windows, grids: ByRole, place: Place) -> Iterator[Mark]:
    """The value that is the largest of its window, once that is read."""
    if "chosen" not in act.arrays or not act.is_complete(place):
        return
    tap = int(act.arrays["chosen"].reshape(-1)[place.filter * act.positions + place.position])
    for role, cell in (("products", tap), ("input", int(act.reads[place.position, tap]))):
        yield from (Ring(grid, cell) for grid in grids.get(role, ())[place.filter : place.filter + 1])
