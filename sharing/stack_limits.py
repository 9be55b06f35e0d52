"""The limits of a typed stack of layers: within them it is shown without delay, and every count is exact."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine import ConvTranspose2d, LayerError, use
from engine.stack import Applied, StackLayer
from sharing.errors import StackCode

MOST_LAYERS = 200
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


def check_spread(layer: StackLayer, last: Applied | None) -> None:
    """LayerError where transposed layers spread one cell over more outputs than a receptive field is tracked for."""
    if isinstance(layer, ConvTranspose2d):
        spread = (len(last.rows.first_cells), len(last.columns.first_cells)) if last else (1, 1)
        for so_far, stride in zip(spread, layer.strides, strict=True):
            if so_far * stride > MOST_SPREAD:
                raise LayerError(StackCode.SPREAD_TOO_LARGE, "stride", layer.stride, most=MOST_SPREAD)


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
