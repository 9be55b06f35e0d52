"""What is said of the layers that make one size of another, and of what the page's own layer can make."""

from dataclasses import replace

from engine import LayerError, TransposedAxis
from engine.messages import Templates, fill
from engine.resizing import is_even, unreached
from kinds.shared.layer_words import in_short
from kinds.shared.program_text import squared
from kinds.transposed.size_question import Found, Plans, bounds
from kinds.transposed.state import QUESTION, TransposedState

TEMPLATES: Templates = {
    "own": "kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}",
    "own.does": "**This page's layer** ({layer}) makes {wanted} of {given} with output_padding {output_padding}.",
    "own.does_not": (
        "**This page's layer** ({layer}) does not make {wanted} of {given}, whatever its output_padding: of {given} it "
        "makes {rows} rows and {columns} columns."
    ),
    "own.nothing": (
        "**This page's layer** ({layer}) does not make {wanted} of {given}: its padding crops all it makes of that."
    ),
    "found": (
        "**These layers** make {wanted} of {given}, with one number for kernel, stride and padding. Looked at are "
        "{bounds}; those that leave no cell out come first, and then small kernels."
    ),
    "apart": (
        "**No layer** with one number for kernel, stride and padding makes {wanted} of {given}; with one for each "
        "direction there are these. Looked at are {bounds}."
    ),
    "none.rows": "**No layer** makes {wanted_height:,row|rows} of {given_height:,}. Looked at are {bounds}.",
    "none.columns": "**No layer** makes {wanted_width:,column|columns} of {given_width:,}. Looked at are {bounds}.",
    "bounds": "kernels of {kernels}, strides of {strides}, paddings smaller than the kernel, and no dilation",
    "size": "{height:,}×{width:,}",
    "one": "{only:,}",
    "range": "{least:,} to {most:,}",
    "evenly": "evenly",
    "unevenly": "unevenly",
    "no_cell": "no cell",
    "cells": "{count:,cell|cells}",
    "rows": "{rows:,row|rows}",
    "columns": "{columns:,column|columns}",
    "rows_and_columns": "{rows:,row|rows}, {columns:,column|columns}",
    "makes": "{rows} × {columns}",
    "play": "Play it",
    "play.small": "Play it on {height}×{width}",
    "too_large": "too large to play",
}
"""The English catalogue."""

MORE = "More layers do it: choose a kernel or a stride to see them."

HEADS = ("kernel", "stride", "padding", "output_padding", "stamps", "only the bias reaches", "can make", "see it")
"""Of the columns of the list."""


def own_sentence(state: TransposedState) -> str:
    """With which output_padding the page's own layer makes the wanted size, or what it can make; '' without a layer.

    >>> asked = {"given_height": 15, "given_width": 13, "wanted_height": 240, "wanted_width": 200}
    >>> own_sentence(TransposedState("stamps", 2, 2, kernel_height=16, kernel_width=16, stride_height=16,
    ...     stride_width=16, padding_height=7, padding_width=7, **asked))[71:]
    'makes 240×200 of 15×13 with output_padding (14, 6).'
    """
    given, wanted = (state.given_height, state.given_width), (state.wanted_height, state.wanted_width)
    places = _places(state) | {"layer": in_short(state, TEMPLATES["own"])}
    try:
        layer = replace(state, output_padding_height=0, output_padding_width=0).make_layer()
        rows, columns = layer.output_sizes(*given)
    except LayerError:
        return ""
    if not rows or not columns:
        return fill(TEMPLATES["own.nothing"], places)
    if wanted[0] in rows and wanted[1] in columns:
        output_padding = squared(layer.output_padding_for(*given, wanted))
        return fill(TEMPLATES["own.does"], places | {"output_padding": output_padding})
    return fill(TEMPLATES["own.does_not"], places | {"rows": _range(rows), "columns": _range(columns)})


def found_sentence(state: TransposedState) -> str:
    """What the list is of, where layers do it in both directions with the same numbers."""
    return fill(TEMPLATES["found"], _places(state))


def apart_sentences(state: TransposedState, rows: Found, columns: Found) -> list[str]:
    """What the two lists are of, one for each direction; or which direction no layer does."""
    none = [name for name, found in (("rows", rows), ("columns", columns)) if not found.plans]
    return [fill(TEMPLATES[f"none.{name}"], _places(state)) for name in none] or [
        fill(TEMPLATES["apart"], _places(state))
    ]


def row(plans: Plans) -> tuple[str, ...]:
    """A layer as a row of the list, without the link: of both directions, or of one.

    >>> row((TransposedAxis(15, 7, 7, 16, 16, 1, 14), TransposedAxis(13, 7, 7, 16, 16, 1, 6)))
    ('16', '16', '7', '(14, 6)', 'evenly', '7 rows', '226 to 241 × 194 to 209')
    """
    one = plans[0]
    added = squared(tuple(plan.output_padding for plan in plans))
    numbers = (one.kernel, one.stride, one.before, added)
    stamps = TEMPLATES["evenly" if is_even(one) else "unevenly"]
    ranges = tuple(_range(plan.reachable) for plan in plans)
    makes = ranges[0] if len(plans) == 1 else fill(TEMPLATES["makes"], {"rows": ranges[0], "columns": ranges[1]})
    return (*map(str, numbers), stamps, _bias_only(plans), makes)


def link_text(plays: TransposedState | None, rows: TransposedAxis, columns: TransposedAxis) -> str:
    """What the link to a layer is called, and on which input it is played where its own is too large."""
    if plays is None:
        return TEMPLATES["too_large"]
    size = plays.height, plays.width
    key = "play" if size == (rows.length, columns.length) else "play.small"
    return fill(TEMPLATES[key], {"height": size[0], "width": size[1]})


def _bias_only(plans: Plans) -> str:
    """How much of the output only the bias reaches."""
    counts = tuple(map(unreached, plans))
    if not any(counts):
        return TEMPLATES["no_cell"]
    if len(plans) == 1:
        return fill(TEMPLATES["cells"], {"count": counts[0]})
    key = "rows_and_columns" if all(counts) else "rows" if counts[0] else "columns"
    return fill(TEMPLATES[key], {"rows": counts[0], "columns": counts[1]})


def _range(lengths: range) -> str:
    if len(lengths) == 1:
        return fill(TEMPLATES["one"], {"only": lengths[0]})
    return fill(TEMPLATES["range"], {"least": lengths[0], "most": lengths[-1]})


def _places(state: TransposedState) -> dict[str, object]:
    """The sizes and the bounds of the question, as the places of a sentence."""
    sizes = {
        "given": fill(TEMPLATES["size"], {"height": state.given_height, "width": state.given_width}),
        "wanted": fill(TEMPLATES["size"], {"height": state.wanted_height, "width": state.wanted_width}),
    }
    kernels, strides = bounds(state)
    looked_at = fill(TEMPLATES["bounds"], {"kernels": _range(kernels), "strides": _range(strides)})
    numbers = {name: getattr(state, name) for name in QUESTION}
    return sizes | numbers | {"bounds": looked_at}
