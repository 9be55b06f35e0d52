"""What moves at a step of a transposed layer: the stamp, where it lands, and the outputs so far."""

from collections.abc import Iterator

from exports.marks import ByRole, Fill, Frame, Grid, Label, Mark
from exports.steps import Place, Stamps


def stamp_marks(act: Stamps, grids: ByRole, place: Place) -> Iterator[Mark]:
    """What an act shows at a place."""
    landings = list(act.landing_on(place.cell)) if place.output >= 0 else [(place.position, t) for t in range(act.taps)]
    yield from _stamped_maps(act, grids, place)
    for number in range(act.inputs):
        channel = act.channel_of(place, number)
        yield from _stamp_arithmetic(act, grids, place, number, channel, landings)
        if channel >= 0:
            yield from _input_frames(act, grids, place, number, channel, landings)
    for grid in grids.get("bias", ()):
        yield Fill(grid, 0, None if act.bias is None else float(act.bias[place.filter]), act.ends["sums"])
    yield from _landing_frames(act, grids, place, landings)
    for grid in grids.get("matrix", ()):
        yield from _matrix_frames(act, grid, place, landings)


def _input_frames(
    act: Stamps, grids: ByRole, place: Place, number: int, channel: int, landings: list[tuple[int, int]]
) -> Iterator[Mark]:
    """What a channel gives: the input that stamps, or all that an output is gathered from, and the weights it meets."""
    is_now = place.grain != "multiply" or channel == place.channel
    kind = "now" if is_now else "tap" if channel < place.channel else "later"

    def of(role: str) -> list[Grid]:
        return grids.get(role, [])[number : number + 1]

    for position in sorted({position for position, _ in landings}):
        yield from (Frame(grid, position, kind) for grid in of("input"))
        yield from (Frame(grid, number * act.positions + position, kind) for grid in grids.get("flat_input", ()))
        spread = int(act.arrays["spread"][position]) if "spread" in act.arrays else -1
        if place.output < 0 and spread >= 0:  # below 0, padding has cropped it
            yield from (Frame(grid, spread, kind) for grid in of("zero_inserted"))
    if place.output >= 0:
        met = [tap for _, tap in landings]
        for grid in of("zero_inserted"):
            reads = act.arrays["reads"].reshape(-1, act.taps)[place.output].tolist()
            yield from (Frame(grid, cell, "tap") for cell in reads)
            yield Frame(grid, reads[0], "now", *act.window)
    else:
        met = [place.tap] if place.grain == "multiply" and is_now else []
    for tap in met:
        yield from (Frame(grid, tap, "now") for grid in of("kernel"))
        yield from (Frame(grid, act.taps - 1 - tap, "now") for grid in of("turned"))


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
    """Where a stamp lands, or the output that is gathered."""
    outputs = act.arrays["outputs"].reshape(-1)

    def frame(cell: int, kind: str) -> Iterator[Mark]:
        output = int(outputs[cell])
        yield from (Frame(grid, cell, kind) for grid in grids.get("uncropped", ())[place.filter : place.filter + 1])
        if output >= 0:
            yield from (Frame(grid, output, kind) for grid in grids.get("output", ())[place.filter : place.filter + 1])
            yield from (Frame(grid, place.filter * act.outputs + output, kind) for grid in grids.get("flat_output", ()))

    if place.output >= 0:
        yield from frame(place.cell, "now")
        return
    for _, tap in landings:
        yield from frame(int(act.landings[place.position, tap]), "tap")
    for grid in grids.get("uncropped", ())[place.filter : place.filter + 1]:
        yield Frame(grid, int(act.landings[place.position, 0]), "now", *act.window)
    if place.grain == "multiply":
        yield from frame(int(act.landings[place.position, place.tap]), "now")


def _matrix_frames(act: Stamps, grid: Grid, place: Place, landings: list[tuple[int, int]]) -> Iterator[Mark]:
    """The entries of the matrix that a step multiplies by, and the column of each input, or the row of the output."""
    outputs = act.arrays["outputs"].reshape(-1)
    top = place.filter * act.outputs
    if place.grain == "multiply":
        channels, landings = [place.channel], [(place.position, place.tap)]
    else:
        channels = list(range(act.channels))
    for channel in channels:
        left = (act.firsts[place.filter] + channel) * act.positions
        for position, tap in landings:
            output = place.output if place.output >= 0 else int(outputs[act.landings[position, tap]])
            if output >= 0:
                yield Frame(grid, (top + output) * grid.columns + left + position, "tap")
        if place.output < 0:
            yield Frame(grid, top * grid.columns + left + place.position, "now", act.outputs)
    if place.output >= 0:
        yield Frame(grid, (top + place.output) * grid.columns, "now", 1, grid.columns)
