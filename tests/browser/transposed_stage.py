"""The transposed page as a person meets it: its views, and what its stage frames."""

from dataclasses import dataclass
from typing import Any

from tests.browser.oracle import Cell
from tests.browser.scripts import LOOK
from tests.browser.stage import PAGES, Seen, Stage
from tests.browser.transposed_oracle import Transposed

STAMPS, ZEROS, MATRIX, ALL = "Stamps", "Zeros inserted", "Matrix", "All three"

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
    labels: all("text.label").map((label) => label.textContent),
    captions: all("text.caption, text.title").map((line) => line.textContent),
  };
}"""


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
    said, seen = stage.page.evaluate(f"() => [({FRAMED})(), ({LOOK})()]")
    return Framed(said, Seen(seen))


def show_view(stage: Stage, view: str) -> None:
    stage.leave_field()
    stage.leave()
    control = stage.page.get_by_role("radio", name=view, exact=True)
    if control.get_attribute("aria-checked") != "true":
        with stage.rerun():
            control.click()
    stage.page.mouse.move(0, 0)  # where no scrolling brings the stage under the mouse, which would draw a picture
    stage.leave_field()


def set_transposed(stage: Stage, layer: Transposed, view: str) -> None:
    """Make the page show a layer in a view, by typing its values and setting its controls."""
    titles = PAGES["transposed"].presets
    wanted = "Two groups" if layer.groups == 2 else "Stride 2: stamps side by side"
    stage.select("Preset", next(title for title in titles if title != wanted))
    stage.select("Preset", wanted)
    show_view(stage, STAMPS)
    for name in ("Stride", "Dilation", "Output padding", "Padding"):
        rows, columns = getattr(layer, name.lower().replace(" ", "_"))
        stage.set_number(f"{name} height", rows)
        stage.set_number(f"{name} width", columns)
    stage.set_text("Kernel values", layer.text("kernel"))
    stage.set_text("Input values", layer.text("input"))
    if layer.bias is not None:
        stage.switch("Bias")
        stage.set_text("Bias values", layer.text("bias"))
    show_view(stage, view)
    stage.expect(problem="")
