"""What moves at a step of a transposed layer: the stamp, where it lands, and the outputs so far."""

from collections.abc import Iterator

from exports.marks import ByRole, Fill, Frame, Label, Mark
from exports.steps import Place, Stamps


def stamp_marks(act: Stamps, grids: ByRole, place: Place) -> Iterator[Mark]:
    """What an act shows at a place."""
    landings = list(act.landing_on(place.cell)) if place.output >= 0 else [(place.position, t) for t in range(act.taps)]
    is_product = place.grain == "multiply"
    yield from _stamped_maps(act, grids, place)
    for number, source in enumerate(grids.get("input", ())):
        channel = act.channel_of(place, number)
        yield from _stamp_arithmetic(act, grids, place, number, channel, landings)
        if channel >= 0 and (not is_product or channel == place.channel):
            yield from (Frame(source, position, "now") for position in {position for position, _ in landings})
    for grid in grids.get("bias", ()):
        yield Fill(grid, 0, None if act.bias is None else float(act.bias[place.filter]), act.ends["sums"])
    yield from _landing_frames(act, grids, place, landings)


def _stamp_arithmetic(
    act: Stamps, grids: ByRole, place: Place, number: int, channel: int, landings: list[tuple[int, int]]
) -> Iterator[Mark]:
    made: dict[int, float] = {
        tap: float(act.products[place.filter, channel, tap, position])
        for position, tap in landings
        if channel >= 0 and act.is_done(place, channel, tap)
    }
    for role, is_turned in (("kernel", False), ("turned", True)):
        for grid in grids.get(role, ())[number : number + 1]:
            if act.filters > 1 and not is_turned:
                yield Label(grid, f"kernel → {place.filter}")
            for tap in range(act.taps):
                weight = (
                    float(act.kernel[place.filter, channel, tap]) if channel >= 0 and act.kernel is not None else None
                )
                yield Fill(grid, act.taps - 1 - tap if is_turned else tap, weight, act.ends["kernel"])
    for role, is_turned in (("products", False), ("turned_products", True)):
        for grid in grids.get(role, ())[number : number + 1]:
            yield Label(grid, "gathered" if place.output >= 0 and not is_turned else grid.label)
            for tap in range(act.taps):
                yield Fill(grid, act.taps - 1 - tap if is_turned else tap, made.get(tap), act.ends["products"])


def _stamped_maps(act: Stamps, grids: ByRole, place: Place) -> Iterator[Mark]:
    """Every output map: complete, being stamped, or to come."""
    complete = place.filter + (1 if act.is_map_complete(place) else 0)
    inner = [int(cell) for cell in act.arrays["cells"].reshape(-1)]

    def value(filter_: int, name: str, index: int, cell: int) -> float | None:
        if filter_ < complete:
            return float(act.flat(name)[filter_, index])
        return act.shown(place, cell) if filter_ == place.filter else None

    end = act.ends["sums"]
    for filter_, grid in enumerate(grids.get("uncropped", ())):
        for cell in range(grid.rows * grid.columns):
            yield Fill(grid, cell, value(filter_, "uncropped", cell, cell), end)
    for filter_, grid in enumerate(grids.get("output", ())):
        yield from (Fill(grid, index, value(filter_, "output", index, cell), end) for index, cell in enumerate(inner))
    for grid in grids.get("flat_output", ()):
        for filter_ in range(act.filters):
            for index, cell in enumerate(inner):
                yield Fill(grid, filter_ * act.outputs + index, value(filter_, "output", index, cell), end)


def _landing_frames(act: Stamps, grids: ByRole, place: Place, landings: list[tuple[int, int]]) -> Iterator[Mark]:
    """Where a stamp lands, or the output that is gathered; and in the matrix the column, or the row."""
    outputs = act.arrays["outputs"].reshape(-1)
    first = act.firsts[place.filter] * act.positions

    def frame(cell: int, kind: str) -> Iterator[Mark]:
        output = int(outputs[cell])
        yield from (Frame(grid, cell, kind) for grid in grids.get("uncropped", ())[place.filter : place.filter + 1])
        if output >= 0:
            yield from (Frame(grid, output, kind) for grid in grids.get("output", ())[place.filter : place.filter + 1])
            yield from (Frame(grid, place.filter * act.outputs + output, kind) for grid in grids.get("flat_output", ()))

    for grid in grids.get("matrix", ()):
        if place.output >= 0:
            yield Frame(grid, (place.filter * act.outputs + place.output) * grid.columns, "now", 1, grid.columns)
        else:
            yield Frame(grid, place.filter * act.outputs * grid.columns + first + place.position, "now", act.outputs)
    if place.output >= 0:
        yield from frame(place.cell, "now")
        return
    for _, tap in landings:
        yield from frame(int(act.landings[place.position, tap]), "tap")
    if place.grain == "multiply":
        yield from frame(int(act.landings[place.position, place.tap]), "now")
