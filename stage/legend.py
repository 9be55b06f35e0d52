"""The legend of a stage: what its colours and marks mean, those only that are on it."""

from collections.abc import Iterator, Mapping, Sequence

from stage.model import CELL_NAMES, Arrangement, Grid, LayerView, LegendEntry, LegendMark, WindowsView
from stage.number_text import write_short
from stage.scene import GridRole

TEMPLATES: Mapping[str, str] = {
    LegendMark.SCALE: "blue is negative, the palest 0, orange positive",
    LegendMark.PADDING: "padding",
    LegendMark.INSERTED: "zeros inserted",
    LegendMark.EXTRA: "beyond the padding",
    LegendMark.UNUSED: "never read",
    LegendMark.CHOSEN: "the largest",
    LegendMark.GROUP: "group {group}",
    LegendMark.STEP: "this step",
    LegendMark.PENDING: "not computed yet",
    "end.input": "input to ±{end}",
    "end.kernel": "kernel to ±{end}",
    "end.products": "products to ±{end}",
    "end.named": "{name} to ±{end}",
}
"""The English catalogue: what is said of each mark, and how far a map's own scale of colours goes."""

_SCALED = {GridRole.INPUT: "input", GridRole.KERNEL: "kernel", GridRole.PRODUCTS: "products"}
"""Maps whose scale is said; that of the outputs would tell what they are before they are computed."""


def legend_of(
    grids: Sequence[Grid], arrangements: Sequence[Arrangement], layers: Sequence[LayerView]
) -> tuple[LegendEntry, ...]:
    """What the marks on these grids mean, without those that a caption in the picture explains."""
    captioned = {caption.mark for one in arrangements for caption in one.captions}
    groups = sorted({grid.group for grid in grids if grid.group is not None})
    marks = [mark for mark in _marks(grids, layers) if mark not in captioned]
    return (
        LegendEntry(LegendMark.SCALE, TEMPLATES[LegendMark.SCALE]),
        *(LegendEntry(mark, TEMPLATES[mark]) for mark in marks),
        *(LegendEntry(LegendMark.GROUP, _group_name(one, layers), one) for one in groups),
        LegendEntry(LegendMark.STEP, TEMPLATES[LegendMark.STEP]),
        LegendEntry(LegendMark.PENDING, TEMPLATES[LegendMark.PENDING]),
        *_ends(grids, layers),
    )


def _group_name(group: int, layers: Sequence[LayerView]) -> str:
    own = next((view.names.groups for view in layers if view.names and view.names.groups), ())
    return own[group] if own else TEMPLATES[LegendMark.GROUP].format(group=group)


def _marks(grids: Sequence[Grid], layers: Sequence[LayerView]) -> Iterator[LegendMark]:
    """The marks that cells have for what they are."""
    shown = [(layers[grid.layer], grid.values) for grid in grids if grid.values is not None]
    kinds = {kind for view, values in shown for kind in _kinds(view, values)}
    yield from (LegendMark(name) for kind, name in CELL_NAMES.items() if kind in kinds)
    windows = [view for view in layers if isinstance(view, WindowsView)]
    if any(any(view.unused_cells) for view in windows) and any(grid.role is GridRole.INPUT for grid in grids):
        yield LegendMark.UNUSED
    if any(view.arrays.chosen is not None for view in windows):
        yield LegendMark.CHOSEN


def _kinds(view: LayerView, values: str) -> set[int]:
    kinds = view.cell_kinds_of(values)
    return set() if kinds is None else set(kinds.tolist())


def _ends(grids: Sequence[Grid], layers: Sequence[LayerView]) -> Iterator[LegendEntry]:
    """How far the scale of each map goes, where one layer is played."""
    if len(layers) > 1:
        return
    roles = {grid.role for grid in grids}
    for role, name in _SCALED.items():
        # where nothing is multiplied, what stands there is the input's
        is_copied = role is GridRole.PRODUCTS and GridRole.KERNEL not in roles
        if role in roles and not is_copied:
            end, names = write_short(layers[0].color_limits[name]), layers[0].names
            own = None if names is None else names.wholes.get(name)
            key = f"end.{name}" if own is None else "end.named"
            yield LegendEntry(LegendMark.NONE, TEMPLATES[key].format(end=end, name=own))
