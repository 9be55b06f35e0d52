"""What a screen reader is given of the numbers on the stage: tables, in Chromium's own accessibility tree."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from playwright.sync_api import Page, expect

from tests.browser.stage import PAGES, Stage

TABLES = """() => [...document.querySelectorAll(".stage-root .heard table")].map((table) => ({
  name: table.caption.textContent,
  size: [Number(table.getAttribute("aria-rowcount")) - 1, Number(table.getAttribute("aria-colcount")) - 1],
  cells: [...table.querySelectorAll("td")].slice(1).map((cell) => cell.textContent),
}))"""
# Each grid of the picture, in the same order: its numbers by their cells, and which of them are still to come.
DRAWN = """() => [...document.querySelectorAll(".stage-root .still .grid")].map(({ dataset, children }) => ({
  role: dataset.role,
  name: dataset.grid,
  size: [Number(dataset.rows), Number(dataset.columns)],
  still: Object.fromEntries(
    [...children].filter((one) => one.dataset.cell).map((one) => [one.dataset.cell, one.textContent])),
}))"""
VIEWS = [
    *(case.path for case in PAGES.values()),
    "/standard?v=1&preset=windows-as-columns",
    "/standard?v=1&preset=channels&view=matrix",
    "/transposed?v=1&preset=stride&view=zero-inserted",
]


def rested(page: Page, step: int) -> None:
    """Wait until the tables are those of a step."""
    expect(page.locator(".heard > p").first).to_contain_text(f"At step {step} of")


def tree(page: Page) -> list[dict[str, Any]]:
    """Chromium's whole accessibility tree, without what it ignores."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


@pytest.mark.parametrize("path", VIEWS)
def test_the_numbers_of_every_stage_are_heard_as_tables(open_again: Callable[..., Stage], path: str) -> None:
    stage = open_again(path)
    stage.press("Home", "ArrowRight")
    rested(stage.page, 2)
    tables, drawn = stage.page.evaluate(TABLES), stage.page.evaluate(DRAWN)
    many = [grid for grid in drawn if grid["size"] != [1, 1]]
    assert [table["size"] for table in tables] == [grid["size"] for grid in many]
    for table, grid in zip(tables, many, strict=True):
        rows, columns = grid["size"]
        if len(table["cells"]) < rows * columns:
            continue  # a part of a large one
        if grid["role"] in {"output", "uncropped", "columns", "maps", "flat_output"}:
            assert "not yet" in table["cells"]  # after two steps something of each is still to come
        if grid["role"] in {"output", "uncropped", "flat_output"}:
            continue  # what grows is drawn over what it grows to
        for cell, text in grid["still"].items():
            assert table["cells"][int(cell)].split(",")[0] in {text, "not yet"}, (table["name"], cell)
    named = [node["name"]["value"] for node in tree(stage.page) if node["role"]["value"] == "table"]
    assert set(named) >= {table["name"] for table in tables}


def test_rows_columns_and_outputs_to_come_are_those_of_torch(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest#step=5&grain=output")
    rested(stage.page, 5)
    values = torch.tensor([[4, 1, 7, 5], [4, 4, 2, 5], [7, 7, 2, 4], [1, 0, 2, 4]])
    kernel = torch.tensor([[1, 0], [2, 1]])
    output = torch.nn.functional.conv2d(values[None, None], kernel[None, None])[0, 0].flatten().tolist()
    heard = {table["name"]: table["cells"] for table in stage.page.evaluate(TABLES)}
    assert heard["input: 4 by 4"] == [str(value) for value in values.flatten().tolist()]
    assert heard["output: 3 by 3"] == [*map(str, output[:5]), *["not yet"] * 4]
    expect(stage.page.locator(".heard > p").nth(1)).to_have_text(f"sum of this step: {output[4]}")
    nodes = tree(stage.page)
    by_id = {node["nodeId"]: node for node in nodes}
    cell = next(
        node
        for node in nodes
        if node["role"]["value"] in {"cell", "gridcell"} and node["name"]["value"] == str(output[4])
    )
    row = by_id[cell["parentId"]]
    assert row["role"]["value"] == "row"
    inside = [by_id[one]["name"]["value"] for one in row["childIds"] if one in by_id]
    assert inside == ["row 1", str(output[3]), str(output[4]), "not yet"]


def test_a_sum_that_is_pointed_at_says_its_value(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest#step=3&grain=output")
    stage.hover("partial", (0, 0))
    expect(stage.page.locator(".sentence")).to_have_text("sum of this step = 16")


def test_of_a_large_layer_a_part_is_heard_near_the_step(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest&height=32&width=32#step=961&grain=output")
    rested(stage.page, 961)
    tables = {table["name"].split(":")[0]: table for table in stage.page.evaluate(TABLES)}
    assert tables["input"]["size"] == [32, 32]
    assert sum(len(table["cells"]) for table in tables.values()) <= 2_000
    assert tables["output"]["cells"][-1] not in {"not yet", ""}
    last = stage.page.locator(".heard tr").last
    expect(last).to_have_attribute("aria-rowindex", "32")


def test_a_size_that_is_asked_is_not_heard(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/standard?v=1&preset=simplest#predict=size")
    expect(stage.page.locator(".heard > p").first).to_contain_text("What is asked is left out.")
    assert not [node for node in tree(stage.page) if "3 by 3" in str(node.get("name"))]
