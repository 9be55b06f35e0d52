"""What a picture of a step shows, whoever draws it: the values that stand still, and all the marks of a place."""

from collections.abc import Iterator

from exports.marks import ByRole, Grid, Mark
from exports.stamp_marks import stamp_marks
from exports.steps import Place, Score, Stamps, Windows
from exports.window_marks import window_marks

# Filled at every step, so that nothing shows before its step.
_LIVE = {"output", "uncropped", "maps", "flat_output", "columns", "middle"}
_KINDS = (None, "padding", "inserted", "extra")


def all_marks(score: Score, by_role: list[ByRole], place: Place) -> Iterator[Mark]:
    """The marks of every act while the score is at a place; `by_role` has the grids of each."""
    for act, grids in zip(score.acts, by_role, strict=True):
        stands = score.standing(place, act)
        if isinstance(act, Stamps):
            yield from stamp_marks(act, grids, stands)
        elif isinstance(act, Windows):
            yield from window_marks(act, grids, stands, act.index == place.act)


def still_values(score: Score, grid: Grid) -> Iterator[tuple[int, float, str | None]]:
    """The cells of a grid whose values never change: the cell, its value, and what it is if not the layer's own."""
    act = score.acts[grid.act]
    if grid.values is None or grid.role in _LIVE:
        return
    values = act.arrays[grid.values].reshape(-1, grid.rows * grid.columns)[grid.channel]
    has_kinds = grid.values == ("zero_inserted" if isinstance(act, Stamps) else "input") and "kinds" in act.arrays
    kinds = act.arrays["kinds"].reshape(-1).tolist() if has_kinds else None
    for cell, value in enumerate(values.tolist()):
        if value == value:  # where nothing stands there is a NaN
            yield cell, value, None if kinds is None else _KINDS[int(kinds[cell])]
