"""The stage of a transposed layer: one of its views, or all of them on one canvas."""

from engine import TransposedTrace
from stage.model import Stage
from stage.scatter_view import scatter_view, transposed_matrix
from stage.stages import stage_of
from stage.transposed_scene import Captions, TransposedSizes, View, arrange_transposed
from stage.zero_inserted import zero_inserted

MOST_BESIDE = (26, 26)
"""The largest matrix, (rows, columns), that leaves room for what stands beside it."""


def transposed_stage(trace: TransposedTrace, views: tuple[View, ...] = tuple(View)) -> Stage:
    """The stage of a transposed layer, so many of its views at once.

    A matrix that is too large to stand beside others is left out, and a caption says so.
    """
    if len(views) > 1 and _is_large(trace):
        views = tuple(view for view in views if view is not View.MATRIX)
    view = scatter_view(
        trace,
        zero_inserted(trace) if View.ZERO_INSERTED in views else None,
        transposed_matrix(trace) if View.MATRIX in views else None,
    )
    return stage_of(arrange_transposed(transposed_sizes(trace, views)), (view,))


def transposed_sizes(trace: TransposedTrace, views: tuple[View, ...]) -> TransposedSizes:
    """The grids that a layer needs to be shown in these views."""
    layer, (rows, columns) = trace.layer, trace.axes
    *others, last = (captions(trace, view) for view in views)
    return TransposedSizes(
        views=views,
        captions=(*others, last + _left_out(trace, views)),
        input=(rows.length, columns.length),
        kernel=layer.kernel,
        uncropped=(rows.uncropped, columns.uncropped),
        zero_inserted=(rows.convolved.padded, columns.convolved.padded),
        output=(rows.output, columns.output),
        in_channels=layer.in_channels,
        out_channels=layer.out_channels,
        groups=layer.groups,
        bias=layer.bias,
    )


def _matrix_size(trace: TransposedTrace) -> tuple[int, int]:
    return trace.output.size, trace.input.size


def _is_large(trace: TransposedTrace) -> bool:
    return any(size > most for size, most in zip(_matrix_size(trace), MOST_BESIDE, strict=True))


def _left_out(trace: TransposedTrace, views: tuple[View, ...]) -> Captions:
    """Why the matrix does not stand among several views."""
    if len(views) == 1 or View.MATRIX in views:
        return ()
    rows, columns = _matrix_size(trace)
    return (("", f"Its matrix, {rows:,} × {columns:,}, is too large to stand here: choose Matrix"),)


def captions(trace: TransposedTrace, view: View) -> Captions:
    """What the cells of a view are that are drawn apart, as lines of (mark, text), and whose padding is whose."""
    rows, columns = trace.axes
    found = []
    if view is View.STAMP:
        if rows.padding or columns.padding:
            found.append(
                ("cropped", f"cropped by padding p = {_both(rows.padding, columns.padding)}, this layer's own")
            )
        if rows.output_padding or columns.output_padding:
            added = _both(rows.output_padding, columns.output_padding)
            found.append(("regained", f"added by output_padding = {added}"))
    elif view is View.ZERO_INSERTED:
        if rows.stride > 1 or columns.stride > 1:
            zeros = _both(rows.stride - 1, columns.stride - 1)
            found.append(("inserted", f"zeros inserted: s − 1 = {zeros} between two inputs"))
        reach = rows.extent - 1, columns.extent - 1
        padding = _both(reach[0] - rows.padding, reach[1] - columns.padding)
        formula = "k − p − 1" if trace.layer.dilations == (1, 1) else "d(k − 1) − p"
        mark = "padding" if reach[0] > rows.padding or reach[1] > columns.padding else ""
        crops = ", below 0: it crops" if reach[0] < rows.padding or reach[1] < columns.padding else ""
        found.append((mark, f"padding p′ = {formula} = {padding}{crops}, the equivalent convolution's"))
        if rows.output_padding or columns.output_padding:
            added = _both(rows.output_padding, columns.output_padding)
            found.append(("extra", f"a = {added} more at the bottom and right: output_padding"))
    return tuple(found)


def _both(down: int, across: int) -> str:
    """A number for rows and one for columns, or the one that they share."""
    text = str(down) if down == across else f"({down}, {across})"
    return text.replace("-", "−")
