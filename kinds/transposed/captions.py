"""The lines of text under the views of a transposed layer: what the cells are that are drawn apart."""

from engine import TransposedTrace
from engine.messages import Templates, fill
from kinds.transposed.state import TransposedView
from kinds.transposed.words import VIEW_LABELS

TEMPLATES: Templates = {
    "cropped": "cropped by padding p = {amount}, this layer's own",
    "regained": "added by output_padding = {amount}",
    "inserted": "zeros inserted: s − 1 = {amount} between two inputs",
    "padding": "padding p′ = k − p − 1 = {amount}, the equivalent convolution's",
    "padding.crops": "padding p′ = k − p − 1 = {amount}, below 0: it crops, the equivalent convolution's",
    "padding.dilated": "padding p′ = d(k − 1) − p = {amount}, the equivalent convolution's",
    "padding.dilated.crops": "padding p′ = d(k − 1) − p = {amount}, below 0: it crops, the equivalent convolution's",
    "extra": "a = {amount} more at the bottom and right: output_padding",
    "left_out": "Its matrix, {rows:,} × {columns:,}, is too large to stand here: choose {view}",
}
"""The English catalogue."""

Captions = tuple[tuple[str, str], ...]
"""Lines of (mark, text): how the cells are drawn that a line is about, and what they are."""


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
    rows, columns = trace.axes
    amounts = {
        "cropped": (rows.padding, columns.padding),
        "regained": (rows.output_padding, columns.output_padding),
    }
    return tuple((mark, _written(mark, amount)) for mark, amount in amounts.items() if any(amount))


def _zero_inserted_captions(trace: TransposedTrace) -> Captions:
    rows, columns = trace.axes
    padding = rows.extent - 1 - rows.padding, columns.extent - 1 - columns.padding
    dilated, crops = trace.layer.dilations != (1, 1), min(padding) < 0
    key = ["padding", *["dilated"] * dilated, *["crops"] * crops]
    inserted, extra = (rows.stride - 1, columns.stride - 1), (rows.output_padding, columns.output_padding)
    return (
        *((("inserted", _written("inserted", inserted)),) if any(inserted) else ()),
        ("padding" if max(padding) > 0 else "", _written(".".join(key), padding)),
        *((("extra", _written("extra", extra)),) if any(extra) else ()),
    )


def _written(key: str, amount: tuple[int, int]) -> str:
    """A caption with a number for rows and one for columns, or the one that they share."""
    down, across = amount
    text = str(down) if down == across else f"({down}, {across})"
    return fill(TEMPLATES[key], {"amount": text.replace("-", "−")})
