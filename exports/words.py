"""Numbers and the arithmetic of a step in words, as the page writes them."""

from collections.abc import Callable
from math import isfinite, isnan

from exports.marks import Grid
from exports.steps import Act, Place, Stamps, Windows

Names = Callable[[str, int], str]
"""What a grid of a role and a channel is called."""


def write_number(value: float, digits: int = 6) -> str:
    """A value with at most so many significant digits and a real minus sign; whole numbers in full.

    >>> write_number(-2.0), write_number(0.333333333)
    ('−2', '0.333333')
    """
    if not isfinite(value):
        return "−∞" if value < 0 else "∞"
    return (str(int(value)) if value == int(value) else f"{value:.{digits}g}").replace("-", "−")


def write_short(value: float) -> str:
    """A value short enough for a cell: whole numbers in full, others with two decimals, or one digit."""
    if not isfinite(value) or value == int(value):
        return write_number(value)
    size = abs(value)
    text = f"{value:.4g}" if size >= 1000 else f"{value:.2f}" if size >= 0.005 else f"{value:.1g}"
    return text.replace("-", "−")


def arithmetic(act: Act, place: Place, grids: list[Grid]) -> list[str]:
    """What a step computes: where it stands, the terms of the channel it has reached, and the sum over the channels."""
    labels = {(grid.role, grid.channel): grid.label for grid in grids}

    def name(role: str, channel: int) -> str:
        return labels.get((role, channel), role)

    if isinstance(act, Stamps):
        return _stamped(act, place, name)
    return _windowed(act, place, name(_made(act, grids), place.filter)) if isinstance(act, Windows) else []


def _made(act: Act, grids: list[Grid]) -> str:
    """The role of the grids that an act fills: those between two layers, where its own outputs are not shown."""
    roles = {grid.role for grid in grids if grid.role == "middle" or (grid.role == "output" and grid.act == act.index)}
    return "middle" if roles == {"middle"} else "output"


def _signed(value: float) -> str:
    text = write_number(value)
    return f"({text})" if text.startswith("−") else text


def _windowed(act: Windows, place: Place, output: str) -> list[str]:
    row, column = divmod(place.position, act.columns)
    lines = [f"{output}[{row}, {column}]", _channel(act, place)]
    partial = act.arrays["partial"].reshape(act.filters, act.channels, act.positions)
    if act.channels > 1 or act.bias is not None:
        done = [c for c in range(act.channels) if act.is_channel_done(place, c)]
        terms = [_signed(float(partial[place.filter, c, place.position])) for c in done]
        terms += ["…"] if len(done) < act.channels else []
        terms += [] if act.bias is None else [f"{_signed(float(act.bias[place.filter]))} (bias)"]
        value = float(act.flat("output")[place.filter, place.position])
        lines.append(f"sum: {' + '.join(terms)} = {write_number(value) if act.is_complete(place) else '…'}")
    return lines


def _channel(act: Windows, place: Place) -> str:
    """The terms of the channel that a place has reached, and their sum once it is complete."""
    source = act.firsts[place.filter] + place.channel
    padded = act.arrays["input"].reshape(-1, act.said["padded"][0] * act.said["padded"][1])
    terms = []
    for tap in range(place.tap + 1):
        value = float(padded[source, act.reads[place.position, tap]])
        if isnan(float(act.products[place.filter, place.channel, tap, place.position])):
            continue  # padding that a pooling layer does not count
        weight = None if act.kernel is None else float(act.kernel[place.filter, place.channel, tap])
        terms.append(write_number(value) if weight is None else f"{_signed(value)}×{_signed(weight)}")
    left, between, right = {
        "products": ("", " + ", ""),
        "max": ("max(", ", ", ")"),
        "mean": ("(", " + ", f") / {_divisor(act, place)}"),
    }[act.said["arithmetic"]]
    is_done = act.is_channel_done(place, place.channel)
    partial = act.arrays["partial"].reshape(act.filters, act.channels, act.positions)
    result = f" = {write_number(float(partial[place.filter, place.channel, place.position]))}" if is_done else ""
    head = f"channel {source}: " if act.channels > 1 or any(act.firsts) else ""
    return f"{head}{left}{between.join([*terms, *([] if is_done else ['…'])])}{right}{result}"


def _divisor(act: Windows, place: Place) -> str:
    divisors = act.arrays.get("divisors")
    return "" if divisors is None else write_number(float(divisors.reshape(-1)[place.position]))


def _stamped(act: Stamps, place: Place, name: Names) -> list[str]:
    source = act.firsts[place.filter] + place.channel
    values = act.arrays["input"].reshape(-1, act.positions)

    def term(position: int, tap: int) -> str:
        weight = float(act.kernel[place.filter, place.channel, tap]) if act.kernel is not None else 0.0
        return f"{_signed(float(values[source, position]))}×{_signed(weight)}"

    if place.output >= 0:
        row, column = divmod(place.output, act.said["shape"][1])
        terms = " + ".join(term(position, tap) for position, tap in act.landing_on(place.cell))
        value = float(act.flat("output")[place.filter, place.output])
        shown = f"{terms or 'no stamp reaches it'} = {write_number(value)}"
        several = f"a sum over {act.channels} channels = {write_number(value)}"
        return [f"{name('output', place.filter)}[{row}, {column}], gathered", several if act.channels > 1 else shown]
    row, column = divmod(place.position, act.said["length"][1])
    made = act.products[place.filter, place.channel, : place.tap + 1, place.position].tolist()
    products = [f"{term(place.position, tap)} = {write_number(value)}" for tap, value in enumerate(made)]
    return [f"stamp of {name('input', source)}[{row}, {column}]", ",  ".join(products)]
