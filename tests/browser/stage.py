"""The page as a person meets it: its controls by their labels, the stage by its cells, and what both say."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from kinds.registry import PRESETS as ALL_PRESETS
from kinds.registry import SPECS
from tests.browser import driver
from tests.browser.driver import STAGE_READY, Server
from tests.browser.oracle import Cell
from tests.browser.scripts import (
    HOVERED,
    LOOK,
    PICTURE,
    PLAYED,
    RUN_ENDED,
    STEP,
    TWO_FRAMES,
    WATCH,
    WATCHED,
    as_json,
    walked,
)

PRESETS = ALL_PRESETS["standard"]

HEATMAPS = ".stage-root .plot image"
"""What Plotly draws: before it has arrived, the ground under it shows the same."""

OFTEN = 50
"""ms between two looks for what no event tells: a look on every frame would make the browser draw every frame."""

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A finger on a small screen.
HANDHELD: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class AppPage:
    """A page with a stage: the path it is opened at, its name in the list of pages, and its presets' titles by slug."""

    path: str
    name: str
    presets: dict[str, str]

    def link(self, slug: str) -> str:
        """Return the link of a preset."""
        return f"{self.path}?v=1&preset={slug}"


PAGES = {
    page: AppPage(f"/{page}", spec.label, {slug: preset.title for slug, preset in ALL_PRESETS[page].items()})
    for page, spec in SPECS.items()
}


@dataclass(frozen=True)
class Grid:
    """One grid of the stage: its size in cells and its corner in pixels of the overlay.

    The rows are those of all slices, of which so many stand across, a cell apart.
    """

    role: str
    channel: int
    rows: int
    columns: int
    left: float
    top: float
    column_step: int
    slices: int
    across: int

    def place(self, cell: Cell) -> tuple[int, int]:
        """How many columns and rows of the canvas a cell stands from the corner."""
        height = self.rows // self.slices
        number, row = divmod(cell[0], height)
        down, beside = divmod(number, self.across)
        return beside * (self.columns + 1) + cell[1] * self.column_step, down * (height + 1) + row


