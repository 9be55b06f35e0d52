"""The limits of a typed stack of layers: within them it is shown without delay, and every count is exact."""

from collections.abc import Iterator, Mapping
from math import gcd
from typing import Any

from engine import ConvTranspose2d, LayerError, use
from engine.layers import as_pair
from engine.resampling import AdaptiveAvgPool2d, AdaptiveMaxPool2d, MaxUnpool2d, PixelShuffle, Upsample
from engine.stack import Applied, StackLayer
from sharing.errors import StackCode

MOST_LAYERS = 600
MOST_CELLS = 4096
MOST_CHANNELS = 65_536
MOST_SPREAD = 256
MOST_COUNTED = 2**53
"""The largest whole number up to which a browser counts exactly."""


def check_numbers(arguments: Mapping[str, Any]) -> None:
    """LayerError where a number that was typed is larger than any that is stacked."""
    for name, value in arguments.items():
        most = MOST_CHANNELS if name in ("in_channels", "out_channels") else MOST_CELLS
        for number in _numbers(value):
            if isinstance(number, int) and number > most:
                raise LayerError(StackCode.NUMBER_TOO_LARGE, name, number, choices=use(name, most))


def _numbers(value: Any) -> Iterator[Any]:
    """The numbers in a value that may be a pair of them, or one of such pairs."""
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    else:
        yield value


def check_repeats(line: str, repeats: int, before: int) -> None:
    """LayerError where a line, with the layers before it, makes more layers than are stacked, or none."""
    if not repeats:
        raise LayerError(StackCode.NO_LAYER, "layer", line)
    room = MOST_LAYERS - before
    if repeats > room:
        variant = ("after_others" if room else "without_room") if before else ""
        places: dict[str, Any] = {"before": before, "made": before + repeats, "most": MOST_LAYERS, "room": room}
        raise LayerError(StackCode.TOO_MANY_LAYERS, "layer", line, variant, **places)


def check_spread(layer: StackLayer, source: Applied) -> None:
    """LayerError where layers spread one cell over more outputs than a receptive field is tracked for."""
    found = _spread(layer, source)
    if found is None:
        return
    parameter, value, spread, *variant = found
    for so_far, times in zip((source.rows, source.columns), spread, strict=True):
        if len(so_far.first_cells) * times > MOST_SPREAD:
            raise LayerError(StackCode.SPREAD_TOO_LARGE, parameter, value, *variant, most=MOST_SPREAD)


def _spread(layer: StackLayer, source: Applied) -> Any:
    """The argument by which a layer spreads cells, its value, over how many outputs, (rows, columns), and the variant
    of the sentence; None where it spreads none."""
    match layer:
        case ConvTranspose2d():
            return "stride", layer.stride, layer.strides
        case Upsample():
            return "scale_factor", layer.scale_factor, as_pair(layer.scale_factor)
        case PixelShuffle(upscale_factor=factor):
            return "upscale_factor", factor, (factor, factor)
        case MaxUnpool2d():
            return "stride", layer.pool.strides, layer.pool.strides
        case AdaptiveAvgPool2d() | AdaptiveMaxPool2d():
            sizes = zip(as_pair(layer.output_size), source.outputs[1:], strict=True)
            patterns = tuple(output // gcd(output, length) for output, length in sizes)
            return "output_size", layer.output_size, patterns, "pattern"
    return None


def check_outcome(text: str, applied: Applied) -> None:
    """LayerError where the output of a layer, or one of its counts, is larger than the limits."""
    _, height, width = applied.outputs
    if max(height, width) > MOST_CELLS:
        size: dict[str, Any] = {"height": height, "width": width}
        raise LayerError(StackCode.OUTPUT_TOO_LARGE, "output", applied.outputs, most=MOST_CELLS, **size)
    counts = {
        "macs": applied.cost.macs,
        "params": applied.cost.params,
        "seen": max(applied.receptive_field),
        "shift": max(applied.rows.shift, applied.columns.shift),
    }
    for what, count in counts.items():
        if count > MOST_COUNTED:
            raise LayerError(StackCode.COUNT_TOO_LARGE, "layer", text, what, most=MOST_COUNTED)
