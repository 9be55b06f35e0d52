"""What the painter reads of a stage: plain dictionaries, their arrays packed."""

from typing import Any

from stage.encoding import encode
from stage.model import Arrangement, Grid, LayerView, Stage, ViewKind, WindowsView, arrays_of
from stage.palette import NEUTRALS, palette
from stage.scene import GridRole

SENT_AS = {
    "cell_kinds": "kinds",
    "partial_sums": "partial",
    "running_sums": "sum",
    "weight_index": "origins",
    "scattered_sums": "landed",
    "scatter_index": "landings",
    "gather_index": "gathered",
    "output_cells": "cells",
    "cell_outputs": "outputs",
    "inserted_cells": "spread",
}
"""What the painter calls an array, where that is not its own name."""

_ROLES = {GridRole.FLIPPED_KERNEL: "turned", GridRole.FLIPPED_PRODUCTS: "turned_products"}


def painter_input(stage: Stage) -> dict[str, Any]:
    """Everything that the painter is given of a stage."""
    compared = {} if stage.standard_macs is None else {"tally": stage.standard_macs}
    return {
        "grids": [_grid(grid) for grid in stage.grids],
        "arrangements": [_arrangement(one) for one in stage.arrangements],
        "paddingMode": stage.padding_mode,
        "palette": {theme: palette(theme) for theme in NEUTRALS},
        "neutrals": NEUTRALS,
        "acts": [_view(view) for view in stage.layers],
        **compared,
        "id": stage.id,
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "role": _ROLES.get(grid.role, grid.role.value),
        "channel": grid.channel,
        "rows": grid.rows,
        "columns": grid.columns,
        "label": grid.label,
        "group": grid.group,
        "act": grid.layer,
        "values": grid.values,
    }


def _arrangement(one: Arrangement) -> dict[str, Any]:
    return {
        "width": one.width,
        "height": one.height,
        "labelRows": one.label_rows,
        "places": [list(position) for position in one.positions],
        "signs": [[sign.text, sign.x, sign.y] for sign in one.signs],
        "captions": [[line.text, line.x, line.y, line.width, line.mark] for line in one.captions],
        "wires": [[wire.group, *wire.start, *wire.end] for wire in one.wires],
    }


def _view(view: LayerView) -> dict[str, Any]:
    """What the painter looks up of one layer."""
    return {
        "kind": "stamps" if view.kind is ViewKind.SCATTER else view.kind.value,
        "loops": dict(vars(view.loops)),
        "firsts": list(view.group_offsets),
        **_sizes(view),
        "ends": dict(view.color_limits),
        **({"arithmetic": view.arithmetic.value} if isinstance(view, WindowsView) else {}),
        "roles": dict(view.editable),
        "arrays": {SENT_AS.get(name, name): encode(values) for name, values in arrays_of(view).items()},
    }


def _sizes(view: LayerView) -> dict[str, Any]:
    if isinstance(view, WindowsView):
        return {
            "padded": list(view.padded_size),
            "length": list(view.input_size),
            "shape": list(view.output_size),
            "frame": list(view.output_offset),
            "unread": [list(lines) for lines in view.unused_cells],
        }
    return {
        "length": list(view.input_size),
        "kernelSize": list(view.kernel_size),
        "uncropped": list(view.uncropped_size),
        "shape": list(view.output_size),
        "crop": list(view.crop),
        "extra": list(view.output_padding),
    }