class Seen:
    """What the stage said at one moment."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.data: dict[str, str] = said["data"]
        self.unit = float(self.data["cell"])
        self.step, self.steps = int(self.data["step"]), int(self.data["steps"])
        self.equation: list[str] = said["equation"]
        self.sentence: str = said["sentence"]
        self.revealed: list[int] = said["covers"]
        self.labels = {grid["grid"]: grid for grid in reversed(said["grids"])}  # the first one of a name
        self.grids = {
            (grid["role"], int(grid["channel"])): Grid(
                grid["role"],
                int(grid["channel"]),
                *(int(grid[name]) for name in ("rows", "columns")),
                *(float(grid[name]) for name in ("left", "top")),
                *(int(grid[name]) for name in ("columnStep", "slices", "across")),
            )
            for grid in said["grids"]
        }

    def at(self, x: float, y: float) -> tuple[str, int, int, int]:
        """Return role, channel, row and column of the cell at a point of the overlay."""
        for grid in self.grids.values():
            here = floor((x - grid.left) / self.unit), floor((y - grid.top) / self.unit)
            for cell in product(range(grid.rows), range(grid.columns)):
                if grid.place(cell) == here:
                    return grid.role, grid.channel, *cell
        raise AssertionError(f"no cell of a grid at {x}, {y}")

    def _middle(self, x: float, y: float) -> tuple[str, int, int, int]:
        return self.at(x + self.unit / 2, y + self.unit / 2)

    def window(self, channel: int = 0) -> list[Cell]:
        """Return the padded cells that are marked as read, in the order of the taps."""
        names = list(dict.fromkeys(window["label"] for window in self.said["windows"]))
        cells = [
            self._middle(window["shift"][0] + x, window["shift"][1] + y)
            for window in self.said["windows"]
            if window["label"] == names[channel]  # of a volume there is one for each slice
            for x, y in window["taps"]
        ]
        assert {(role, number) for role, number, *_ in cells} == {("input", channel)}
        return [(row, column) for *_, row, column in cells]

    @property
    def tap_marks(self) -> list[tuple[str, int, int, int]]:
        """The cells marked as those of the multiply just done."""
        return [self._middle(mark["x"], mark["y"]) for mark in self.said["taps"] if not mark["hidden"]]

    @property
    def cursor(self) -> tuple[str, int, int, int]:
        """The output cell being made."""
        return self._middle(*self.said["cursor"])

    def live(self, role: str, channel: int = 0) -> list[str | None]:
        """Return what is written in the moving cells of a grid; None in a cell that has nothing yet."""
        group = [group for group in self.said["live"] if group["role"] == role][channel]
        return [None if cell["shown"] is False else cell["shown"] for cell in group["cells"]]

    def numbers(self, role: str, channel: int = 0) -> list[str]:
        """Return the numbers written in an input or output grid, row by row."""
        found = [n for n in self.said["numbers"] if (n["role"], int(n["channel"])) == (role, channel)]
        return [number["text"] for number in sorted(found, key=lambda number: number["cell"])]

    def links(self, kind: str, role: str, channel: int = 0) -> set[Cell]:
        """Return the cells of a grid with a mark of one kind: pointed, linked or quiet."""
        grid = self.grids[role, channel]
        marks = (link for link in self.said["links"] if link["kind"] == kind)
        return {
            divmod(int(mark["cell"]), grid.columns)
            for mark in marks
            if (mark["role"], int(mark["channel"])) == (role, channel)
        }

    @property
    def notes(self) -> dict[tuple[str, int, int, int], list[str]]:
        """The notes written on linked cells, by the cell."""
        found = defaultdict(list)
        for note in self.said["notes"]:
            found[self.at(note["x"], note["y"])].append(note["text"])
        return dict(found)


def open_list(box: Locator) -> None:
    """Open the list of a combobox: at rest, for scrolling closes it."""
    box.scroll_into_view_if_needed()
    box.page.evaluate(TWO_FRAMES)
    box.click()


class Stage:
    """A page that is open, and what a person does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".stage-root")
        self.overlay = self.root.locator("svg.overlay")
        self.editor = self.root.locator("input.editor")
        self.announced = self.root.locator(".announce")
        self.alert = page.get_by_test_id("stAlert")

    def look(self) -> Seen:
        return Seen(json.loads(self.page.evaluate(as_json(LOOK))))

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Do what makes the server run the page again, and wait until that run has reached the stage and ended.

        Nothing in the block may move the mouse off the stage: that draws a picture too.
        """
        before = self.page.evaluate(PICTURE)
        yield
        self.page.wait_for_function(RUN_ENDED, arg=before, polling=OFTEN)

    @contextmanager
    def watched(self) -> Iterator[list[dict[str, Any]]]:
        """Look at the stage on every frame of what is done in the block; the list is filled at its end.

        Plotly has to have drawn its heatmaps before.
        """
        self.page.locator(HEATMAPS).first.wait_for()
        frames: list[dict[str, Any]] = []
        self.page.evaluate(WATCH)
        yield frames
        frames += self.page.evaluate(WATCHED)

    def go_to(self, page: AppPage) -> None:
        """Choose a page from the list of pages, and wait until its stage stands."""
        link = self.page.get_by_test_id("stTopNavLink").filter(has_text=page.name)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        self.page.locator(driver.APP_IDLE).first.wait_for()
        self.page.locator(driver.STAGE_READY).first.wait_for()

    def follow(self, link: str) -> None:
        """Go to another link of the same page, as Back and Forward do; the player must stand at its first step."""
        with self.rerun():
            self.page.evaluate(STEP, link)

    def size(self) -> tuple[float, float]:
        """Return how wide and how high the stage is."""
        box = self.root.bounding_box()
        assert box is not None
        return box["width"], box["height"]

    def resize(self, viewport: ViewportSize) -> None:
        """Change the size of the window, and wait until the stage has been drawn for it."""
        self.page.set_viewport_size(viewport)
        self.page.evaluate(TWO_FRAMES)

    # The controls of the page, each by its label.

    def number(self, label: str) -> Locator:
        return self.page.get_by_role("spinbutton", name=label, exact=True)

    def text_area(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def expect_values(self, label: str, text: str) -> None:
        """Wait until a text has the numbers of `text` and no others: the lines and gaps between them are its own."""
        numbers = r"\s+".join(map(re.escape, text.split()))
        expect(self.text_area(label)).to_have_value(re.compile(rf"^\s*{numbers}\s*$"))

    def set_number(self, label: str, value: object) -> None:
        if self.number(label).input_value() == str(value):
            return
        with self.rerun():
            self.number(label).fill(str(value))
            self.number(label).press("Enter")

    def set_text(self, label: str, text: str) -> None:
        if self.text_area(label).input_value() == text:
            return
        with self.rerun():
            self.text_area(label).fill(text)
            self.text_area(label).press("Control+Enter")

    def select(self, label: str, option: str) -> None:
        box = self.page.get_by_role("combobox", name=label, exact=True)
        if box.input_value() == option:
            return
        open_list(box)
        box.fill(option)  # of a long list not all options are on the page
        with self.rerun():
            self.page.get_by_role("option", name=option, exact=True).click()

    def switch(self, label: str) -> None:
        box = self.page.get_by_role("switch", name=label)
        with self.rerun():
            box.press("Space")

    def choose_preset(self, slug: str) -> None:
        """Choose a preset; if it is chosen already, by way of another, which undoes all that was changed since."""
        if self.page.get_by_role("combobox", name="Preset").input_value() == PRESETS[slug].title:
            self.select("Preset", next(preset.title for other, preset in PRESETS.items() if other != slug))
        self.select("Preset", PRESETS[slug].title)

    def leave_field(self) -> None:
        """Take the focus off whatever has it, so that keys go to the player, and go back up to the stage."""
        self.page.evaluate("document.activeElement.blur(); document.querySelector('.stMain').scrollTo(0, 0)")

    # The player.

    def control(self, name: str) -> Locator:
        return self.root.locator(f'[data-control="{name}"]')

    def click(self, name: str) -> None:
        self.control(name).click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def expect(self, **data: object) -> None:
        """Wait until the stage's data attributes say this."""
        for name, value in data.items():
            expect(self.root).to_have_attribute(f"data-{name}", str(value))

    def play_through(self) -> list[int]:
        """Play to the end as fast as there is, and return every step that was on the stage, frame by frame."""
        while self.control("faster").is_enabled():
            self.click("faster")
        steps: list[int] = self.page.evaluate(PLAYED)
        return steps

    def walk(self) -> Iterator[Seen]:
        """Go through all steps of the grain, and return what is on the stage at each, from the first one on."""
        return map(Seen, self.walk_looking(LOOK))

    def walk_looking(self, look: str) -> list[Any]:
        """Go through all steps of the grain, and return what a script sees at each, from the first one on."""
        found: list[Any] = json.loads(self.page.evaluate(walked(look)))
        return found

    # Pointing.

    def point(self, role: str, cell: Cell, channel: int = 0) -> tuple[float, float]:
        """Return the middle of a cell, in pixels of the window."""
        seen, box = self.look(), self.overlay.bounding_box()
        assert box is not None
        grid = seen.grids[role, channel]
        across, down = grid.place(cell)
        return box["x"] + grid.left + (across + 0.5) * seen.unit, box["y"] + grid.top + (down + 0.5) * seen.unit

    def hover(self, role: str, cell: Cell, channel: int = 0) -> Seen:
        self.page.mouse.move(*self.point(role, cell, channel))
        return self.look()

    def hover_each(self, places: Sequence[tuple[str, Cell, int]]) -> Iterator[Seen]:
        """Point at one (role, cell, channel) after the other, and return what is on the stage at each."""
        cells = [[role, channel, *cell] for role, cell, channel in places]
        return map(Seen, json.loads(self.page.evaluate(HOVERED, cells)))

    def click_cell(self, role: str, cell: Cell, channel: int = 0) -> Seen:
        self.page.mouse.click(*self.point(role, cell, channel))
        return self.look()

    def open_editor(self, role: str, cell: Cell, channel: int = 0) -> Locator:
        self.page.mouse.dblclick(*self.point(role, cell, channel))
        expect(self.editor).to_be_visible()
        return self.editor

    def leave(self) -> None:
        """Move the pointer off the stage and let go of what is pinned."""
        self.page.mouse.move(0, 0)
        self.press("Escape")


