"""What the player looks up and writes, reckoned here by loops over the definition of a layer, and with Decimal."""

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import AvgPool2d, Conv2d, ConvTranspose2d, MaxPool2d, record
from kinds.pooling.play import pooling_stage
from kinds.separable.play import separable_stage
from kinds.transposed.play import transposed_stage
from stage.palette import NEUTRALS, palette
from stage.stages import windows_stage
from stage.wire import to_wire

Floats = NDArray[np.float64]
Step = dict[str, Any]
SEED = np.random.default_rng(20)

CONVOLUTIONS = {
    "two channels, every argument": Conv2d(2, 3, (2, 3), stride=(1, 2), padding=(1, 0), dilation=(1, 2)),
    "groups": Conv2d(4, 4, 2, groups=2, bias=False),
    "one by one": Conv2d(1, 1, 1, bias=False),
}
TRANSPOSED = {
    "overlapping, cropped": ConvTranspose2d(1, 2, 3, stride=2, padding=1, output_padding=1),
    "groups, dilation": ConvTranspose2d(4, 2, (2, 1), stride=(1, 2), dilation=(2, 1), groups=2, bias=False),
    "gaps": ConvTranspose2d(2, 1, 1, stride=2),
}


def pair(value: Any) -> tuple[int, int]:
    """Return rows and columns of an argument that may be one number for both."""
    rows, columns = np.broadcast_to(value, 2).tolist()
    return rows, columns


def digits(*shape: int) -> Floats:
    return SEED.integers(-4, 5, shape).astype(float)


