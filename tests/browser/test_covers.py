"""What no step has reached yet is ruled into the cells of its own grid."""

from collections.abc import Callable

import pytest

from tests.browser.stage import Stage

# Of each cover: its grid, and how far its ruling is off that grid's cells, across and down, in cells.
OFFSETS = """() => [...document.querySelectorAll(".stage-root .cover")].map((cover) => {
  const id = getComputedStyle(cover).fill.match(/#([^")]+)/)[1];
  const pattern = document.getElementById(id);
  const name = cover.dataset.grid;
  const grid = [...document.querySelectorAll(".stage-root g.grid")].find((one) => one.dataset.grid === name);
  const off = (start, corner, cell) => {
    const cells = (Number(start ?? 0) - Number(corner)) / Number(cell);
    return Math.abs(cells - Math.round(cells));
  };
  return [
    name,
    off(pattern.getAttribute("x"), grid.dataset.left, pattern.getAttribute("width")),
    off(pattern.getAttribute("y"), grid.dataset.top, pattern.getAttribute("height")),
  ];
})"""


@pytest.mark.parametrize(
    "path",
    [
        "/standard",
        "/one_dimensional",
        "/pooling",
        "/grouped",
        "/separable",
        "/standard?v=1&preset=windows-as-columns",
        "/standard?v=1&preset=pointwise&view=matrix",
    ],
)
def test_covers_are_ruled_on_their_grids(open_again: Callable[..., Stage], path: str) -> None:
    found = open_again(path).page.evaluate(OFFSETS)
    assert found
    assert [one for one in found if max(one[1:]) > 1e-6] == []