@contextmanager
def opened(browser: Browser, server: Server, **options: Any) -> Iterator[Callable[..., Stage]]:
    """Yield `open(path="/standard")`, which loads the page anew in a browser of its own, as somebody else's would be.

    Anything that went wrong since the last loading fails the test that loads next, or the end of the block.
    """
    with browser.new_context(base_url=server.url, **{"viewport": LAPTOP, "color_scheme": "light"} | options) as context:
        context.set_default_timeout(driver.PATIENCE)
        problems = driver.watch(context, server.url)
        logged = server.log.stat().st_size
        page = context.new_page()

        def open_anew(path: str = "/standard") -> Stage:
            assert problems == []
            page.mouse.move(0, 0)
            page.goto("about:blank")  # an address that differs in its fragment alone would not be opened anew
            return Stage(driver.open_app(page, path))

        yield open_anew
        assert problems == []
        assert "Traceback" not in server.read_log(logged)


def cells(rows: int, columns: int) -> list[Cell]:
    """Return every cell of a grid, row by row."""
    return list(product(range(rows), range(columns)))


PLOTLY = re.compile("PlotlyChart")


def open_while_plotly_waits(page: Page) -> Stage:
    """Open the simplest layer; plotly.js, once asked for, is held back until `page.unroute(PLOTLY)`."""
    held: list[Route] = []
    page.route(PLOTLY, lambda route: held.append(route))
    with page.expect_request(PLOTLY):
        page.goto("/standard?v=1&preset=simplest")
        page.locator(STAGE_READY).first.wait_for()
    assert page.evaluate("window.Plotly") is None
    return Stage(page)