def windows_steps(x: Floats, weight: Floats, bias: Floats | None, layer: Conv2d, first: int = 0) -> Iterator[Step]:
    """Yield every multiply of a convolution in order, and what is known once it is done; `first` were done before."""
    (top, left), (down, across), (apart, aside) = map(pair, (layer.padding, layer.stride, layer.dilation))
    padded = np.pad(x, ((0, 0), (top, top), (left, left)))
    filters, channels, rows, columns = weight.shape
    height = (padded.shape[1] - apart * (rows - 1) - 1) // down + 1
    width = (padded.shape[2] - aside * (columns - 1) - 1) // across + 1
    own = filters // layer.groups
    done = first
    for filter_, y, x_ in product(range(filters), range(height), range(width)):
        total, running = 0.0, None
        for channel in range(channels):
            partial = 0.0
            for tap, (i, j) in enumerate(product(range(rows), range(columns))):
                value = padded[filter_ // own * channels + channel, y * down + i * apart, x_ * across + j * aside]
                partial += value * weight[filter_, channel, i, j]
                done += 1
                is_whole = tap == rows * columns - 1
                if is_whole:
                    total = running = total + partial
                is_complete = is_whole and channel == channels - 1
                yield {
                    "filter": filter_,
                    "position": y * width + x_,
                    "channel": channel,
                    "tap": tap,
                    "product": value * weight[filter_, channel, i, j],
                    "partial": partial if is_whole else None,
                    "running": running,
                    "complete": is_complete,
                    "output": total + (0.0 if bias is None else float(bias[filter_])) if is_complete else None,
                    "multiplies": done,
                }


def by_granularity(steps: list[Step]) -> dict[str, list[Step]]:
    """Return the steps of each granularity: the last multiplies of every output, of every channel, and all."""
    return {
        "output": [step for step in steps if step["complete"]],
        "channel": [step for step in steps if step["partial"] is not None],
        "tap": steps,
    }


def with_layer(steps: list[Step], layer: int) -> list[Step]:
    return [{"layer": layer, **step} for step in steps]


def windows_tables() -> list[dict[str, Any]]:
    found = []
    for name, layer in CONVOLUTIONS.items():
        x = digits(layer.in_channels, 4, 6)
        weight = digits(layer.out_channels, layer.in_channels // layer.groups, *pair(layer.kernel_size))
        bias = digits(layer.out_channels) if layer.bias else None
        steps = with_layer(list(windows_steps(x, weight, bias, layer)), 0)
        layers = to_wire(windows_stage(record(layer, x, weight, bias)))["layers"]
        found.append({"name": name, "layers": layers, "steps": by_granularity(steps)})
    return [*found, separable_table()]


def separable_table() -> dict[str, Any]:
    depthwise, pointwise = Conv2d(2, 4, 2, groups=2), Conv2d(4, 3, 1, bias=False)
    x, weight, bias, mixing = digits(2, 3, 4), digits(4, 1, 2, 2), digits(4), digits(3, 4, 1, 1)
    first = record(depthwise, x, weight, bias)
    second = record(pointwise, first.output, mixing)
    before = list(windows_steps(x, weight, bias, depthwise))
    middle = np.array([step["output"] for step in before if step["complete"]]).reshape(4, 2, 3)
    after = list(windows_steps(middle, mixing, None, pointwise, len(before)))
    played = [by_granularity(with_layer(steps, layer)) for layer, steps in enumerate((before, after))]
    layers = to_wire(separable_stage(first, second, 0))["layers"]
    steps = {granularity: played[0][granularity] + played[1][granularity] for granularity in played[0]}
    return {"name": "separable", "layers": layers, "steps": steps}


def pooling_tables() -> list[dict[str, Any]]:
    """Return, for each layer, what every window reads, None where a value does not count, and what comes of it."""
    found = []
    x = digits(2, 5, 5)
    for name, layer in {
        "max": MaxPool2d(2, stride=2, padding=1),
        "mean": AvgPool2d(2, stride=2, padding=1, count_include_pad=False),
    }.items():
        layers = to_wire(pooling_stage(record(layer, x)))["layers"]
        padded = np.pad(x, ((0, 0), (1, 1), (1, 1)), constant_values=np.nan)
        values = []
        for channel, y, x_ in product(range(2), range(3), range(3)):
            window = padded[channel, 2 * y : 2 * y + 2, 2 * x_ : 2 * x_ + 2].ravel()
            result = np.nanmax(window) if name == "max" else np.nanmean(window)
            values.append({"read": [None if np.isnan(one) else one for one in window], "result": result})
        found.append({"name": name, "layers": layers, "values": values})
    return found


def transposed_tables() -> list[dict[str, Any]]:
    """Return, for each layer, what its uncropped maps hold after each multiply, None where nothing has landed."""
    found = []
    for name, layer in TRANSPOSED.items():
        x = digits(layer.in_channels, 2, 3)
        filters, channels = layer.out_channels, layer.in_channels // layer.groups
        own = filters // layer.groups
        weight, bias = digits(layer.in_channels, own, *pair(layer.kernel_size)), digits(filters) if layer.bias else None
        layers = to_wire(transposed_stage(record(layer, x, weight, bias)))["layers"]
        (top, left), (down, across), (apart, aside) = map(pair, (layer.padding, layer.stride, layer.dilation))
        extra = pair(layer.output_padding)
        rows = (2 - 1) * down + apart * (pair(layer.kernel_size)[0] - 1) + 1 + extra[0]
        columns = (3 - 1) * across + aside * (pair(layer.kernel_size)[1] - 1) + 1 + extra[1]
        multiplies, stamps, outputs = [], [], []
        for filter_ in range(filters):
            held: list[float | None] = [None if bias is None else float(bias[filter_])] * (rows * columns)
            for position, (y, x_) in enumerate(product(range(2), range(3))):
                for channel in range(channels):
                    of = filter_ // own * channels + channel
                    for tap, (i, j) in enumerate(product(*map(range, pair(layer.kernel_size)))):
                        cell = (y * down + i * apart) * columns + x_ * across + j * aside
                        value = x[of, y, x_] * weight[of, filter_ % own, i, j]
                        held[cell] = (held[cell] or 0.0) + value
                        at = {"filter": filter_, "position": position, "channel": channel, "tap": tap}
                        multiplies.append({**at, "product": value, "cell": cell, "held": list(held)})
                stamps.append({"filter": filter_, "position": position, "held": list(held)})
            whole = np.array([one or 0.0 for one in held]).reshape(rows, columns)
            inner = whole[top : rows - top, left : columns - left]
            numbered = np.arange(rows * columns).reshape(rows, columns)[top : rows - top, left : columns - left]
            outputs += [
                {"filter": filter_, "value": value, "cell": cell}
                for value, cell in zip(inner.ravel().tolist(), numbered.ravel().tolist(), strict=True)
            ]
        steps = {"multiply": multiplies, "stamp": stamps, "output": outputs}
        found.append({"name": name, "layers": layers, "steps": steps, "cells": rows * columns})
    return found


def in_full(value: float) -> str:
    """Write a number: whole ones in full, others to six digits, with a real minus sign."""
    if value == int(value):
        return f"{int(value)}".replace("-", "−")
    rounded = Context(prec=6, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))
    return f"{rounded.normalize():f}".replace("-", "−")


def in_a_cell(value: float) -> str:
    """Write a number as a cell has room for it: two decimals, one digit where those are zeros, four from 1000 on."""
    if value == int(value):
        return in_full(value)
    if abs(value) >= 1000:
        return str(Context(prec=4, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))).replace("-", "−")
    if abs(value) >= 0.005:
        return str(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace("-", "−")
    return f"{Context(prec=1, rounding=ROUND_HALF_UP).create_decimal(Decimal(value)):f}".replace("-", "−")


def luminance(colour: str) -> float:
    """Return how bright a colour is, as WCAG 2 defines it."""
    shares = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(shares <= 0.03928, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def number_tables() -> dict[str, Any]:
    reals = [0.5, -0.5, 0.1, 1 / 3, -2 / 3, 2.5, 0.005, 0.0049, -0.00012, 99.999, 999.995, 1000.5, -1234.5, 9999.4]
    reals += SEED.normal(0, 30, 200).tolist() + SEED.normal(0, 0.01, 50).tolist()
    wholes = [0, 1, -1, 7, -48, 10, 100, 12345, -1234567, 3000007]
    values = [float(value) for value in (*reals, *wholes) if value == 0 or abs(value) > 1e-5]
    ends = [1.0, 12.0, 0.3]
    spots = [(end, float(share) * end) for end in ends for share in SEED.uniform(-1.3, 1.3, 60)]
    colours = {theme: palette(theme) for theme in NEUTRALS}
    greys = [colour for theme in NEUTRALS.values() for colour in theme.values()]
    brightness = {colour: luminance(colour) for colour in (*colours["light"], *colours["dark"], *greys)}
    return {
        "written": [[value, in_full(value), in_a_cell(value)] for value in values],
        "terms": [[value, f"({in_full(value)})" if value < 0 else in_full(value)] for value in values],
        "counts": [[count, f"{count:,}"] for count in (0, 7, 999, 1000, 2438553600)],
        "palette": colours["light"],
        "colours": [[value, end, nearest(value, end, len(colours["light"]))] for end, value in spots],
        # the contrast of two colours is that of their brightnesses, each with 0.05 added
        "inks": [
            [colour, "#000000" if (bright + 0.05) / 0.05 > 1.05 / (bright + 0.05) else "#ffffff"]
            for colour, bright in brightness.items()
        ],
    }


def nearest(value: float, end: float, count: int) -> int:
    """Return the stop of a scale from -end to end that lies nearest to a value."""
    return int(np.abs(np.linspace(-end, end, count) - value).argmin())


def write_tables(folder: Path) -> None:
    """Write each table as a file of JSON."""
    tables = {
        "windows": windows_tables(),
        "pooling": pooling_tables(),
        "transposed": transposed_tables(),
        "numbers": number_tables(),
    }
    for name, table in tables.items():
        (folder / f"{name}.json").write_text(json.dumps(table), encoding="utf-8")
