"""Numbers and the arithmetic of a step in words, as the page writes them."""

from dataclasses import replace
from math import isfinite, isnan

from exports.marks import Grid
from exports.steps import Act, Place, Stamps, Windows


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


def most_lines(act: Act) -> int:
    """How many lines of arithmetic a step of an act has at most."""
    has_total = act.channels > 1 or act.bias is not None or isinstance(act, Stamps)
    return 1 + act.channels + has_total


def arithmetic(act: Act, place: Place, grids: list[Grid]) -> list[str]:
    """What a step computes: where it stands, the terms of each channel, and the sum over the channels."""
    labels = {(grid.role, grid.channel): grid.label for grid in grids}

    def name(role: str, channel: int) -> str:
        return labels.get((role, channel), role)

    if isinstance(act, Stamps):
        return _gathered(act, place) if place.output >= 0 else _stamp(act, place)
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
    lines = [f"{output}[{row}, {column}]", *(_channel(act, place, channel) for channel in range(act.channels))]
    partial = act.arrays["partial"].reshape(act.filters, act.channels, act.positions)
    if act.channels > 1 or act.bias is not None:
        done = [c for c in range(act.channels) if act.is_channel_done(place, c)]
        terms = [_signed(float(partial[place.filter, c, place.position])) for c in done]
        terms += ["…"] if len(done) < act.channels else []
        terms += [] if act.bias is None else [f"{_signed(float(act.bias[place.filter]))} (bias)"]
        value = float(act.flat("output")[place.filter, place.position])
        lines.append(f"sum: {' + '.join(terms)} = {write_number(value) if act.is_complete(place) else '…'}")
    return lines


def _channel(act: Windows, place: Place, channel: int) -> str:
    """The terms of a channel as far as a place has reached, and their sum once it is complete."""
    source = act.firsts[place.filter] + channel
    padded = act.arrays["input"].reshape(-1, act.said["padded"][0] * act.said["padded"][1])
    terms = []
    for tap in range(act.taps):
        if not act.is_done(place, channel, tap):
            break
        value = float(padded[source, act.reads[place.position, tap]])
        if isnan(float(act.products[place.filter, channel, tap, place.position])):
            continue  # padding that a pooling layer does not count
        weight = None if act.kernel is None else float(act.kernel[place.filter, channel, tap])
        terms.append(write_number(value) if weight is None else f"{_signed(value)}×{_signed(weight)}")
    left, between, right = {
        "products": ("", " + ", ""),
        "max": ("max(", ", ", ")"),
        "mean": ("(", " + ", f") / {_divisor(act, place)}"),
    }[act.said["arithmetic"]]
    is_done = act.is_channel_done(place, channel)
    partial = act.arrays["partial"].reshape(act.filters, act.channels, act.positions)
    result = f" = {write_number(float(partial[place.filter, channel, place.position]))}" if is_done else ""
    head = f"channel {source}: " if act.channels > 1 or any(act.firsts) else ""
    return f"{head}{left}{between.join([*terms, *([] if is_done else ['…'])])}{right}{result}"


def _divisor(act: Windows, place: Place) -> str:
    divisors = act.arrays.get("divisors")
    return "" if divisors is None else write_number(float(divisors.reshape(-1)[place.position]))


def _numbered(name: str, number: int, count: int) -> str:
    return f"{name} {number}" if count > 1 else name


def _term(act: Stamps, place: Place, channel: int, position: int, tap: int) -> str:
    values = act.arrays["input"].reshape(-1, act.positions)
    weight = float(act.kernel[place.filter, channel, tap]) if act.kernel is not None else 0.0
    return f"{_signed(float(values[act.firsts[place.filter] + channel, position]))}×{_signed(weight)}"


def _stamp_channel(act: Stamps, place: Place, channel: int) -> str:
    return f"channel {act.firsts[place.filter] + channel}: " if act.inputs > 1 else ""


def _gathered(act: Stamps, place: Place) -> list[str]:
    """What an output is gathered from, channel by channel, and the sum of them and the bias."""
    row, column = divmod(place.output, act.said["shape"][1])
    lines = [f"{_numbered('output', place.filter, act.filters)}[{row}, {column}], gathered"]
    sums = act.arrays["partial"].reshape(act.filters, act.channels, -1)[place.filter, :, place.output].tolist()
    for channel, value in enumerate(sums):
        terms = " + ".join(_term(act, place, channel, position, tap) for position, tap in act.landing_on(place.cell))
        head = _stamp_channel(act, place, channel)
        lines.append(f"{head}{terms or 'no stamp reaches it'} = {write_number(value)}")
    if act.channels > 1 or act.bias is not None:
        bias = [] if act.bias is None else [f"{_signed(float(act.bias[place.filter]))} (bias)"]
        result = write_number(float(act.flat("output")[place.filter, place.output]))
        lines.append(f"sum: {' + '.join([*bias, *map(_signed, sums)])} = {result}")
    return lines


def _stamp(act: Stamps, place: Place) -> list[str]:
    """The products of a stamp, channel by channel, and where the one that was just made lands."""
    row, column = divmod(place.position, act.said["length"][1])
    source = "" if act.channels > 1 else _numbered("input", act.firsts[place.filter], act.inputs)
    on = f" on {_numbered('output', place.filter, act.filters)}" if act.filters > 1 else ""
    lines = [f"stamp of {source}[{row}, {column}]{on}"]
    for channel in range(act.channels):
        products = [
            f"{_term(act, place, channel, place.position, tap)} = {write_number(value)}"
            for tap, value in enumerate(act.products[place.filter, channel, :, place.position].tolist())
            if act.is_done(place, channel, tap)
        ]
        rest = [] if act.is_channel_done(place, channel) else ["…"]
        lines.append(_stamp_channel(act, place, channel) + ",  ".join([*products, *rest]))
    if place.grain == "multiply":
        lines.append(_landed(act, place))
    elif act.bias is not None:
        lines.append(f"the output starts from the bias, {write_number(float(act.bias[place.filter]))}")
    return lines


def _landed(act: Stamps, place: Place) -> str:
    """Where the product just made lands, and what was there before."""
    cell = int(act.landings[place.position, place.tap])
    output = int(act.arrays["outputs"].flat[cell])
    row, column = divmod(output, act.said["shape"][1])
    where = "cropped cell" if output < 0 else f"{_numbered('output', place.filter, act.filters)}[{row}, {column}]"
    before, after = act.running(replace(place, tap=place.tap - 1), cell), act.running(place, cell)
    result = write_number(float(after if after is not None else 0))
    if before is None:
        return f"lands on {where}: {result}"
    first, _ = next(act.landing_on(cell))
    is_bias = act.bias is not None and first == place.position and place.channel == 0
    product = float(act.products[place.filter, place.channel, place.tap, place.position])
    start = write_number(before) + (" (bias)" if is_bias else "")
    return f"lands on {where}: {start} + {_signed(product)} = {result}"
