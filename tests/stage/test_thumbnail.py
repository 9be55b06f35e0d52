"""Thumbnails have the colours of the numbers that they stand for, cell by cell."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import record
from stage.palette import SIZE, palette
from stage.scene import GridRole
from stage.stages import windows_stage
from stage.thumbnail import bars_thumbnail, thumbnail
from tests.draws import examples
from tests.engine.strategies import Case, torch_output
from tests.stage.strategies import stage_cases

PATH = re.compile(r'<path style="fill:([^"]+)" d="([^"]+)"/>')
CELL = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h")


def coloured(drawing: str) -> dict[tuple[float, float], str]:
    """Return the fill of every cell that is drawn, by its corner; what is drawn later lies on top."""
    return {(float(x), float(y)): fill for fill, path in PATH.findall(drawing) for x, y in CELL.findall(path)}


@given(stage_cases())
@settings(max_examples=examples(5))
def test_outputs_have_the_colours_of_pytorchs_numbers(case: Case) -> None:
    stage, expected = windows_stage(record(*case.arguments)), torch_output(case)
    drawing = thumbnail(stage)
    ElementTree.fromstring(drawing)
    cells = coloured(drawing)
    end = np.abs(expected).max() or 1.0
    light, dark = palette("light"), palette("dark")
    places = [dict(zip([grid.label for grid in stage.grids], one.positions, strict=True)) for one in stage.arrangements]
    for grid in stage.grids:
        if grid.role is not GridRole.OUTPUT:
            continue
        values = expected[grid.channel]
        fits = []
        for place in places:
            x, y = place[grid.label]
            fits.append(
                all(
                    _is_near(cells.get((x + column, y + row)), value / end, light, dark)
                    for (row, column), value in np.ndenumerate(values)
                )
            )
        assert any(fits)


def _is_near(fill: str | None, share: float, light: list[str], dark: list[str]) -> bool:
    """Whether a fill is the colour of a share of the scale's end; a rounding may fall either way."""
    middle = (SIZE - 1) / 2
    at = middle + share * middle
    near = {int(np.clip(round(at + off), 0, SIZE - 1)) for off in (-1e-6, 0, 1e-6)}
    return fill in {f"light-dark({light[index]},{dark[index]})" for index in near}


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_bars_are_in_the_order_of_their_values(values: list[int]) -> None:
    root = ElementTree.fromstring(bars_thumbnail(values))
    heights = [float(bar.attrib["height"]) for bar in root]
    assert len(heights) == len(values)
    assert max(heights) == pytest.approx(10) or max(values) == 0
    for one, height in zip(values, heights, strict=True):
        for other, another in zip(values, heights, strict=True):
            assert (one < other) <= (height <= another)
