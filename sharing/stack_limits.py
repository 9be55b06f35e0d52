"""How large a typed stack of layers may be: so large that it is still shown at once, and every count is exact."""

from collections.abc import Mapping
from typing import Any

from engine import ConvTranspose2d, LayerError
from engine.stack import Applied, StackLayer

MOST_LAYERS = 200
MOST_CELLS = 4096
MOST_CHANNELS = 65_536
MOST_SPREAD = 256
MOST_COUNTED = 2**53
"""What the numbers of a browser can still tell apart."""


def check_numbers(arguments: Mapping[str, Any]) -> None:
    """LayerError where a number that was typed is larger than any that is stacked."""
    for name, value in arguments.items():
        most = MOST_CHANNELS if name in ("in_channels", "out_channels") else MOST_CELLS
        for number in value if isinstance(value, tuple) else (value,):
            if isinstance(number, int) and number > most:
                raise LayerError(name, f"{number:,}", f"this page stacks up to {most:,}", f"use {most:,}")


def check_repeats(line: str, repeats: int, before: int) -> None:
    """LayerError where a line, with the layers before it, makes more layers than are stacked, or none."""
    if not repeats:
        raise LayerError("layer", f"'{line}'", "it stands for no layer at all", "use x1, or take it out")
    room = MOST_LAYERS - before
    if repeats > room:
        those_before = f"with the {before} before it " if before else ""
        rule = f"{those_before}that makes {before + repeats:,} layers, and this page stacks up to {MOST_LAYERS}"
        raise LayerError("layer", f"'{line}'", rule, f"use x{room}" if room else "take some out")


def check_spread(layer: StackLayer, last: Applied | None) -> None:
    """LayerError where transposed layers spread one cell so far that telling its outputs apart is too much work."""
    if isinstance(layer, ConvTranspose2d):
        spread = (len(last.rows.firsts), len(last.columns.firsts)) if last else (1, 1)
        for so_far, stride in zip(spread, layer.strides, strict=True):
            if so_far * stride > MOST_SPREAD:
                rule = f"all layers together may spread a cell over up to {MOST_SPREAD:,}"
                raise LayerError("stride", str(layer.stride), rule, "use a smaller stride")


def check_outcome(text: str, applied: Applied) -> None:
    """LayerError where a layer makes a larger output than is followed, or comes to larger counts than are counted."""
    _, height, width = applied.outputs
    if max(height, width) > MOST_CELLS:
        given = f"{height:,}×{width:,} after this layer"
        raise LayerError("output", given, f"this page follows sizes up to {MOST_CELLS:,}", "use a smaller stride")
    counts = {
        "mult-adds": applied.cost.macs,
        "parameters": applied.cost.params,
        "cells that one output sees": max(applied.receptive_field),
        "cells from one output to the next": max(applied.rows.shift, applied.columns.shift),
    }
    for what, count in counts.items():
        if count > MOST_COUNTED:
            rule = f"it comes to more than {MOST_COUNTED:,} {what}, and this page counts no further"
            raise LayerError("layer", f"'{text}'", rule, "use smaller numbers, here or before it")
