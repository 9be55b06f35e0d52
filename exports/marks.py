"""What moves at a step: which cells are filled with which value, and what is framed. No pixels."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Grid:
    """A grid of the picture, placed: its top-left corner in cells, and what the browser is told of it."""

    index: int
    role: str
    channel: int
    rows: int
    columns: int
    x: float
    y: float
    label: str
    group: int | None
    act: int
    values: str | None


@dataclass(frozen=True)
class Fill:
    """A cell shows a value on a colour scale that ends at `end`; None is a cell that waits for one."""

    grid: Grid
    cell: int
    value: float | None
    end: float


@dataclass(frozen=True)
class Frame:
    """So many rows and columns from a cell on are framed; `kind` is now, tap (thin) or later (faint)."""

    grid: Grid
    cell: int
    kind: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Ring:
    """A cell is ringed: the largest of its window."""

    grid: Grid
    cell: int


@dataclass(frozen=True)
class Label:
    """What a grid is called at this step."""

    grid: Grid
    text: str


Mark = Fill | Frame | Ring | Label
ByRole = dict[str, list[Grid]]


def grids_of(grids: list[Grid], act: int) -> ByRole:
    """The grids of one act by what they are to it: one layer's output map can be the next one's input."""
    found: dict[str, list[Grid]] = {}
    for grid in grids:
        if grid.role != "middle" and grid.act == act:
            found.setdefault(grid.role, []).append(grid)
        if grid.role == "middle" and grid.act == act:
            found.setdefault("input", []).append(grid)
        if grid.role == "middle" and grid.act == act + 1:
            found.setdefault("output", []).append(grid)
    return found


def placed(payload: dict[str, Any], arrangement: dict[str, Any]) -> list[Grid]:
    """The grids of what the browser is given, where one of its arrangements has them."""
    return [
        Grid(index, **said, x=x, y=y)
        for index, (said, (x, y)) in enumerate(zip(payload["grids"], arrangement["places"], strict=True))
    ]
