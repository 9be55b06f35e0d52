"""Pointing at gradients: which pairs move a weight, and through which outputs an input matters."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.browser.stage import Seen, Stage


def linked(seen: Seen, role: str) -> set[tuple[int, int]]:
    """Return the cells that are lit in the grids of a role, as (channel, cell)."""
    links = [one for one in seen.said["links"] if one["role"] == role and one["kind"] != "pointed"]
    return {(int(one["channel"]), int(one["cell"])) for one in links}


@pytest.mark.parametrize("cell", [(0, 0), (1, 0)])
def test_at_a_weight_all_pairs_that_move_it_are_lit(open_again: Callable[..., Stage], cell: tuple[int, int]) -> None:
    stage = open_again("/gradients?v=1&preset=simplest")
    seen = stage.hover("output", cell, 0)
    row, column = cell
    assert linked(seen, "input") == {(0, (row + i) * 4 + column + j) for i in range(3) for j in range(3)}
    assert linked(seen, "kernel") == {(0, tap) for tap in range(9)}
    assert seen.sentence.startswith(f"dL/dW[{row}, {column}] = ")
    assert seen.sentence.endswith("its window, its gradients and its sum are shown")


def test_at_an_input_every_output_through_which_it_matters_is_lit(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/gradients?v=1&preset=back")
    seen = stage.hover("uncropped", (1, 2), 0)
    assert linked(seen, "input") == {(0, row * 3 + column) for row in (0, 1) for column in (1, 2)}
    assert seen.sentence.startswith("dL/dX[1, 2] = ")
    assert "gathered from 4 cells of dL/dY" in seen.sentence


def test_at_an_input_of_the_correlation_the_cells_that_it_moves_are_counted(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/gradients?v=1&preset=simplest")
    sentence = stage.hover("input", (0, 1), 0).sentence
    assert sentence == "input[0, 1] = 1: read by 2 of 4 cells of dL/dW, each with the gradient written on it"


def test_at_a_gradient_of_the_output_its_numbers_are_named(open_again: Callable[..., Stage]) -> None:
    stage = open_again("/gradients?v=1&preset=channels")
    assert stage.hover("kernel", (0, 1), 0).sentence.startswith("dL/dY 0[0, 1] = ")
    assert "one gradient, meeting 4 inputs, one for each cell of dL/dW 0, 0" in stage.look().sentence


def test_the_whole_way_is_one_timeline(open_again: Callable[..., Stage]) -> None:
    """Its three layers play one after the other, an output a step, and only the one that plays has frames."""
    stage = open_again("/gradients?v=1&preset=whole")
    assert stage.page.locator(".stage-root .granularities button:visible").all_inner_texts() == ["output"]
    heads = [seen.equation[0] for seen in stage.walk()]
    places = {"output": 3, "dL/dW": 2, "dL/dX": 4}
    assert heads == [
        f"{name}[{row}, {column}]" for name, size in places.items() for row, column in np.ndindex(size, size)
    ]
    assert stage.look().equation[1] == "1×1 = 1"  # the last gradient of the output times the last weight
    shown = stage.page.locator(".stage-root .frames rect").evaluate_all(SHOWN)
    assert shown == ["input.8", "kernel.3", "uncropped.15"]
    stage.press("Home")
    assert stage.page.locator(".stage-root .frames rect").evaluate_all(SHOWN) == []


def test_the_three_numbers_of_an_output_stand_in_one_row(open_again: Callable[..., Stage]) -> None:
    page = open_again("/gradients?v=1&preset=one-output").page
    boxes = [page.get_by_label(label, exact=True).bounding_box() for label in ("Channel", "Row", "Column")]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert None not in boxes


SHOWN = """(rects) => rects
  .filter((rect) => rect.getAttribute("display") === "inline")
  .map((rect) => `${rect.dataset.role}.${rect.dataset.cell}`)
  .sort()"""
