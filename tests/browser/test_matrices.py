"""The ordinary layer as matrices: columns that fill as the window moves, and a row for every output."""

import re
from collections.abc import Callable
from itertools import product

from playwright.sync_api import expect

from tests.browser.driver import APP_IDLE
from tests.browser.oracle import Cell
from tests.browser.scripts import LOOK
from tests.browser.stage import Seen, Stage

# Case 1 of the lesson: its windows are 2x2 on 4x4, so 3x3 of them. Case 17: 3x3 on 4x4, so 2x2.
X = [[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]]
OUTPUT = [16, 11, 16, 25, 20, 10, 9, 9, 10]


def lit(seen: Seen, role: str) -> set[Cell]:
    return seen.links("linked", role) | seen.links("quiet", role)


def read(position: int, tap: int, columns: int = 3, kernel: int = 2) -> Cell:
    """Return the input cell under a tap of a window, by the definition of a window."""
    (row, column), (down, across) = divmod(position, columns), divmod(tap, kernel)
    return row + down, column + across


# What the stage says, and where the marked rows and columns of each matrix are; null where none is marked.
BANDS = f"""() => [({LOOK})(), Object.fromEntries([...document.querySelectorAll("rect.band")].map((band) => [
  band.getAttribute("class").split(" ")[1],
  band.getAttribute("display") === "none" ? null
    : ["x", "y", "width", "height"].map((name) => Number(band.getAttribute(name))),
]))]"""


def band(seen: Seen, boxes: dict[str, list[float] | None], role: str) -> tuple[float, float, float, float] | None:
    """Return the marked rows and columns of a matrix, (row, column, rows, columns), or None."""
    grid, unit, box = seen.grids[role, 0], seen.unit, boxes[role]
    if box is None:
        return None
    x, y, width, height = box
    return (y - grid.top) / unit, (x - grid.left) / unit, height / unit, width / unit


def test_windows_as_columns(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=windows-as-columns")
    stage.leave_field()
    stage.press("1")
    steps = stage.walk_looking(BANDS)
    assert len(steps) == 9
    for position, (said, boxes) in enumerate(steps):
        seen = Seen(said)
        assert band(seen, boxes, "columns") == (0, position, 4, 1)
        assert band(seen, boxes, "weights") == (0, 0, 1, 4)
        assert band(seen, boxes, "maps") == (0, position, 1, 1)
        assert seen.window() == [read(position, tap) for tap in range(4)]
    numbers = stage.look().numbers("columns")
    expected = [
        X[row][column] for tap, position in product(range(4), range(9)) for row, column in [read(position, tap)]
    ]
    assert numbers == [str(value) for value in expected]
    assert stage.look().numbers("maps") == [str(value) for value in OUTPUT]
    assert stage.look().numbers("weights") == ["1", "0", "2", "1"]


def test_pointing_at_a_matrix_of_windows(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=windows-as-columns")
    for tap, position in ((0, 0), (3, 4), (2, 8)):
        seen = stage.hover("columns", (tap, position))
        assert lit(seen, "input") == {read(position, tap)}
        assert lit(seen, "weights") == {(0, tap)}
        assert lit(seen, "maps") == {(0, position)}
    seen = stage.hover("maps", (0, 5))
    assert lit(seen, "input") == {read(5, tap) for tap in range(4)}
    assert lit(seen, "columns") == {(tap, 5) for tap in range(4)}
    seen = stage.hover("input", (1, 1))  # under another tap in each of four windows
    assert lit(seen, "maps") == {(0, position) for position in (0, 1, 3, 4)}
    assert lit(seen, "columns") == {(3, 0), (2, 1), (1, 3), (0, 4)}
    seen = stage.hover("weights", (0, 2))
    assert lit(seen, "columns") == {(2, position) for position in range(9)}
    assert lit(seen, "input") == {read(position, 2) for position in range(9)}


def test_the_sparse_matrix(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=sparse-matrix")
    stage.leave_field()
    stage.press("1")
    steps = stage.walk_looking(BANDS)
    assert len(steps) == 4
    for position, (said, boxes) in enumerate(steps):
        assert band(Seen(said), boxes, "matrix") == (position, 0, 1, 16)
        assert band(Seen(said), boxes, "flat_output") == (position, 0, 1, 1)
    entries = {
        (position, 4 * row + column): 1 + tap
        for position, tap in product(range(4), range(9))
        for row, column in [read(position, tap, 2, 3)]
    }
    shown = [number for number in stage.look().said["numbers"] if number["role"] == "matrix"]
    assert {divmod(number["cell"], 16): number["text"] for number in shown} == {
        place: str(weight) for place, weight in entries.items()
    }
    for place in product(range(4), (0, 5, 10, 15)):
        seen = stage.hover("matrix", place)
        output, cell = divmod(place[0], 2), divmod(place[1], 4)
        assert lit(seen, "input") == {cell}
        assert lit(seen, "flat_input") == {(0, place[1])}
        assert lit(seen, "flat_output") == {(place[0], 0)}
        reads = f"output[{output[0]}, {output[1]}]"
        if place in entries:
            assert (
                f"= {entries[place]}: the weight with which {reads} takes input[{cell[0]}, {cell[1]}]" in seen.sentence
            )
        else:
            assert f"is 0: {reads} does not read input[{cell[0]}, {cell[1]}]" in seen.sentence


def test_a_value_can_be_edited_where_it_stands_in_a_matrix(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=windows-as-columns")
    for role, cell, area in (("weights", (0, 3), "Kernel values"), ("input", (3, 3), "Input values")):
        editor = stage.open_editor(role, cell)
        editor.fill("-8")
        with stage.rerun():
            editor.press("Enter")
        expect(stage.text_area(area)).to_have_value(re.compile(r"-8$"))
    stage.page.locator(APP_IDLE).first.wait_for()
    assert stage.look().numbers("maps")[-1] == "70"  # 2·1 + 4·0 + 2·2 + (−8)·(−8)


def test_changing_the_view_keeps_the_step(open_again: Callable[..., Stage]) -> None:
    stage = open_again()
    stage.press("1", "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    for view in ("im2col", "Sparse matrix", "Windows"):
        with stage.rerun():
            stage.page.get_by_role("radio", name=view).click()
        stage.expect(step=3, steps=9)
