"""Layers that only pad or crop: each is the padding of the layer beside it, which has none of its own."""

import re
from dataclasses import replace
from math import inf
from typing import Any

from sharing.pasted.calls import Call
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.read_layer import Read, Sides

_PADDED = {
    0: re.compile(r"(?:conv|depthwise|separable|avgpool) (?!.*\b(?:p\d|same|full|ceil))"),
    -inf: re.compile(r"maxpool (?!.*\b(?:p\d|same|ceil))"),
}
"""By what is put around an input, the layers whose own padding it can be."""
_CROPPED = re.compile(r"transposed (?!.*\b(?:p\d|same))")


def folded(calls: list[Call], read: list[Read]) -> tuple[list[Call], list[Read]]:
    """Return the calls without those that only pad or crop, which their neighbours do for them.

    LayerError, with the line, for one whose neighbour cannot: zeros around max pooling are not its own padding.
    """
    kept: list[Call] = []
    layers: list[Read] = []
    padding: tuple[Call, Read] | None = None
    for call, one in zip(calls, read, strict=True):
        if one.crops is not None:
            if not layers or call.source or kept[-1].called or not _CROPPED.match(layers[-1].rows[-1]):
                raise _alone(call)
            layers[-1] = _with(layers[-1], one.crops)
            kept[-1] = replace(kept[-1], called=call.called)
            continue
        if padding is not None:
            pad, sides = padding
            if call.source or not one.rows or not _PADDED[sides.pads_with].match(one.rows[0]):
                raise _alone(pad)
            assert sides.pads is not None
            call, one, padding = replace(call, source=pad.source), _with(one, sides.pads), None
        if one.pads is not None:
            if call.called:
                raise _alone(call)
            padding = call, one
            continue
        kept.append(call)
        layers.append(one)
    if padding is not None:
        raise _alone(padding[0])
    return kept, layers


def _alone(call: Call) -> Exception:
    return refusal(PastedCode.PADS_NOTHING, call.line, call.name)


def _with(layer: Read, sides: Sides) -> Read:
    """A convolution with this padding, as a line of the stack and as its page's fields."""
    (top, bottom), (left, right) = sides
    fields: dict[str, Any] = {"padding": "amount", "padding_height": top, "padding_width": left}
    word = f"p{top}" if top == left else f"p{top}x{left}"
    if top != bottom or left != right:
        names = ("padding_top", "padding_bottom", "padding_left", "padding_right")
        fields = {"padding": "sides", **dict(zip(names, (top, bottom, left, right), strict=True))}
        word = f"p{top}:{bottom}x{left}:{right}"
    row, *others = layer.rows
    start, bias = (row.removesuffix(" nobias"), " nobias") if row.endswith(" nobias") else (row, "")
    return replace(layer, rows=(f"{start} {word}{bias}", *others), fields=layer.fields | fields)
