"""The colours that are really on the screen, read from a screenshot."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageColor

from stage.palette import NEUTRALS, palette
from tests.browser.oracle import Cell, Oracle
from tests.browser.stage import Stage, cells

# Both signs everywhere, and a zero in the input and among the products.
LAYER = Oracle(
    x=[[[4, -1, 7, -5], [-4, 0, 2, 5], [7, -7, 1, 3], [1, -2, 6, -3]]],
    kernel=[[[[1, -2], [3, -1]]]],
    padding=(1, 1, 1, 1),
)
RGB = NDArray[np.int64]


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def stage(open_again: Callable[..., Stage], theme: str) -> Stage:
    """A stage that shows the layer in one of the themes."""
    stage = open_again(LAYER.link, color_scheme=theme)
    stage.expect(theme=theme)
    return stage


class Screen:
    """A screenshot of the window, and where the cells of the stage are on it."""

    def __init__(self, stage: Stage) -> None:
        stage.leave()
        self.seen = stage.look()
        box = stage.overlay.bounding_box()
        assert box is not None
        self.corner = box["x"], box["y"]
        self.pixels: RGB = np.asarray(Image.open(BytesIO(stage.page.screenshot())).convert("RGB"), int)

    def colour(self, role: str, cell: Cell) -> RGB:
        """Return the colour near a corner of a cell, clear of its number and of the frames on its edge."""
        grid, unit = self.seen.grids[role, 0], self.seen.unit
        row, column = cell
        x = self.corner[0] + grid.left + (column + 0.18) * unit
        y = self.corner[1] + grid.top + (row + 0.18) * unit
        return self.pixels[round(y), round(x)]


def rgb(colour: str) -> RGB:
    return np.array(ImageColor.getrgb(colour)[:3], int)


def wrong(screen: Screen, theme: str, role: str, values: RGB, end: float, where: list[Cell]) -> list[object]:
    """Return (cell, colour, expected) for every cell that has not the colour of its value on a scale to `end`."""
    colours = np.array([rgb(colour) for colour in palette(theme)])
    middle = (len(colours) - 1) / 2
    found = []
    for cell in where:
        colour, index = screen.colour(role, cell), round(middle + float(values[cell]) / end * middle)
        # Plotly blends between the colours of the scale: half a step to either side of ours.
        nearest = int(np.abs(colours - colour).sum(1).argmin())
        if abs(nearest - index) > 1 or np.abs(colours[index] - colour).max() > 6:
            found.append((role, cell, colour.tolist(), colours[index].tolist()))
    return found


def test_colours(stage: Stage, theme: str) -> None:
    stage.press("1", "Home")
    products = [LAYER.products(0, 0, at) for at in LAYER.outputs]
    step = LAYER.outputs.index((1, 2))
    for _ in range(step):
        stage.press("ArrowRight")
    screen = Screen(stage)

    inside = [(row + 1, column + 1) for row, column in cells(4, 4)]
    assert wrong(screen, theme, "input", LAYER.padded[0], 7, inside) == []
    for cell in set(cells(6, 6)) - set(inside):
        assert screen.colour("input", cell).tolist() == rgb(NEUTRALS[theme]["padding"]).tolist()
    assert wrong(screen, theme, "kernel", LAYER.weight[0, 0], 3, cells(2, 2)) == []
    now = np.array(products[step]).reshape(2, 2)
    assert wrong(screen, theme, "products", now, np.abs(products).max(), cells(2, 2)) == []

    # Outputs made have their colours; those to come are covered, all in the one colour of a cell that waits.
    made, to_come = LAYER.outputs[: step + 1], LAYER.outputs[step + 1 :]
    end = np.abs(LAYER.output).max()
    assert wrong(screen, theme, "output", LAYER.output[0], end, made) == []
    stage.press("3")  # the first multiply of this output: three products wait, and so does the output
    waiting = Screen(stage)
    blank = waiting.colour("products", (1, 1)).tolist()
    assert {tuple(screen.colour("output", cell)) for cell in to_come} == {tuple(blank)}
    assert waiting.colour("output", LAYER.outputs[step]).tolist() == blank
    assert wrong(waiting, theme, "products", now, np.abs(products).max(), [(0, 0)]) == []
    assert blank == waiting.colour("products", (0, 1)).tolist()
    # What waits can be told from the page behind it, and from every value that is not close to zero.
    assert np.abs(np.array([rgb(palette(theme)[0]), rgb(palette(theme)[-1])]) - blank).sum(1).min() > 150


def test_numbers_can_be_read(stage: Stage) -> None:
    """Every number on the stage stands out from its cell by 4.5 to 1, whatever its colour."""
    stage.press("1", "End")  # nothing is covered any more
    inks = stage.page.evaluate(
        """() => [...document.querySelectorAll(".stage-root g.grid text.number, .stage-root g.cells text.number")]
          .filter((text) => text.textContent)
          .map((text) => [text.textContent, getComputedStyle(text).fill, text.getBoundingClientRect()])
          .map(([text, ink, box]) => ({ text, ink, x: box.x + box.width / 2, y: box.y - 2 }))"""
    )
    assert len(inks) >= 36
    screen = Screen(stage)
    pale = []
    for place in inks:
        ground = screen.pixels[round(place["y"]), round(place["x"])]
        darker, brighter = sorted((luminance(rgb(place["ink"])), luminance(ground)))
        contrast = (brighter + 0.05) / (darker + 0.05)
        if contrast < 4.5:
            pale.append((place["text"], place["ink"], ground.tolist(), round(contrast, 2)))
    assert pale == []


def luminance(colour: RGB) -> float:
    """Return the relative luminance of WCAG 2."""
    shares = colour / 255
    linear = np.where(shares <= 0.03928, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
