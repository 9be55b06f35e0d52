"""The picture in the first HTML has the cells and the numbers that the stage shows first."""

import json
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from engine import record
from kinds.registry import PRESETS
from pages.shared.first_picture import LONGEST_QUERY, picture_of
from stage.first_picture import UNIT, first_picture
from stage.number_text import write_short
from stage.stages import windows_stage
from tests.draws import examples
from tests.engine.strategies import Case, torch_output
from tests.stage.strategies import stage_cases

Drawn = dict[tuple[str, int, int], str]
"""The number in each cell that has one, by the label of its grid, its row and its column."""


def drawn(picture: str) -> Drawn:
    """Read what is written in the cells."""
    root = ElementTree.fromstring(picture)
    found: Drawn = {}
    for grid in root.findall("./g[@class='grids']/g"):
        label = grid.findtext("./text[@class='label']")
        for number in grid.findall("./text[@class='number']"):
            row, column = (int(number.attrib[axis]) // UNIT for axis in "yx")
            found[label or "", row, column] = number.text or ""
    return found


@given(stage_cases())
@settings(max_examples=examples(5))
def test_the_first_output_is_pytorchs_and_no_other_is_told(case: Case) -> None:
    cells = drawn(first_picture(windows_stage(record(*case.arguments))))
    outputs = {place: text for place, text in cells.items() if place[0].startswith("output")}
    expected = torch_output(case)
    assert list(outputs.values()) == [write_short(float(np.float64(expected.flat[0])))]
    assert [place[1:] for place in outputs] == [(0, 0)]


def test_a_link_is_drawn_with_its_own_numbers() -> None:
    opening = drawn(picture_of("standard", "v=1&preset=simplest"))
    assert opening["kernel", 1, 0] == "2"
    assert opening["output", 0, 0] == "16"
    assert Counter(label for label, *_ in opening) == {"input": 16, "kernel": 4, "products": 4, "sum": 1, "output": 1}
    wider = drawn(picture_of("standard", "v=1&preset=simplest&width=6&kernel_height=3&values=whole&seed=5"))
    assert Counter(label for label, *_ in wider) == {"input": 24, "kernel": 6, "products": 6, "sum": 1, "output": 1}


@pytest.mark.parametrize("page", PRESETS)
def test_every_page_has_a_picture_in_which_every_grid_has_a_place(page: str) -> None:
    root = ElementTree.fromstring(picture_of(page, ""))
    arrangements = json.loads(unescape(root.attrib["data-arrangements"]))
    grids = root.findall("./g[@class='grids']/g")
    assert arrangements
    assert {len(one["positions"]) for one in arrangements} == {len(grids)}
    assert len(root.findall("./g[@class='around']/g")) == len(arrangements)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("standard", "v=1&preset=same-with-stride"),  # impossible
        ("standard", "v=1&preset=simplest&kernel_height=7"),  # larger than its input
        ("standard", "v=1&preset=simplest&height=16&width=16&in_channels=8&out_channels=8&values=real"),  # dear
        ("standard", f"v=1&preset=simplest&values=typed&input_text={'1,' * LONGEST_QUERY}"),
        ("standard", "v=1&preset=simplest&present=1"),  # fills the window
        ("standard", "v=1&preset=simplest&path=first-steps.1"),  # below the bar of a path
        ("home", ""),
        ("gallery", ""),
        ("comparison", "v=1"),
        ("no-page", "v=1"),
    ],
)
def test_there_is_none_where_there_is_no_stage_or_a_dear_one(page: str, query: str) -> None:
    assert picture_of(page, query) == ""
