"""The lines of text under the views of a transposed layer: what the cells are that are drawn apart."""

from engine import TransposedTrace
from engine.checks import Sides
from engine.messages import Templates, fill
from engine.transposed import ConvTransposeNd
from kinds.transposed.state import TransposedView
from kinds.transposed.words import VIEW_LABELS
from stage.stamp_scene import Captions

TEMPLATES: Templates = {
    "cropped": "cropped by padding p = {amount}, this layer's own",
    "cropped.sides": "cropped by padding, this layer's own: {amount:list}",
    "regained": "added by output_padding = {amount}",
    "regained.same": "{amount} added at the end, where no stamp reaches, to make input·stride",
    "inserted": "zeros inserted: s − 1 = {amount} between two inputs",
    "padding": "padding p′ = k − p − 1 = {amount}, the equivalent convolution's",
    "padding.crops": "padding p′ = k − p − 1 = {amount}, below 0: it crops, the equivalent convolution's",
    "padding.dilated": "padding p′ = d(k − 1) − p = {amount}, the equivalent convolution's",
    "padding.dilated.crops": "padding p′ = d(k − 1) − p = {amount}, below 0: it crops, the equivalent convolution's",
    "padding.sides": "padding p′ = k − p − 1, the equivalent convolution's: {amount:list}",
    "padding.sides.crops": "padding p′ = k − p − 1, which crops where it is below 0: {amount:list}",
    "padding.dilated.sides": "padding p′ = d(k − 1) − p, the equivalent convolution's: {amount:list}",
    "padding.dilated.sides.crops": "padding p′ = d(k − 1) − p, which crops where it is below 0: {amount:list}",
    "top": "top {amount}",
    "bottom": "bottom {amount}",
    "left": "left {amount}",
    "right": "right {amount}",
    "extra.same": "a = {amount} more at the bottom and right, to make input·stride",
    "extra": "a = {amount} more at the bottom and right: output_padding",
    "left_out": "Its matrix, {rows:,} × {columns:,}, is too large to stand here: choose {view}",
}
"""The English catalogue."""


def captions(trace: TransposedTrace, view: TransposedView) -> Captions:
    """What the cells of a view are that are drawn apart, and whose padding is whose."""
    match view:
        case TransposedView.STAMP:
            return _stamp_captions(trace)
        case TransposedView.ZERO_INSERTED:
            return _zero_inserted_captions(trace)
    return ()


def left_out_caption(trace: TransposedTrace) -> Captions:
    """Why the matrix does not stand among several views."""
    places = {"rows": trace.output.size, "columns": trace.input.size, "view": VIEW_LABELS[TransposedView.MATRIX]}
    return (("", fill(TEMPLATES["left_out"], places)),)


def _stamp_captions(trace: TransposedTrace) -> Captions:
    layer = trace.layer
    cropped = _of_sides("cropped", layer.cropping) if any(map(any, layer.cropping)) else ""
    regained = _written(_of_same("regained", layer), layer.output_paddings) if any(layer.output_paddings) else ""
    return tuple((mark, text) for mark, text in (("cropped", cropped), ("regained", regained)) if text)


def _zero_inserted_captions(trace: TransposedTrace) -> Captions:
    rows, columns = trace.axes
    down, across = ((axis.extent - 1 - axis.before, axis.extent - 1 - axis.after) for axis in (rows, columns))
    dilated, crops = trace.layer.dilations != (1, 1), min(*down, *across) < 0
    inserted, extra = (rows.stride - 1, columns.stride - 1), (rows.output_padding, columns.output_padding)
    return (
        *((("inserted", _written("inserted", inserted)),) if any(inserted) else ()),
        (
            "padding" if max(*down, *across) > 0 else "",
            _of_sides("padding.dilated" if dilated else "padding", (down, across), "crops" if crops else ""),
        ),
        *((("extra", _written(_of_same("extra", trace.layer), extra)),) if any(extra) else ()),
    )


def _of_same(key: str, layer: ConvTransposeNd) -> str:
    """The key of a caption about cells that were added, which SAME adds without an output_padding."""
    return f"{key}.same" if layer.padding in ("same_upper", "same_lower") else key


def _of_sides(key: str, sides: Sides, variant: str = "") -> str:
    """A caption with a number for each side, or with those that opposite sides share."""
    (top, bottom), (left, right) = sides
    if (top, left) == (bottom, right):
        return _written(".".join(filter(None, (key, variant))), (top, left))
    amounts = {"top": top, "bottom": bottom, "left": left, "right": right}
    named = [fill(TEMPLATES[side], {"amount": amount}).replace("-", "−") for side, amount in amounts.items() if amount]
    return fill(TEMPLATES[".".join(filter(None, (key, "sides", variant)))], {"amount": named})


def _written(key: str, amount: tuple[int, ...]) -> str:
    """A caption with a number for rows and one for columns, or the one that they share."""
    down, across = amount
    text = str(down) if down == across else f"({down}, {across})"
    return fill(TEMPLATES[key], {"amount": text.replace("-", "−")})
