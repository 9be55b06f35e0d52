"""The transposed page as a person meets it: its views, and what its stage frames."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.browser.oracle import Cell
from tests.browser.scripts import LOOK, as_json
from tests.browser.stage import Seen, Stage
from tests.browser.transposed_oracle import Transposed

STAMPS, ZEROS, MATRIX, ALL = "Stamps", "Zeros inserted", "Matrix", "All three"
# What the views are called in a link.
SLUGS = {STAMPS: "stamp", ZEROS: "zero-inserted", MATRIX: "matrix", ALL: "all"}

# What is framed, and which maps are covered or still being filled.
FRAMED = """() => {
  const all = (selector) => [...document.querySelectorAll(`.stage-root ${selector}`)];
  const isShown = (element) => element.getAttribute("display") !== "none";
  return {
    marks: all("rect.mark").filter(isShown).map((rect) => ({
      ...rect.dataset, kind: rect.getAttribute("class").split(" ")[1],
      width: Number(rect.getAttribute("width")), height: Number(rect.getAttribute("height")),
    })),
    filling: Object.fromEntries(["uncropped", "output", "flat_output"].map((role) => {
      const group = all(`g.cells.${role}`)[0];
      return [role, group ? isShown(group) : null];
    })),
    labels: all("g.grid text.label").map((label) => label.textContent),
    captions: all("text.caption, text.title").map((line) => line.textContent),
  };
}"""

BOTH = f"() => [({FRAMED})(), ({LOOK})()]"


@dataclass(frozen=True)
class Framed:
    """What the stage frames at one moment."""

    said: dict[str, Any]
    seen: Seen

    def cells(self, role: str, channel: int = 0, *kinds: str) -> list[Cell]:
        """Return the cells of a grid that are framed one by one, in order."""
        unit, columns = self.seen.unit, self.seen.grids[role, channel].columns
        return sorted(
            divmod(int(mark["cell"]), columns)
            for mark in self.said["marks"]
            if (mark["role"], int(mark["channel"])) == (role, channel)
            and (mark["width"], mark["height"]) == (unit, unit)
            and (not kinds or mark["kind"] in kinds)
        )

    def areas(self, role: str, channel: int = 0) -> list[tuple[Cell, Cell]]:
        """Return (corner, size) of every frame in a grid round more than a cell."""
        unit, columns = self.seen.unit, self.seen.grids[role, channel].columns
        return [
            (divmod(int(mark["cell"]), columns), (round(mark["height"] / unit), round(mark["width"] / unit)))
            for mark in self.said["marks"]
            if (mark["role"], int(mark["channel"])) == (role, channel)
            and (mark["width"], mark["height"]) != (unit, unit)
        ]

    def is_filling(self, role: str) -> bool:
        """Whether the map of this step still has cells to come."""
        return bool(self.said["filling"][role])


def framed(stage: Stage) -> Framed:
    said, seen = json.loads(stage.page.evaluate(as_json(BOTH)))
    return Framed(said, Seen(seen))


def walk(stage: Stage) -> Iterator[Framed]:
    """Go through all steps of the grain, and return what is framed at each, from the first one on."""
    return (Framed(said, Seen(seen)) for said, seen in stage.walk_looking(BOTH))


def show_view(stage: Stage, view: str) -> None:
    stage.leave_field()
    stage.leave()
    control = stage.page.get_by_role("radio", name=view, exact=True)
    if control.get_attribute("aria-checked") != "true":
        with stage.rerun():
            control.click()
    stage.page.mouse.move(0, 0)  # where no scrolling brings the stage under the mouse, which would draw a picture
    stage.leave_field()


def open_transposed(open_again: Callable[..., Stage], layer: Transposed, view: str) -> Stage:
    """Open a layer in a view, by a link."""
    stage = open_again(layer.link(SLUGS[view]))
    stage.expect(problem="")
    return stage
